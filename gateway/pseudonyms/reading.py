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
_BEHIND_F: Final = re.compile(rf"f(?=([{ALPHABET}]{{{SUFFIX_LENGTH}}}))")
"""The joint that is a letter of stems as well, so that stems behind it may overlap."""

_WIDE: Final = [joint for joint in JOINTS if not joint.isascii()]
_JOINT, _LETTER, _OTHER = b"_a."
_MARKS: Final = bytes(
    _LETTER if chr(code) in ALPHABET else _JOINT if chr(code) in JOINTS else _OTHER for code in range(256)
)
_MARKED: Final = re.compile(b"_" + b"a" * SUFFIX_LENGTH)
"""A joint and a stem in a text of which only the kind of each character is left: a fixed string, which is found much
quicker than one of characters of some kind. All of a chat's history is searched with every turn."""


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
    # No gap in a reading spans two of the texts, so they are read as one.
    text = read("\0".join(texts)).text.lower()
    found = set(_BEHIND_F.findall(text))
    for joint in _WIDE:
        text = text.replace(joint, "_")
    marks = text.encode("ascii", "replace").translate(_MARKS)
    found.update([text[match.start() + 1 : match.end()] for match in _MARKED.finditer(marks)])
    return found
