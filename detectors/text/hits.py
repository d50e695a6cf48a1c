"""Hits of one recogniser in one text, before they become findings."""

from collections.abc import Iterable
from typing import NamedTuple


class Hit(NamedTuple):
    """A span of code points, end exclusive, and a score between 0 and 1."""

    start: int
    end: int
    score: float


def without_contained(hits: Iterable[Hit]) -> list[Hit]:
    """Drop doubles, and hits inside another of the same recogniser that scores at least as high.

    The rule is that of Presidio's `EntityRecognizer.remove_duplicates`. The answer is in the order of the text.
    """
    kept: list[Hit] = []
    active: list[Hit] = []
    for hit in sorted(set(hits), key=_outermost_first):
        active = [other for other in active if other.end >= hit.start]
        if not any(hit.end <= other.end and hit.score <= other.score for other in active):
            kept.append(hit)
            active.append(hit)
    return kept


def _outermost_first(hit: Hit) -> tuple[int, int, float]:
    return hit.start, -hit.end, -hit.score
