"""Texts in a row, on the host: what a run needs, in arrays that go to the device in one piece."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from detectors.encoder.model import SPECIAL, Tokens
from detectors.serving.packed_attention import Borders
from detectors.serving.packed_forward import Pack

Integers = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Packing:
    """All int32: `ids`, `positions` and `casing` [tokens], special ones included, and `lengths` [texts]."""

    ids: Integers
    positions: Integers
    casing: Integers
    lengths: Integers

    def filled(self, tokens: int, texts: int) -> "Packing":
        """Fill up to so many tokens with one text of nothing, and to so many texts, one more at least, with empty."""
        spare, empty = tokens - len(self.ids), texts - len(self.lengths) - 1
        ids, positions, casing = (np.pad(row, (0, spare)) for row in (self.ids, self.positions, self.casing))
        lengths = np.concatenate([self.lengths, [spare], np.zeros(empty)]).astype(np.int32)
        return Packing(ids, positions, casing, lengths)

    def flat(self) -> Integers:
        """Give everything in one row, and at its end where texts start: `pack_of` takes it apart."""
        starts = np.concatenate([[0], np.cumsum(self.lengths)]).astype(np.int32)
        return np.concatenate([self.ids, self.positions, self.casing, self.lengths, starts])


def packing_of(windows: Sequence[Tokens], first: int, last: int) -> Packing:
    """Put windows, at least one, into a row, each between the special tokens `first` and `last`."""
    lengths = np.array([len(window) + SPECIAL for window in windows], dtype=np.int32)
    ends = np.cumsum(lengths)
    starts, tokens = ends - lengths, int(ends[-1])
    ids, casing = np.empty(tokens, dtype=np.int32), np.zeros(tokens, dtype=np.int32)
    within = np.ones(tokens, dtype=np.bool_)
    within[starts] = within[ends - 1] = False
    ids[starts], ids[ends - 1] = first, last
    ids[within] = np.concatenate([window.ids for window in windows])
    casing[within] = np.concatenate([window.casing for window in windows])
    positions = np.arange(tokens) - np.repeat(starts, lengths)
    return Packing(ids, positions.astype(np.int32), casing, lengths)


def pack_of(flat: Tensor, lengths: Sequence[int]) -> Pack:
    """Take apart what `Packing.flat` has put together, wherever it lies. `lengths` are those of the texts."""
    tokens, texts = sum(lengths), len(lengths)
    ids, positions, casing, counts, starts = torch.split(flat, [tokens, tokens, tokens, texts, texts + 1])
    return Pack(ids, positions, casing, Borders(tuple(lengths), starts, counts))
