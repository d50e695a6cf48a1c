"""The auditor's bundle: a whole log in one file of JSON lines, to be verified far from the database.

Each line is one object in canonical form, so that no byte can change unnoticed: first `{"bundle": 1, "key": ...}`, then
`{"leaf": [index, record id, hash in hex, record's JSON or null]}` by index, `{"checkpoint": [size, note]}` by size,
`{"unnumbered": [record's JSON, queued]}`, and last `{"end": {"leaves": n, "checkpoints": n, "unnumbered": n}}`.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import orjson

from audit import canonical
from audit.errors import RecordRefused, StoreUnreadable
from audit.record import columns_of
from audit.signed_note import Verifier
from audit.source import Entry, Source, Unnumbered
from audit.verdict import Fault, Kind

VERSION = 1
_MAX_LINE = 1_000_000


def write(source: Source, verifier: Verifier, file: IO[bytes]) -> dict[str, int]:
    """Write everything that a source has. Give the counts of leaves, checkpoints and records without a number."""
    counts = {"leaves": 0, "checkpoints": 0, "unnumbered": 0}
    file.write(_line({"bundle": VERSION, "key": verifier.text()}))
    for entry in source.entries():
        counts["leaves"] += 1
        file.write(_line({"leaf": [entry.number, entry.record_id, entry.hash.hex(), entry.text]}))
    for size, note in source.notes():
        counts["checkpoints"] += 1
        file.write(_line({"checkpoint": [size, note]}))
    for record in source.unnumbered():
        counts["unnumbered"] += 1
        file.write(_line({"unnumbered": [record.columns[-1], record.queued]}))
    file.write(_line({"end": counts}))
    return counts


class BundleSource:
    """A bundle's content, read again for each part: memory stays flat."""

    def __init__(self, path: Path, verifier: Verifier) -> None:
        """Open nothing yet but look at the first line.

        Raises:
            StoreUnreadable: It is not a bundle.
        """
        self._path = path
        self._counts = {"leaf": 0, "checkpoint": 0, "unnumbered": 0}
        self._first = f'{{"bundle":{VERSION},"key":{orjson.dumps(verifier.text()).decode()}}}'.encode()
        self.complaints: list[Fault] = []
        if not self._head().startswith(b'{"bundle":'):
            raise StoreUnreadable(f"{path} is not a bundle")

    def entries(self) -> Iterator[Entry]:
        """Give the leaves by number, and complain about every line that is not what it should be."""
        end: Any = None
        for position, raw in enumerate(self._lines()):
            kind, value = _parse(raw)
            if position == 0:
                self._check_first(raw)
            elif kind == "end" and end is None:
                end = value
            elif kind not in self._counts or end is not None:
                self._complain(f"line {position + 1} can't be read")
            else:
                self._counts[kind] += 1
                if kind == "leaf":
                    yield Entry(value[0], value[1], bytes.fromhex(value[2]), value[3], None)
        if end != dict(zip(("leaves", "checkpoints", "unnumbered"), self._counts.values(), strict=True)):
            self._complain("the bundle is not whole: its last line does not count what is there")

    def notes(self) -> Iterator[tuple[int, str]]:
        """Give the signed checkpoints."""
        yield from (tuple(value) for value in self._only(b'{"checkpoint":'))

    def unnumbered(self) -> Iterator[Unnumbered]:
        """Give the records without a leaf."""
        for text, queued in self._only(b'{"unnumbered":'):
            with suppress(RecordRefused):  # such a record proves nothing: nothing is signed about it
                yield Unnumbered(columns_of(text), queued)

    def hashes(self, level: int, start: int, count: int) -> None:
        """Give nothing: inner hashes are rebuilt."""

    def _only(self, prefix: bytes) -> Iterator[Any]:
        for raw in self._lines():
            if raw.startswith(prefix):
                kind, value = _parse(raw)
                if kind:
                    yield value

    def _lines(self) -> Iterator[bytes]:
        try:
            with self._path.open("rb") as file:
                while raw := file.readline(_MAX_LINE):
                    yield raw.removesuffix(b"\n")
        except OSError as exc:
            raise StoreUnreadable(f"{self._path} can't be read: {exc.strerror}") from exc

    def _head(self) -> bytes:
        lines = self._lines()
        return next(lines, b"")

    def _check_first(self, raw: bytes) -> None:
        if raw != self._first:
            self.complaints.append(Fault(Kind.WRONG_KEY, "the bundle's first line names another key"))

    def _complain(self, message: str) -> None:
        self.complaints.append(Fault(Kind.MALFORMED, message))


def _line(value: dict[str, Any]) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def _parse(raw: bytes) -> tuple[str, Any]:
    """Give a line's kind and value; the kind is empty when it is not in order."""
    try:
        value = orjson.loads(raw)
    except ValueError:
        return "", None
    if not isinstance(value, dict) or not canonical.is_canonical(raw, value) or len(value) != 1:
        return "", None
    ((kind, content),) = value.items()
    return (kind, content) if _in_order(kind, content) else ("", None)


def _in_order(kind: str, content: Any) -> bool:
    match kind, content:
        case "leaf", [int(), str(), str() as digest, str() | None]:
            return _is_hex(digest)
        case ("checkpoint", [int(), str()]) | ("unnumbered", [str(), bool()]) | ("end", {}):
            return True
    return False


def _is_hex(text: str) -> bool:
    try:
        return bytes.fromhex(text).hex() == text
    except ValueError:
        return False
