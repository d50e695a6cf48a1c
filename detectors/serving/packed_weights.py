"""The encoder's weights for torch: from a safetensors file to the matrices of each layer, on a device."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

import torch
from safetensors import SafetensorError
from safetensors.torch import load
from torch import Tensor

from detectors.encoder.files import HEADS, WEIGHTS
from detectors.errors import WeightsUnusable

HEAD_WIDTH: Final = 32
"""Width of a head where a file does not say how many there are: that of MiniLM."""

_LENGTH_BYTES: Final = 8
"""A safetensors file begins with the length of its JSON header."""

_NORM: Final = "LayerNorm"
_LAYER: Final = "body.encoder.layer"
_EMBEDDINGS: Final = "body.embeddings"


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """A matrix [out, in] and what is added after it, [out]."""

    weight: Tensor
    bias: Tensor


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One layer. `qkv` gives query, key and value side by side, from one product."""

    qkv: Linear
    attended: Linear
    attended_norm: Linear
    inner: Linear
    outer: Linear
    outer_norm: Linear


@dataclass(frozen=True, slots=True, eq=False)
class PackedWeights:
    """All of the model. The heads over whole windows, `blend` and `labels`, are in float32 whatever the rest is in."""

    words: Tensor
    positions: Tensor
    casings: Tensor
    norm: Linear
    layers: tuple[Layer, ...]
    entities: Linear
    blend: Linear
    labels: Linear
    heads: int

    @property
    def held_bytes(self) -> int:
        """What they take in the memory of their device."""
        return sum(tensor.nbytes for tensor in _tensors(self))


def read_weights(content: bytes, device: torch.device, dtype: torch.dtype) -> PackedWeights:
    """Read the file `encoder.safetensors` and put its weights on a device.

    Raises:
        WeightsUnusable: it is no such file, or lacks a weight.
    """
    try:
        named = load(content)
        said = json.loads(content[_LENGTH_BYTES:][: int.from_bytes(content[:_LENGTH_BYTES], "little")])
        width = named["labels.weight"].shape[1]
        heads = int(said.get("__metadata__", {}).get(HEADS, width // HEAD_WIDTH))
        if heads < 1 or width % heads:
            raise WeightsUnusable(f"{WEIGHTS}: {heads} heads can't share a width of {width}")
        return _Reader(named, device, dtype).weights(heads)
    except KeyError as exc:
        raise WeightsUnusable(f"{WEIGHTS} lacks {exc}") from exc
    except (SafetensorError, ValueError) as exc:
        raise WeightsUnusable(f"{WEIGHTS} is not a safetensors file") from exc


class _Reader:
    def __init__(self, named: Mapping[str, Tensor], device: torch.device, dtype: torch.dtype) -> None:
        self._named, self._device, self._dtype = named, device, dtype

    def weights(self, heads: int) -> PackedWeights:
        count = len({name.split(".")[3] for name in self._named if name.startswith(f"{_LAYER}.")})
        return PackedWeights(
            words=self._tensor(f"{_EMBEDDINGS}.word_embeddings.weight"),
            positions=self._tensor(f"{_EMBEDDINGS}.position_embeddings.weight"),
            casings=self._tensor(f"{_EMBEDDINGS}.token_type_embeddings.weight"),
            norm=self._linear(f"{_EMBEDDINGS}.{_NORM}"),
            layers=tuple(self._layer(f"{_LAYER}.{number}") for number in range(count)),
            entities=self._linear("entities"),
            blend=self._linear("blend", torch.float32),
            labels=self._linear("labels", torch.float32),
            heads=heads,
        )

    def _layer(self, name: str) -> Layer:
        parts = [self._linear(f"{name}.attention.self.{part}") for part in ("query", "key", "value")]
        return Layer(
            qkv=Linear(torch.cat([part.weight for part in parts]), torch.cat([part.bias for part in parts])),
            attended=self._linear(f"{name}.attention.output.dense"),
            attended_norm=self._linear(f"{name}.attention.output.{_NORM}"),
            inner=self._linear(f"{name}.intermediate.dense"),
            outer=self._linear(f"{name}.output.dense"),
            outer_norm=self._linear(f"{name}.output.{_NORM}"),
        )

    def _linear(self, name: str, dtype: torch.dtype | None = None) -> Linear:
        return Linear(self._tensor(f"{name}.weight", dtype), self._tensor(f"{name}.bias", dtype))

    def _tensor(self, name: str, dtype: torch.dtype | None = None) -> Tensor:
        return self._named[name].to(self._device, dtype or self._dtype)


def _tensors(part: Any) -> Iterator[Tensor]:
    for value in (getattr(part, field.name) for field in fields(part)):
        if isinstance(value, Tensor):
            yield value
        elif not isinstance(value, int):
            for one in value if isinstance(value, tuple) else (value,):
                yield from _tensors(one)
