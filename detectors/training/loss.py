"""Losses that learn only from what is known: labels by key, tags by what was annotated."""

from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor
from torch.nn import functional

from detectors.training.tokens import OUTSIDE

TAGS_SHARE: Final = 1.0
"""Weight of the loss over tags against that over labels."""


@dataclass(frozen=True, slots=True)
class Targets:
    """What is known of a batch of windows.

    `labels` float [texts, labels], NaN unknown; `text` int64 [windows], which text each window is of; `tags` int64
    [windows, tokens], negative unknown; `outside` bool [windows, tags], what a token tagged `O` may be.
    """

    labels: Tensor
    text: Tensor
    tags: Tensor
    outside: Tensor


def of_texts(logits: Tensor, text: Tensor, texts: int) -> Tensor:
    """Return a text's logit for each label, [texts, labels]: the highest among its windows, as when it is asked for."""
    lowest = logits.new_full((texts, logits.shape[1]), torch.finfo(logits.dtype).min)
    return lowest.scatter_reduce(0, text.unsqueeze(1).expand_as(logits), logits, "amax")


def label_loss(logits: Tensor, targets: Tensor, weights: Tensor) -> Tensor:
    """Return the summed cross-entropy over known labels.

    `logits` and `targets` are [texts, labels]; `weights` [labels, 2] are factors of a label where it is absent and
    where it is present.
    """
    known = ~targets.isnan()
    wanted = torch.where(known, targets, 0.0)
    loss = functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none")
    factor = weights[:, 0] + (weights[:, 1] - weights[:, 0]) * wanted
    return (loss * factor * known).sum()


def tag_loss(logits: Tensor, tags: Tensor, outside: Tensor) -> Tensor:
    """Return the summed loss over tokens whose tag is known.

    A marked token: cross-entropy. An `O` token of a partially annotated text: minus the logarithm of the share that
    `O` and the tags of all entities that nobody looked for have together (`outside`).
    """
    at = (tags >= 0).nonzero(as_tuple=True)
    chances = functional.log_softmax(logits[at].float(), dim=-1)
    gold = tags[at]
    marked = chances.gather(1, gold.unsqueeze(1)).squeeze(1)
    unmarked = chances.masked_fill(~outside[at[0]], float("-inf")).logsumexp(-1)
    return -torch.where(gold == OUTSIDE, unmarked, marked).sum()
