"""The encoder's third input: how each token is written, which its lower-cased vocabulary can't tell.

0: no capital. 1: the first character is the only capital. 2: all letters are capitals, and there are several. 3: any
other mixture.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

_CASED = 0x2C00
"""Code points from here on count as letters without case: a few historic scripts, and what normalising replaces."""


def casing_of(text: str, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the casing of each piece `text[start:end]`, int64 [tokens]. A piece is not empty."""
    points = code_points(text)
    low = np.minimum(points, _CASED)
    capital, letter = _tables()
    is_capital = capital[low]
    if not is_capital.any():
        return np.zeros(len(starts), dtype=np.int64)
    capitals = _between(is_capital, starts, ends)
    letters = _between(letter[low], starts, ends)
    alone = is_capital[starts] & (capitals == 1)
    shouted = (capitals == letters) & (capitals > 1)
    return np.where(capitals == 0, 0, np.where(shouted, 2, np.where(alone, 1, 3)))


def code_points(text: str) -> NDArray[np.uint32]:
    """Give a text's code points, uint32 [characters]."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _between(marks: NDArray[np.bool_], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count the marks in each piece."""
    before = np.zeros(len(marks) + 1, dtype=np.int64)
    np.cumsum(marks, out=before[1:])
    counts: NDArray[np.int64] = before[ends] - before[starts]
    return counts


@cache
def _tables() -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Say of each code point whether it is a capital, and whether it is a letter; of the last: only a letter."""
    known = [chr(point) for point in range(_CASED)]
    capital = np.array([*(c != c.lower() for c in known), False])
    return capital, np.array([*(c.isalpha() for c in known), True])
