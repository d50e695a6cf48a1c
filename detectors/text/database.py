"""A compiled Hyperscan database: one pass over a text says which gates fire."""

import threading
from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from platform import machine
from typing import Any

from detectors.text.gates import Gate

_FORMAT = "2"

_MORE = b"\n"
"""Put behind each text: Hyperscan misses a match whose last two characters are the text's last.

Where a pattern has a gap before two characters that must follow it (`: [^\n]+x-`, in either case), Hyperscan 5.4 runs
over the gap by looking for both at once, and does not look at the last pair, with or without `PREFILTER`. A line break
changes nothing else: a line, a word and a text all end before it as they end at the end.
"""


def is_available() -> bool:
    """Say whether Hyperscan is installed here. Without it every recogniser runs on every text."""
    return find_spec("hyperscan") is not None


def fingerprint(gates: Sequence[Gate], *, unicode: bool) -> str:
    """Name what a database is made from: the gates, Hyperscan's version and the kind of machine."""
    made_from = (_FORMAT, version("hyperscan"), version("regex"), machine(), unicode, *gates)
    return sha256(repr(made_from).encode()).hexdigest()[:32]


class Database:
    """Scans UTF-8 text. Each thread gets scratch space of its own, so scans may run at the same time."""

    def __init__(self, serialised: bytes, first_id: int = 0) -> None:
        """Load a database whose gates are numbered from `first_id`.

        Raises:
            ValueError: the bytes are no database, or none for this machine or version.
        """
        import hyperscan

        self._new_scratch = hyperscan.Scratch
        self._first_id = first_id
        self._local = threading.local()
        try:
            self._database = hyperscan.loadb(serialised, hyperscan.HS_MODE_BLOCK)
            self._local.scratch = self._new_scratch(self._database)
        except hyperscan.error as error:
            raise ValueError("not a database for this machine") from error

    def scan(self, data: bytes, fired: list[int]) -> None:
        """Add the ids of the gates that match anywhere in `data`, each once, in no particular order.

        A gate that matches a line break may be among them without cause.
        """
        try:
            scratch = self._local.scratch
        except AttributeError:
            scratch = self._local.scratch = self._new_scratch(self._database)
        self._database.scan(data + _MORE, match_event_handler=_note, context=(fired, self._first_id), scratch=scratch)


def _note(gate: int, _start: int, _end: int, _flags: int, context: Any) -> None:
    fired, first_id = context
    fired.append(first_id + gate)
