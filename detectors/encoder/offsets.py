"""Where each character of a changed text came from in the text before the change."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class View:
    """A text as the encoder is to read it, made from an original.

    Character `i` was made from `original[starts[i]:ends[i]]`; both are int64 [characters], never fall from one
    character to the next, and are None where nothing was changed. What was left out belongs to no character.
    """

    text: str
    starts: NDArray[np.int64] | None = None
    ends: NDArray[np.int64] | None = None

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Give the stretch of the original that `text[start:end]`, which is not empty, was made from."""
        if self.starts is None or self.ends is None:
            return start, end
        return int(self.starts[start]), int(self.ends[end - 1])


class ViewWriter:
    """Writes a view piece by piece, from the original's start to its end."""

    __slots__ = ("_ends", "_pieces", "_starts")

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []

    def keep(self, text: str, start: int) -> None:
        """Add text that stands in the original, from `start` on, just so."""
        self._pieces.append(text)
        self._starts.extend(range(start, start + len(text)))
        self._ends.extend(range(start + 1, start + len(text) + 1))

    def put(self, text: str, start: int, end: int) -> None:
        """Add text that stands for `original[start:end]`, which is not empty, as a whole."""
        self._pieces.append(text)
        self._starts.extend([start] * len(text))
        self._ends.extend([end] * len(text))

    def view(self) -> View:
        """Give what was written."""
        starts, ends = np.array(self._starts, dtype=np.int64), np.array(self._ends, dtype=np.int64)
        return View("".join(self._pieces), starts, ends)


def compose(later: View, earlier: View) -> View:
    """Give a view of the first original: `later` was made from the text of `earlier`."""
    if earlier.starts is None or earlier.ends is None:
        return later
    if later.starts is None or later.ends is None:
        return View(later.text, earlier.starts, earlier.ends)
    return View(later.text, earlier.starts[later.starts], earlier.ends[later.ends - 1])
