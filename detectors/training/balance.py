"""How much a label's presence and its absence weigh, so that rare ones are learnt and common ones don't drown them."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from detectors.encoder.format import LABELS
from detectors.training.pools import Pool
from detectors.training.tokens import label_targets

SAMPLE: Final = 400
"""Rows of each pool that the shares are estimated from."""

LIGHTEST: Final = 0.5
HEAVIEST: Final = 4.0


def label_weights(pools: Sequence[Pool]) -> NDArray[np.float32]:
    """Return [labels, 2]: the factor of a label's absence and of its presence.

    The square root of half the inverse share, within bounds: full inverse shares would let a hundred rows decide.
    A label that no pool knows weighs 1.
    """
    absent, present = (np.full(len(LABELS), 1e-6) for _ in range(2))
    for pool in pools:
        count = min(SAMPLE, pool.per_round)
        targets = np.stack([label_targets(pool.at(position).labels) for position in range(count)])
        scale = pool.per_round / count
        present += scale * np.nansum(targets, axis=0)
        absent += scale * np.nansum(1 - targets, axis=0)
    shares = np.stack([absent, present], axis=1) / (absent + present)[:, None]
    weights: NDArray[np.float32] = np.clip(np.sqrt(0.5 / shares), LIGHTEST, HEAVIEST).astype(np.float32)
    return weights
