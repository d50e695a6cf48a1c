"""Which of the parts that are ready are run together."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Final

from detectors.serving.orders import Part

_PADDED: Final = 1.25
"""How much longer than the shortest part of a padded batch the longest may be; and `_SPARE` tokens more."""

_SPARE: Final = 4

_tokens = attrgetter("tokens")
_turn = attrgetter("turn")


def choose(parts: Sequence[Part], tokens: int, *, is_packed: bool) -> list[Part]:
    """Choose the part whose turn is first, and others to go with it, up to so many tokens. By length, shortest first.

    A packed run costs the sum of its parts; in a padded one each costs as much as the longest, and it has only parts of
    like length. A part that is longer than the budget goes alone.
    """
    if not parts:
        return []
    return _packed(parts, tokens) if is_packed else _padded(parts, tokens)


def room_of(batch: Sequence[Part], *, is_packed: bool) -> int:
    """Give what a run of these parts costs, in tokens, padding included."""
    return sum(map(_tokens, batch)) if is_packed else len(batch) * max(map(_tokens, batch))


def _packed(parts: Sequence[Part], tokens: int) -> list[Part]:
    chosen: list[Part] = []
    for part in sorted(parts, key=_turn):
        if chosen and part.tokens > tokens:
            continue
        chosen.append(part)
        tokens -= part.tokens
    return sorted(chosen, key=_tokens)


def _padded(parts: Sequence[Part], tokens: int) -> list[Part]:
    """Grow a stretch of the parts by length around the first, by the neighbour that is nearer in length."""
    by_length = sorted(parts, key=_tokens)
    low = by_length.index(min(parts, key=_turn))
    stretch = (low, low + 1)
    while wider := next((one for one in _wider(by_length, *stretch) if _fits(by_length, *one, tokens)), None):
        stretch = wider
    return by_length[slice(*stretch)]


def _wider(parts: Sequence[Part], low: int, high: int) -> list[tuple[int, int]]:
    """Give the one or two ways to add a neighbour to a stretch, the nearer in length first."""
    ways: list[tuple[int, tuple[int, int]]] = []
    if low > 0:
        ways.append((parts[low].tokens - parts[low - 1].tokens, (low - 1, high)))
    if high < len(parts):
        ways.append((parts[high].tokens - parts[high - 1].tokens, (low, high + 1)))
    return [way for _, way in sorted(ways)]


def _fits(parts: Sequence[Part], low: int, high: int, tokens: int) -> bool:
    shortest, longest = parts[low].tokens, parts[high - 1].tokens
    return (high - low) * longest <= tokens and longest <= shortest * _PADDED + _SPARE
