r"""Where Hyperscan and the `regex` module read a character differently, and how to scan such a text all the same.

Hyperscan's tables are those of an older Unicode, and its `\w` leaves out combining marks: a pattern could match where
the prefilter stays silent. The differences are found by asking both about every code point. Before a scan, each such
character is replaced by one that both read as `regex` reads the original. The scan only says which patterns to run, so
offsets don't matter.
"""

import json
import string
import sys
from collections.abc import Iterable, Mapping, Sequence

import regex

STAND_INS = {"digit": "\u0660", "space": "\u2003", "word": "\u03c9", "mark": "\u00bf"}
"""For each way to read a character, one that both read this way and that no pattern names."""

_CLASSES = (r"\w", r"\d", r"\s")
_PROBES = (*_CLASSES, *string.ascii_lowercase, *string.ascii_uppercase, "[a-z]", "[A-Z]")
"""Letters one by one and as ranges, since `regex` takes a dotless i for a letter of `[A-Z]`, though not for `I`."""
_SURROGATES = range(0xD800, 0xE000)


def differences(named: Iterable[str]) -> dict[str, list[list[int]]]:
    r"""Find all code points that the two read differently, as ranges (both ends inclusive) by how `regex` reads them.

    `named` are the characters that patterns name themselves. A character that is one of these, or that only `regex`
    takes for the other case of a letter, has no stand-in: it comes under `none`. Takes a second.
    """
    text = "".join(chr(code) for code in range(sys.maxunicode + 1) if code not in _SURROGATES)
    ours = [{match.start() for match in regex.finditer(probe, text, regex.IGNORECASE)} for probe in _PROBES]
    theirs = _hyperscan_reading(text)
    keep = set(named)
    kinds: dict[str, list[int]] = {kind: [] for kind in (*STAND_INS, "none")}
    odd = set().union(*(ours[i] ^ theirs[i] for i in range(len(_PROBES))))
    for index in sorted(odd):
        letter = any((index in ours[i]) != (index in theirs[i]) for i in range(len(_CLASSES), len(_PROBES)))
        kind = "none" if letter or text[index] in keep else _kind(index, *ours[: len(_CLASSES)])
        kinds[kind].append(ord(text[index]))
    return {kind: _ranges(codes) for kind, codes in kinds.items()}


def _kind(index: int, words: set[int], digits: set[int], spaces: set[int]) -> str:
    if index in digits:
        return "digit"
    if index in spaces:
        return "space"
    return "word" if index in words else "mark"


def _hyperscan_reading(text: str) -> list[set[int]]:
    """Give, for each probe, the indices at which Hyperscan finds it."""
    import hyperscan

    ends, size = {}, 0
    for index, character in enumerate(text):
        size += len(character.encode())
        ends[size] = index
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    flags = hyperscan.HS_FLAG_CASELESS | hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_UCP
    count = len(_PROBES)
    expressions = [probe.encode() for probe in _PROBES]
    database.compile(expressions=expressions, ids=list(range(count)), elements=count, flags=[flags] * count)
    found: list[set[int]] = [set() for _ in _PROBES]

    def note(probe: int, _start: int, end: int, _flags: int, _context: object) -> None:
        found[probe].add(ends[end])

    database.scan(text.encode(), match_event_handler=note, scratch=hyperscan.Scratch(database))
    return found


def _ranges(codes: list[int]) -> list[list[int]]:
    ranges: list[list[int]] = []
    for code in codes:
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return ranges


class Agreement:
    """Makes a text one that Hyperscan reads as `regex` does."""

    def __init__(self, kinds: Mapping[str, Sequence[Sequence[int]]]) -> None:
        """Take what `differences` gave."""
        self._stand_ins: dict[str, str | None] = {
            chr(code): STAND_INS.get(kind)
            for kind, ranges in kinds.items()
            for first, last in ranges
            for code in range(first, last + 1)
        }
        self._same = bytes(code for code in range(128) if chr(code) not in self._stand_ins)

    @classmethod
    def from_json(cls, text: bytes) -> "Agreement":
        """Read what `differences` gave, as JSON. Raises `ValueError` where it is something else."""
        kinds = json.loads(text)
        if not isinstance(kinds, dict) or kinds.keys() != {*STAND_INS, "none"}:
            raise ValueError("not a table of code points")
        return cls(kinds)

    def readable(self, text: str) -> str | None:
        """Give the text with stand-ins, or None where a character has none."""
        others = text.encode("utf-8", "surrogatepass").translate(None, self._same).decode("utf-8", "surrogatepass")
        odd = self._stand_ins.keys() & set(others)
        if not odd:
            return text
        stand_ins = {ord(character): self._stand_ins[character] for character in odd}
        return None if None in stand_ins.values() else text.translate(stand_ins)
