"""Find surrogates in a model's text: whole words, to the letter; ages only where words beside them say so."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from gateway.pseudonyms.surrogates.ages import BEHIND, as_age, is_made_age

ESCAPE: Final = r"\\(?:u[0-9A-Fa-f]{4}|[bfnrt])"
"""What may stand before a word in the source of a JSON document, and ends with a letter that is none of the word's."""

_BEFORE: Final = r"(?<!\w)"
_BEFORE_IN_JSON: Final = r"(?:(?<!\w)|(?<=\\[bfnrt])|(?<=\\u[0-9A-Fa-f]{4}))"
_AFTER: Final = r"(?!\w)"
_OPEN_ESCAPE: Final = re.compile(r"\\(?:u[0-9A-Fa-f]{0,4}|[bfnrt]|)\Z")


class Found(NamedTuple):
    """A surrogate in a text, and the value that it stands for."""

    start: int
    end: int
    surface: str


class SurrogateIndex:
    """The surrogates of one call. `in_json` reads the source of a JSON document, where escapes end with letters.

    `longest` bounds what `open_from` holds back, in characters; 0 without surrogates.
    """

    __slots__ = ("_entries", "_in_json", "_pattern", "_starts", "_surfaces", "longest")

    def __init__(self, surfaces: Mapping[str, str], *, in_json: bool = False) -> None:
        self._surfaces = surfaces
        self._in_json = in_json
        ages = [entry for entry in surfaces if is_made_age(entry)]
        self._entries = sorted([*surfaces, *(entry + words for entry in ages for words in BEHIND)])
        self.longest = max(map(len, self._entries), default=0)
        before = _BEFORE_IN_JSON if in_json else _BEFORE
        forms = (
            as_age(entry) if is_made_age(entry) else _guarded(entry, before)
            for entry in sorted(surfaces, key=len, reverse=True)
        )
        self._pattern = re.compile("|".join(forms) or r"(?!)")
        first = "".join(map(re.escape, sorted({entry[0] for entry in surfaces})))
        self._starts = re.compile(f"(?:{before}(?=\\w)|(?=\\W))[{first}]") if first else re.compile(r"(?!)")

    def hits(self, text: str, begin: int = 0) -> Iterator[Found]:
        """Give the surrogates of a text from left to right, from `begin` on; what is before it only bounds words."""
        for match in self._pattern.finditer(text, begin):
            yield Found(match.start(), match.end(), self._surfaces[match[0]])

    def open_from(self, text: str, begin: int = 0) -> int:
        """Give where the tail begins that more text may make a surrogate, or the text's length if none does."""
        least = max(begin, len(text) - self.longest)
        escape = _OPEN_ESCAPE.search(text, begin) if self._in_json else None
        decided = [hit for hit in self.hits(text, begin) if hit.end < len(text)] if self.longest else []
        for match in self._starts.finditer(text, least):
            start = match.start()
            if any(hit.start < start < hit.end for hit in decided):
                continue
            if self._is_begun(text[start:]):
                return self._with_escape(text, start, begin)
        return escape.start() if escape else len(text)

    def _is_begun(self, tail: str) -> bool:
        place = bisect_left(self._entries, tail)
        return place < len(self._entries) and self._entries[place].startswith(tail)

    def _with_escape(self, text: str, start: int, begin: int) -> int:
        """Keep an escape with the word behind it: without it, the word would seem to begin earlier."""
        if not self._in_json:
            return start
        before = re.compile(ESCAPE + r"\Z").search(text[max(begin, start - 6) : start])
        return start - len(before[0]) if before else start


def _guarded(entry: str, before: str) -> str:
    left = before if re.match(r"\w", entry) else ""
    right = _AFTER if re.match(r"\w", entry[-1]) else ""
    return left + re.escape(entry) + right
