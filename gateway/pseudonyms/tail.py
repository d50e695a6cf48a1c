"""Find the tail of a growing text that more text may make an issued token."""

import re
from bisect import bisect_left
from typing import Final

from gateway.pseudonyms.forms import BEGUN, CLOSERS, ENCODED, FILLING, OPENERS
from gateway.pseudonyms.index import TokenIndex
from gateway.pseudonyms.reading import INVISIBLE

_ANGLES: Final = "".join(form for form in OPENERS if len(form) == 1)
_MARKS: Final = "\\&%[{" + _ANGLES
_WORD_BEGINS: Final = (
    r"(?:(?<![0-9A-Za-z_])|(?<=(?<![0-9A-Za-z_])_)|(?<=(?<![0-9A-Za-z_])__)|(?<=\\[nrtbf])|(?<=%[0-9A-Fa-f]{2}))"
)
"""Where a word begins: also in Markdown's emphasis, or behind an escape that ends in a letter or digit."""
_BOXES: Final = "[{"
_BEHIND_ANGLE: Final = re.compile(r"(?:[*`~]{0,3}|_{0,2}) ?/?\\{0,2}")
_BEHIND_BOX: Final = re.compile(r"[*`~]{0,3} ?[\]}]{0,2}\\{0,2}")
_BEHIND_BARE: Final = re.compile(r"(?:[*`~]{0,3}|_{0,2})\\{0,2}")
_FILLING_BEHIND: Final = "*`~_ /]}\\\r\n\t"


class Tail:
    """Finds where the unsettled tail of a text begins, for the tokens of one index."""

    __slots__ = ("_bodies", "_longest", "_starts")

    def __init__(self, index: TokenIndex) -> None:
        self._bodies = sorted(index.bodies)
        self._longest = index.longest
        first = "".join(sorted({body[0] for body in self._bodies}))
        letter = f"{_WORD_BEGINS}[{first}{first.upper()}][0-9A-Za-z]*"
        self._starts = re.compile(f"[{re.escape(_MARKS)}]|{letter}" if first else "(?!)")

    def begin(self, text: str, begin: int) -> int:
        """Give the first place from `begin` on where what may become a token starts, or the text's length."""
        for match in self._starts.finditer(text, max(begin, len(text) - self._longest)):
            word = match[0].lower()
            if (word[0] in _MARKS or self._is_begun(word)) and self._may_go_on(text[match.start() :]):
                return match.start()
        return len(text)

    def _may_go_on(self, tail: str) -> bool:
        if "\n" in tail and tail[0] != "<":
            return False
        seen = tail if tail.isascii() else INVISIBLE.sub("", tail)
        whole = BEGUN.sub("", seen)
        letters = FILLING.sub("", ENCODED.sub("", whole)).lower()
        if letters and not (letters.isascii() and letters.isalnum()):
            return False
        if seen.lower().endswith(CLOSERS):
            return False
        if self._is_body(letters) or self._is_body(letters.removesuffix("s")):
            return _leaves_end_open(tail[0], whole[len(whole.rstrip(_FILLING_BEHIND)) :])
        return self._is_begun(letters)

    def _is_begun(self, letters: str) -> bool:
        place = bisect_left(self._bodies, letters)
        return place < len(self._bodies) and self._bodies[place].startswith(letters)

    def _is_body(self, letters: str) -> bool:
        place = bisect_left(self._bodies, letters)
        return place < len(self._bodies) and self._bodies[place] == letters


def _leaves_end_open(first: str, behind: str) -> bool:
    """Tell whether a complete token that began so and has this behind it may still go on, or be none."""
    if first in _BOXES:
        return _BEHIND_BOX.fullmatch(behind) is not None
    pattern = _BEHIND_ANGLE if first in _MARKS else _BEHIND_BARE
    return pattern.fullmatch(behind) is not None
