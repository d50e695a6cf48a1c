"""A text as a reader sees it: without the characters that nobody sees, and without line breaks inside of a token."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Final, NamedTuple

from gateway.pseudonyms.forms import JOINTS
from gateway.pseudonyms.token import ALPHABET, SUFFIX_LENGTH

INVISIBLE: Final = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]+")
"""Soft hyphens, zero-width characters, marks of direction, variation selectors."""

_BREAK: Final = re.compile(r"<[0-9A-Za-z_\\]{0,60}(\r?\n[ \t]*)[0-9A-Za-z_\\]{0,60}>")
_STEM: Final = re.compile(rf"{JOINTS}(?=([{ALPHABET}]{{{SUFFIX_LENGTH}}}))")
"""In lower case, which is much quicker to search than either case."""


class Reading(NamedTuple):
    """A text to search in. `cuts` lead to the original: places in it, and how many characters are left out by then."""

    text: str
    cuts: list[tuple[int, int]]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Give a stretch in offsets of the original."""
        return (start + self._shift(start), end - 1 + self._shift(end - 1) + 1) if self.cuts else (start, end)

    def _shift(self, place: int) -> int:
        index = bisect_right(self.cuts, place, key=lambda cut: cut[0])
        return self.cuts[index - 1][1] if index else 0


def read(text: str) -> Reading:
    """Leave out what nobody sees."""
    gaps = [] if text.isascii() else [match.span() for match in INVISIBLE.finditer(text)]
    if "\n" in text and "<" in text:
        gaps += [match.span(1) for match in _BREAK.finditer(text)]
        gaps.sort()
    if not gaps:
        return Reading(text, [])
    pieces, cuts, position, left_out = [], [], 0, 0
    for start, end in gaps:
        pieces.append(text[position:start])
        left_out += end - start
        cuts.append((end - left_out, left_out))
        position = end
    pieces.append(text[position:])
    return Reading("".join(pieces), cuts)


def stems(texts: Iterable[str]) -> set[str]:
    """Give whatever in texts could be read as the first letters of a suffix, in lower case.

    No token with such a stem may be issued for the texts: their own words would be restored.
    """
    return set(_STEM.findall("\0".join(read(text).text for text in texts).lower()))
