"""The sequencer: gives committed records their numbers, grows the tree, signs what it has become.

Exactly one process does it at a time. A round adds leaves, full tiles and the checkpoint over them in one transaction,
so a process may die at any point: what was committed is whole, and what was not is still in the queue. A checkpoint is
signed only on a tree that grew from the last signed one.
"""

import logging
import threading
import time

from audit import checkpoint, merkle, tiles
from audit.checkpoint import Checkpoint
from audit.errors import BadNote, LogDamaged, StoreUnavailable
from audit.record import now_ms
from audit.signed_note import Signer
from audit.store import Batch, Leaf, LogStore

LAST_S = (
    2.0  # how long an end waits for another process, which has the role, to number our last records or give it back
)
_LOOK_S = 0.02
ROUND = 1024  # records a transaction: some 10 ms of work, part of it with SQLite's write lock held
_log = logging.getLogger(__name__)


class Sequencer:
    """The numbering itself, one call at a time."""

    def __init__(self, store: LogStore, signer: Signer) -> None:
        self._store = store
        self._signer = signer
        self._verifier = signer.verifier()
        self._epoch: int | None = None
        self._tree = merkle.Tree()

    @property
    def active(self) -> bool:
        """Whether this process numbered last."""
        return self._epoch is not None

    def step(self) -> int:
        """Give up to ROUND records their numbers, durably; answer how many.

        0 means that there is nothing to do, or that another process does it.

        Raises:
            StoreUnavailable: The round may or may not have been committed; the next one finds out.
            LogDamaged: What is stored contradicts the last checkpoint; nothing was signed.
        """
        try:
            if self._epoch is None and not self._take_over():
                return 0
            return self._number()
        except (StoreUnavailable, LogDamaged):
            self._epoch = None
            raise

    def run(self) -> int:
        """Give all records their numbers; answer how many. Raises what `step` raises."""
        total = 0
        while done := self.step():
            total += done
        return total

    def is_behind(self) -> bool:
        """Whether records wait for a number that another process has to give. Raises StoreUnavailable."""
        return not self.active and bool(self._store.pending(1))

    def tidy(self) -> None:
        """Let the active process do the database's housekeeping."""
        if self.active:
            self._store.tidy()

    def abort(self) -> None:
        """Break the call that is under way."""
        self._store.abort()

    def close(self) -> None:
        """Give the role back."""
        self._epoch = None
        self._store.close()

    def _take_over(self) -> bool:
        epoch = self._store.acquire()
        if epoch is None:
            return False
        self._tree = self._restore()
        self._epoch = epoch
        return True

    def _restore(self) -> merkle.Tree:
        note = self._store.last_note()
        last = self._trusted(note) if note is not None else Checkpoint(self._signer.name, 0, merkle.EMPTY_ROOT)
        if self._store.hashes(0, last.size, 1):
            raise LogDamaged(f"leaf {last.size} is under no checkpoint")
        tree = tiles.load(self._store, last.size)
        if tree.root() != last.root:
            raise LogDamaged(f"the stored hashes are not those that the checkpoint at {last.size} signed")
        return tree

    def _trusted(self, note: str) -> Checkpoint:
        try:
            return checkpoint.verify(note, self._verifier)
        except BadNote as exc:
            raise LogDamaged(f"the last checkpoint is not ours: {exc}") from exc

    def _number(self) -> int:
        waiting = self._store.pending(ROUND)
        if not waiting:
            return 0
        tree = self._tree.copy()
        leaves = []
        for record_id, text in waiting:
            digest = merkle.leaf_hash(text.encode())
            leaves.append(Leaf(tree.size, record_id, digest))
            tree.append(digest)
        note = Checkpoint(self._signer.name, tree.size, tree.root()).sign(self._signer)
        batch = Batch(leaves, tree.take_completed(), tree.size, now_ms(), note)
        if self._epoch is None or not self._store.commit(self._epoch, batch):
            self._epoch = None
            return 0
        self._tree = tree
        return len(leaves)


class SequencerThread:
    """Runs a sequencer every `interval_s` seconds.

    `fault` says why the last round failed (None: it did not). `busy_since` is as in `audit.group_commit`.
    """

    def __init__(self, sequencer: Sequencer, interval_s: float) -> None:
        self._sequencer = sequencer
        self._interval_s = interval_s
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="airlock-sequencer", daemon=True)
        self.fault: str | None = None
        self.busy_since: float | None = None

    def start(self) -> None:
        """Begin with a round at once."""
        self._thread.start()

    def abort(self) -> None:
        """Break the call that is under way."""
        self._sequencer.abort()

    def stop(self, patience_s: float) -> None:
        """Do a last round and give the role back; break off after `patience_s` seconds."""
        self._stop.set()
        self._thread.join(patience_s)
        if self._thread.is_alive():
            self._sequencer.abort()
            self._thread.join(1)

    def _run(self) -> None:
        try:
            while not self._stop.is_set():
                self._round()
                self._stop.wait(self._interval_s)
            self._finish()
        finally:
            self.fault = self.fault or "the sequencing thread has ended"
            self._sequencer.close()

    def _finish(self) -> None:
        """Give numbers to the rest: whoever has the role may be ending, too, and not see our last records."""
        until = time.monotonic() + LAST_S
        self._round()
        while self.fault is None and time.monotonic() < until and self._is_behind():
            time.sleep(_LOOK_S)
            self._round()

    def _is_behind(self) -> bool:
        try:
            return self._sequencer.is_behind()
        except StoreUnavailable:
            return False

    def _round(self) -> None:
        self.busy_since = time.monotonic()
        try:
            while self._sequencer.step():
                self.busy_since = time.monotonic()
            self._sequencer.tidy()
        except (StoreUnavailable, LogDamaged) as exc:
            if self.fault is None:
                _log.error("the log is not being signed: %s", exc)
            self.fault = str(exc)
        else:
            self.fault = None
        finally:
            self.busy_since = None
