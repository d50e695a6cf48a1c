"""Match found spans with annotated ones: same kind, enough in common, one to one."""

from collections.abc import Sequence
from typing import Final

Span = tuple[int, int, str]
"""Start, end (exclusive, in code points) and kind."""

ENOUGH: Final = 0.5
"""What two spans must have in common, as a share of the longer one."""


def matches(wanted: Sequence[Span], found: Sequence[Span]) -> list[tuple[int, int]]:
    """Pair as many annotated spans with found ones as can be, each used at most once.

    Gives positions in `wanted` and `found`, in the order of `wanted`. A pair agrees in kind and overlaps by at least
    half of the longer span.
    """
    choices = [[place for place, other in enumerate(found) if agree(span, other)] for span in wanted]
    taken_by: dict[int, int] = {}
    for position in range(len(wanted)):
        _assign(position, choices, taken_by, set())
    return sorted((position, place) for place, position in taken_by.items())


def agree(span: Span, other: Span) -> bool:
    """Say whether two spans are of one kind and share at least half of the longer one."""
    shared = min(span[1], other[1]) - max(span[0], other[0])
    return span[2] == other[2] and shared >= ENOUGH * max(span[1] - span[0], other[1] - other[0])


def _assign(position: int, choices: list[list[int]], taken_by: dict[int, int], tried: set[int]) -> bool:
    """Find a partner for one span, moving others to another partner if need be (augmenting paths, Kuhn 1955)."""
    for place in choices[position]:
        if place in tried:
            continue
        tried.add(place)
        if place not in taken_by or _assign(taken_by[place], choices, taken_by, tried):
            taken_by[place] = position
            return True
    return False
