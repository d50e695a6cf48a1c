"""Attention over packed texts: all tokens in one row, each seeing its own text only, and no padding anywhere.

On a card one FlashAttention kernel goes over all of them. Elsewhere the texts of equal length, which lie side by side,
are one batch for the usual kernel.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Protocol, cast

import torch
from torch import Tensor
from torch.nn.functional import scaled_dot_product_attention

_FLASH_SINCE: Final = (8, 0)
"""The compute capability from which on cards run FlashAttention: Ampere."""


@dataclass(frozen=True, slots=True, eq=False)
class Borders:
    """Where texts begin and end in a row of tokens, special ones included. Equal lengths lie side by side.

    `starts` is int32 [texts + 1] and `counts` int32 [texts], both on the device; `lengths` are the same on the host.
    """

    lengths: tuple[int, ...]
    starts: Tensor
    counts: Tensor

    def groups(self) -> Iterator[tuple[int, int, int]]:
        """Give (first token, number of texts, length) for each length; empty texts are left out."""
        first = 0
        for length, texts in groupby(self.lengths):
            count = sum(1 for _ in texts)
            if length:
                yield first, count, length
            first += count * length


class Attention(Protocol):
    """How tokens see one another."""

    def __call__(self, qkv: Tensor, borders: Borders) -> Tensor:
        """Take queries, keys and values [tokens, 3, heads, width] and give [tokens, heads * width]."""
        ...


def attention_for(device: torch.device, dtype: torch.dtype) -> Attention:
    """Choose the fastest way that a device has for numbers of this kind."""
    halves = dtype in (torch.bfloat16, torch.float16)
    if device.type == "cuda" and halves and torch.cuda.get_device_capability(device) >= _FLASH_SINCE:
        return in_one_kernel
    return by_length


def in_one_kernel(qkv: Tensor, borders: Borders) -> Tensor:
    """Run FlashAttention's kernel for texts of various lengths."""
    from torch.nn.attention.varlen import varlen_attn

    query, key, value = qkv.unbind(1)
    longest = max(borders.lengths)
    mixed = varlen_attn(query, key, value, borders.starts, borders.starts, longest, longest)
    return cast(Tensor, mixed).flatten(1)


def by_length(qkv: Tensor, borders: Borders) -> Tensor:
    """Run the usual kernel for each length that occurs."""
    tokens, _, heads, width = qkv.shape
    mixed = qkv.new_empty(tokens, heads, width)
    for first, count, length in borders.groups():
        part = slice(first, first + count * length)
        query, key, value = qkv[part].view(count, length, 3, heads, width).permute(2, 0, 3, 1, 4)
        seen = scaled_dot_product_attention(query, key, value)
        mixed[part].view(count, length, heads, width).copy_(seen.transpose(1, 2))
    return mixed.view(tokens, heads * width)
