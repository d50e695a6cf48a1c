"""Windows put together into batches of similar length, so that hardly any padding is computed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from torch import Tensor

from detectors.training.loss import Targets
from detectors.training.tokens import NO_TAG, Window

TOKENS: Final = 1536
"""Padded tokens in one forward pass: enough to keep two cores busy, few enough to stay in their cache."""

_NARROW: Final = 0.75
"""A batch whose windows would be shorter than this share of its longest is cut, once it holds enough."""

_ENOUGH: Final = 384


@dataclass(frozen=True, slots=True)
class Batch:
    """Inputs int64 [windows, tokens] and what is known about them."""

    input_ids: Tensor
    attention_mask: Tensor
    casing: Tensor
    targets: Targets


def batches_of(texts: Sequence[Sequence[Window]], tokens: int = TOKENS) -> list[Batch]:
    """Return all windows in batches by falling length. The windows of one text stay together."""
    ordered = sorted(texts, key=lambda windows: -max(len(window.ids) for window in windows))
    batches, current = [], list[Sequence[Window]]()
    for windows in ordered:
        if current and _full(current, windows, tokens):
            batches.append(_batch(current))
            current = []
        current.append(windows)
    if current:
        batches.append(_batch(current))
    return batches


def _full(current: Sequence[Sequence[Window]], following: Sequence[Window], tokens: int) -> bool:
    longest = max(len(window.ids) for window in current[0])
    used = longest * sum(map(len, current))
    narrow = max(len(window.ids) for window in following) >= _NARROW * longest
    return used + longest * len(following) > tokens or (used >= _ENOUGH and not narrow)


def _batch(texts: Sequence[Sequence[Window]]) -> Batch:
    windows = [window for of_text in texts for window in of_text]
    shape = (len(windows), max(len(window.ids) for window in windows))
    ids, mask, casing = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    tags = np.full(shape, NO_TAG, dtype=np.int64)
    for row, window in enumerate(windows):
        size = len(window.ids)
        ids[row, :size], mask[row, :size] = window.ids, 1
        casing[row, :size], tags[row, :size] = window.casing, window.tags
    input_ids, attention_mask, cases = map(torch.from_numpy, (ids, mask, casing))
    return Batch(input_ids, attention_mask, cases, _targets(texts, tags))


def _targets(texts: Sequence[Sequence[Window]], tags: np.ndarray) -> Targets:
    windows = [window for of_text in texts for window in of_text]
    text = np.repeat(np.arange(len(texts)), [len(of_text) for of_text in texts])
    return Targets(
        labels=torch.from_numpy(np.stack([of_text[0].labels for of_text in texts])),
        text=torch.from_numpy(text),
        tags=torch.from_numpy(tags),
        outside=torch.from_numpy(np.stack([window.outside for window in windows])),
    )
