"""One step of training: forward and backward over a few batches, then one move of the optimiser."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor, nn
from torch.optim import AdamW

from detectors.training.batching import Batch
from detectors.training.lanes import gradients, work_split
from detectors.training.loss import TAGS_SHARE, label_loss, of_texts, tag_loss
from detectors.training.model import FusedEncoder
from detectors.training.optimiser import set_rate, weights_of

CLIP: Final = 1.0
"""Longest gradient that is followed."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What a step went through. Losses are a text's and a tagged token's mean."""

    texts: int
    tokens: int
    label_loss: float
    tag_loss: float


def take_step(
    model: FusedEncoder, optimiser: AdamW, batches: Sequence[Batch], weights: Tensor, rate: float, lanes: int = 1
) -> Tally:
    """Learn from all batches together; `weights` are those of labels, [labels, 2]."""
    texts = sum(len(batch.targets.labels) for batch in batches)
    tagged = max(sum(int((batch.targets.tags >= 0).sum()) for batch in batches), 1)

    def losses(batch: Batch) -> tuple[Tensor, Tensor]:
        label, tag = _losses(model, batch, weights)
        return label / texts, TAGS_SHARE * tag / tagged

    label, tag = gradients(work_split(batches, lanes), losses, weights_of(optimiser))
    nn.utils.clip_grad_norm_(weights_of(optimiser), CLIP)
    set_rate(optimiser, rate)
    optimiser.step()
    return Tally(texts, sum(int(batch.attention_mask.sum()) for batch in batches), label, tag / TAGS_SHARE)


def _losses(model: FusedEncoder, batch: Batch, weights: Tensor) -> tuple[Tensor, Tensor]:
    """Return the summed losses of a batch over labels and over tags."""
    device, targets = weights.device, batch.targets
    inputs = (values.to(device) for values in (batch.input_ids, batch.attention_mask, batch.casing))
    with torch.autocast(device.type, dtype=torch.bfloat16):
        labels, entities = model(*inputs)
    logits = of_texts(labels.float(), targets.text.to(device), len(targets.labels))
    label = label_loss(logits, targets.labels.to(device), weights)
    return label, tag_loss(entities, targets.tags.to(device), targets.outside.to(device))
