"""The fused encoder over packed texts, as one function without state: what `FusedEncoder` computes in training."""

from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor
from torch.nn.functional import embedding, gelu, layer_norm, linear

from detectors.serving.packed_attention import Attention, Borders
from detectors.serving.packed_weights import Layer, Linear, PackedWeights

_NORM_EPS: Final = 1e-12
"""What BERT adds to the variance."""


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """Texts in a row, on a device: `ids`, `positions` and `casing` are int32 [tokens]."""

    ids: Tensor
    positions: Tensor
    casing: Tensor
    borders: Borders


def forward(weights: PackedWeights, pack: Pack, attention: Attention) -> tuple[Tensor, Tensor]:
    """Give the logits of labels [texts, labels] and of tags [tokens, tags], both float32."""
    hidden = embedding(pack.ids, weights.words) + embedding(pack.positions, weights.positions)
    hidden = _norm(hidden + embedding(pack.casing, weights.casings), weights.norm)
    for layer in weights.layers:
        hidden = _layer(hidden, layer, weights.heads, pack.borders, attention)
    pooled = gelu(_linear(pool(hidden.float(), pack.borders), weights.blend))
    return _linear(pooled, weights.labels), _linear(hidden, weights.entities).float()


def pool(hidden: Tensor, borders: Borders) -> Tensor:
    """Give mean and maximum over the tokens of each text, side by side: [texts, 2 * width]."""
    parts = [torch.segment_reduce(hidden, kind, lengths=borders.counts, unsafe=True) for kind in ("mean", "max")]
    return torch.cat(parts, dim=1)


def _layer(hidden: Tensor, layer: Layer, heads: int, borders: Borders, attention: Attention) -> Tensor:
    tokens, width = hidden.shape
    qkv = _linear(hidden, layer.qkv).view(tokens, 3, heads, width // heads)
    hidden = _norm(hidden + _linear(attention(qkv, borders), layer.attended), layer.attended_norm)
    return _norm(hidden + _linear(gelu(_linear(hidden, layer.inner)), layer.outer), layer.outer_norm)


def _linear(values: Tensor, by: Linear) -> Tensor:
    return linear(values, by.weight, by.bias)


def _norm(values: Tensor, by: Linear) -> Tensor:
    return layer_norm(values, by.bias.shape, by.weight, by.bias, _NORM_EPS)
