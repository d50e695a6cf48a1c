"""Verification by somebody who trusts nothing but a public key.

One pass over the leaves rebuilds the tree and compares it with every signed checkpoint on the way; memory stays flat.
With a checkpoint kept from an earlier visit, it also shows that nothing before it was rewritten, even by the key's
holder. Without one, whoever holds the key could have made a new history.
"""

from collections.abc import Iterator
from heapq import merge

from audit import checkpoint
from audit.checkpoint import Checkpoint
from audit.errors import BadNote, RecordRefused
from audit.matching import Matching
from audit.merkle import Tree, leaf_hash
from audit.record import columns_of, now_ms
from audit.signed_note import Verifier, WrongKey
from audit.source import Entry, Source
from audit.tile_check import TileCheck
from audit.verdict import MAX_LISTED, Fault, Kind, Report

OPEN_LIMIT_MS = 3_600_000
_TILE = 256


def verify(
    source: Source, verifier: Verifier, prior: Checkpoint | None = None, *, open_limit_ms: int = OPEN_LIMIT_MS
) -> Report:
    """Check a log.

    Args:
        source: A database or a bundle.
        verifier: The log's public key, from a place that the log's operator can't change.
        prior: A checkpoint from an earlier visit, already verified.
        open_limit_ms: A call that was opened longer ago than this and not closed is reported as unmatched.

    Returns:
        Everything that is wrong, each with its index and record id where it has one.
    """
    run = _Verification(source, verifier, prior)
    for entry in source.entries():
        run.take(entry)
    return run.finish(now_ms() - open_limit_ms)


class _Verification:
    def __init__(self, source: Source, verifier: Verifier, prior: Checkpoint | None) -> None:
        self._source = source
        self._report = Report()
        self._tree = Tree()
        self._expected = 0
        self._matching = Matching()
        self._tiles = TileCheck(source, self._report)
        self._signed = _SignedHeads(source, verifier, prior, self._report)
        self._misplaced: list[tuple[Entry, bytes]] = []

    def take(self, entry: Entry) -> None:
        if entry.number < self._expected:
            self._fault(entry, Kind.MALFORMED, "the index is out of order")
            return
        if entry.number > self._expected:
            self._gap(entry.number)
        self._expected = entry.number + 1
        self._report.size += 1
        self._check_content(entry)
        self._tree.append(entry.hash)
        self._signed.reach(self._tree)
        if self._tree.size % _TILE == 0:
            self._tiles.take(self._tree)

    def finish(self, opened_before_ms: int) -> Report:
        self._signed.finish(self._tree)
        self._tiles.finish(self._tree)
        self._name_misplaced()
        for record in self._source.unnumbered():
            self._matching.see(record.columns)
            self._report.add(_without_number(record.columns[0], queued=record.queued))
        for unmatched in self._matching.unmatched(opened_before_ms):
            self._report.add(Fault(Kind.UNMATCHED, "opened and never closed", record_id=unmatched))
        for orphan in self._matching.orphans():
            self._report.add(Fault(Kind.ORPHANED, "went on or was closed, and was never opened", record_id=orphan))
        for complaint in self._source.complaints:
            self._report.add(complaint)
        return self._report

    def _gap(self, found: int) -> None:
        self._report.add(Fault(Kind.MISSING, f"no leaf from {self._expected} to {found - 1}", self._expected, found))
        # The tree can't be rebuilt past a hole; the checkpoints say how far it could be.
        self._signed.lose()
        self._tiles.lose()

    def _check_content(self, entry: Entry) -> None:
        if entry.text is None:
            self._fault(entry, Kind.MISSING, "the record is not there")
            return
        digest = leaf_hash(entry.text.encode("utf-8", "surrogateescape"))
        if digest != entry.hash:
            self._mismatch(entry, digest)
            return
        try:
            columns = columns_of(entry.text)
        except RecordRefused as exc:
            self._fault(entry, Kind.MISMATCH, str(exc))
            return
        self._matching.see(columns)
        if (entry.columns is not None and entry.columns != columns) or columns[0] != entry.record_id:
            self._fault(entry, Kind.COLUMN, "the columns contradict the record's JSON")

    def _mismatch(self, entry: Entry, digest: bytes) -> None:
        if len(self._misplaced) < MAX_LISTED:
            self._misplaced.append((entry._replace(text=None, columns=None), digest))
        else:
            self._fault(entry, Kind.MISMATCH, "the record is not the one that was numbered")
        if entry.columns is not None:
            self._matching.see(entry.columns)

    def _name_misplaced(self) -> None:
        home = {entry.hash: entry for entry, _ in self._misplaced}
        for entry, digest in self._misplaced:
            if digest in home:
                self._fault(entry, Kind.SWAPPED, f"holds the record that was numbered {home[digest].number}")
            else:
                self._fault(entry, Kind.MISMATCH, "the record is not the one that was numbered")

    def _fault(self, entry: Entry, kind: Kind, message: str) -> None:
        self._report.add(Fault(kind, message, entry.number, record_id=entry.record_id))


class _SignedHeads:
    """Compares the growing tree with the checkpoints, in step."""

    def __init__(self, source: Source, verifier: Verifier, prior: Checkpoint | None, report: Report) -> None:
        self._report = report
        self._verifier = verifier
        self._foreign = 0
        self._lost = False
        self._newest = 0
        kept = [(prior.size, True, prior)] if prior else []
        heads = ((head.size, False, head) for head in self._trusted(source.notes()))
        self._heads = merge(heads, kept, key=lambda head: head[:2])
        self._next = next(self._heads, None)

    def reach(self, tree: Tree) -> None:
        """Check the heads of the tree's present size."""
        while self._next is not None and self._next[0] <= tree.size:
            size, is_prior, head = self._next
            self._newest = max(self._newest, size)
            self._next = next(self._heads, None)
            if not self._lost and size == tree.size:
                self._compare(tree, head, is_prior=is_prior)

    def lose(self) -> None:
        """Note that the tree is not the log's any more."""
        if not self._lost:
            self._lost = True
            self._report_range("can't be rebuilt")

    def finish(self, tree: Tree) -> None:
        """Check the heads that lie past the end, and what no head covers."""
        size = tree.size
        while self._next is not None:
            self._newest = max(self._newest, self._next[0])
            self._next = next(self._heads, None)
        if self._newest > size and not self._lost:
            message = f"{self._newest} leaves were signed for, {size} are there"
            self._report.add(Fault(Kind.TRUNCATED, message, size, self._newest))
        elif size > self._newest and not self._foreign:
            self._report.add(Fault(Kind.UNSIGNED, "no checkpoint covers these leaves", self._newest, size))
        if self._foreign:
            message = f"{self._foreign} checkpoints are not signed by {self._verifier.name} with the given key"
            self._report.add(Fault(Kind.WRONG_KEY, message))

    def _compare(self, tree: Tree, head: Checkpoint, *, is_prior: bool) -> None:
        if head.root == tree.root():
            self._report.signed = head.size
        elif is_prior:
            message = f"the first {head.size} leaves are not those of the prior checkpoint"
            self._report.add(Fault(Kind.FORKED, message, 0, head.size))
        else:
            self._lost = True
            self._report_range("were not signed so", head.size)

    def _report_range(self, what: str, end: int | None = None) -> None:
        start = self._report.signed
        until = "" if end is None else f" and before {end}"
        self._report.add(Fault(Kind.ROOT, f"the leaves from {start} on{until} {what}", start, end))

    def _trusted(self, notes: Iterator[tuple[int, str]]) -> Iterator[Checkpoint]:
        last: Checkpoint | None = None
        for filed_as, note in notes:
            self._report.checkpoints += 1
            head = self._read(filed_as, note)
            if head is None:
                continue
            if last is not None and head.size == last.size and head.root != last.root:
                self._report.add(Fault(Kind.FORKED, f"two roots are signed for {head.size} leaves", head.size))
            last = head
            yield head

    def _read(self, filed_as: int, note: str) -> Checkpoint | None:
        try:
            head = checkpoint.verify(note, self._verifier)
        except WrongKey:
            self._foreign += 1
            return None
        except BadNote as exc:
            self._report.add(Fault(Kind.BAD_SIGNATURE, f"the checkpoint at {filed_as}: {exc}", filed_as))
            return None
        if head.size != filed_as:
            self._report.add(Fault(Kind.BAD_SIGNATURE, f"the checkpoint at {filed_as} is about {head.size}", filed_as))
            return None
        return head


def _without_number(record_id: str, *, queued: bool) -> Fault:
    if queued:
        return Fault(Kind.PENDING, "has no number yet", record_id=record_id)
    return Fault(Kind.UNQUEUED, "has no number and is not waiting for one", record_id=record_id)
