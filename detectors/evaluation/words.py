"""Compare spans word by word, whatever their types: what is personal must be noticed, and the rest left alone."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"\w+(?:[.@:/'\u2019+\-]\w+)*")  # an address, a date or a number with dashes is one word


def words(text: str) -> list[tuple[int, int]]:
    """Cut a text into words: letters and digits, with single marks between them. Gives (start, end), end exclusive."""
    return [found.span() for found in _WORD.finditer(text)]


def touched(all_words: Sequence[tuple[int, int]], spans: Iterable[tuple[int, int, str]]) -> set[int]:
    """Give the positions of the words of which some span holds at least one character. Words stand in their order."""
    starts, ends = [start for start, _ in all_words], [end for _, end in all_words]
    inside: set[int] = set()
    for start, end, _ in spans:
        inside.update(range(bisect_right(ends, start), bisect_left(starts, end)))
    return inside
