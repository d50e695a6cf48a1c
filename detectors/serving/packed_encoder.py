"""The encoder in torch, on a card or a processor: texts of any lengths in one run, without padding.

It takes the place of `detectors.encoder.model.OnnxEncoder`: same windows, same answers within a tolerance. In float32
logits differ by less than 1e-4 from ONNX Runtime's for the same weights; in bfloat16 scores differ by a few hundredths.
"""

from collections.abc import Sequence
from typing import Final, Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from detectors.encoder.files import WEIGHTS, EncoderFiles
from detectors.encoder.format import CASINGS
from detectors.encoder.model import Encoder, Logits, Tokens, tried
from detectors.errors import WeightsUnusable
from detectors.serving.packed_attention import attention_for, in_one_kernel
from detectors.serving.packed_forward import Pack, forward
from detectors.serving.packed_graphs import BUCKETS, PackedGraphs
from detectors.serving.packed_weights import PackedWeights, read_weights
from detectors.serving.packing import Packing, pack_of, packing_of

Precision = Literal["float32", "bfloat16"]

DTYPES: Final = {"float32": torch.float32, "bfloat16": torch.bfloat16}

CPU_TOKENS: Final = 1_024
"""Tokens of one run on a processor: more do not run faster."""

CUDA_TOKENS: Final = 32_768
"""Tokens of one run on a card: enough to fill the largest, in some 200 MB."""

_RECORDED: Final = 0.05
"""How far logits may be from those without a graph: products of another size are summed up in another order."""


class PackedEncoder(Encoder):
    """Use `load_packed` to make one. Any number of threads may use it."""

    def __init__(self, files: EncoderFiles, device: torch.device, precision: Precision) -> None:
        super().__init__(files)
        dtype = DTYPES[precision]
        self.version = f"{files.version}.{precision}"
        self.most_tokens = CUDA_TOKENS if device.type == "cuda" else CPU_TOKENS
        self._device = device
        self._attention = attention_for(device, dtype)
        weights = read_weights(files.model, device, dtype)
        if max(self._tokenizer.get_vocab().values()) >= len(weights.words) or len(weights.casings) != CASINGS:
            # Such a token would end the process on a card.
            raise WeightsUnusable(f"{WEIGHTS} has no vector for a token or a casing")
        self.held_bytes = weights.held_bytes
        self._weights: PackedWeights | None = weights
        self._graphs: PackedGraphs | None = None

    def batches(self, lengths: Sequence[int]) -> list[list[int]]:
        """Fill runs up to `most_tokens`, whatever the lengths, in the order in which they come."""
        runs: list[list[int]] = []
        left = 0
        for place, length in enumerate(lengths):
            if not runs or length > left:
                runs.append([])
                left = self.most_tokens
            runs[-1].append(place)
            left -= length
        return runs

    def run(self, windows: Sequence[Tokens]) -> list[Logits]:
        """Run the model once over these windows, each of at most as many tokens as the model has positions for.

        Raises:
            ValueError: one is longer.
        """
        weights = self._weights
        if weights is None:
            raise RuntimeError("closed")
        if not windows:
            return []
        order = sorted(range(len(windows)), key=lambda place: len(windows[place]))
        packing = packing_of([windows[place] for place in order], self._first, self._last)
        if (longest := int(packing.lengths[-1])) > len(weights.positions):
            raise ValueError(f"a window has {longest} tokens, the model reads {len(weights.positions)}")
        with torch.inference_mode():
            answers = self._graphs.run(packing, self._on_host) if self._graphs else None
            labels, tags = answers or self._on_host(*forward(weights, self._sent(packing), self._attention))
        return _sorted_back(order, labels.numpy(), tags.numpy(), packing.lengths)

    def record(self) -> None:
        """Record graphs for short runs, and see that they answer as the kernels did that they are made of.

        Raises:
            WeightsUnusable: they don't.
        """
        windows = self.windows(self.tokens("a " * BUCKETS[0]))
        probes = [[windows[0][:end]] for end in (1, 60, 120)] + [windows[: 2**power] for power in range(4)]
        expected = [answer.labels for probe in probes for answer in self.run(probe)]
        if self._weights is not None:
            self._graphs = PackedGraphs(self._weights, self._attention, self._device)
        recorded = [answer.labels for probe in probes for answer in self.run(probe)]
        if not np.allclose(expected, recorded, atol=_RECORDED):
            raise WeightsUnusable("recorded graphs answer otherwise on this card: go without them")

    def close(self) -> None:
        """Give the weights' memory back, to the device as well."""
        self._weights = self._graphs = None
        if self._device.type == "cuda":
            torch.cuda.empty_cache()

    def _sent(self, packing: Packing) -> Pack:
        """Bring all that a run needs to the device in one copy, which nothing waits for."""
        flat = torch.from_numpy(packing.flat())
        if self._device.type == "cuda":
            flat = flat.pin_memory().to(self._device, non_blocking=True)
        return pack_of(flat, packing.lengths.tolist())

    def _on_host(self, labels: Tensor, tags: Tensor) -> tuple[Tensor, Tensor]:
        """Bring the answers back in one copy."""
        if self._device.type != "cuda":
            return labels, tags
        both = torch.cat([labels.flatten(), tags.flatten()])
        host = torch.empty(both.shape, dtype=both.dtype, pin_memory=True)
        host.copy_(both, non_blocking=True)
        torch.cuda.current_stream(self._device).synchronize()
        one, other = torch.split(host, [labels.numel(), tags.numel()])
        return one.view(labels.shape), other.view(tags.shape)


def load_packed(
    files: EncoderFiles, device: str = "cpu", precision: Precision | None = None, *, graphs: bool = False
) -> PackedEncoder:
    """Put the weights on a device (`cpu`, `cuda`, `cuda:1`) and run them once.

    `files` are those of `read_encoder(folder, WEIGHTS)`. By default a card runs in bfloat16, a processor in float32.
    With `graphs` a card runs short runs as recorded graphs.

    Raises:
        WeightsUnusable: the weights can't be read or run, there is no such device, or it has no graphs.
    """
    where = _device(device)
    chosen: Precision = precision or ("bfloat16" if where.type == "cuda" else "float32")
    if graphs and attention_for(where, DTYPES[chosen]) is not in_one_kernel:
        raise WeightsUnusable(f"graphs need a card with FlashAttention and bfloat16, not {device} and {chosen}")
    encoder = tried(PackedEncoder(files, where, chosen), WEIGHTS)
    if graphs:
        encoder.record()
    return encoder


def _device(name: str) -> torch.device:
    try:
        device = torch.device(name)
    except RuntimeError as exc:
        raise WeightsUnusable(f"{name} is no device of torch") from exc
    if device.type not in ("cpu", "cuda"):
        raise WeightsUnusable(f"{name} is neither cpu nor cuda")
    if device.type == "cuda" and not torch.cuda.is_available():
        raise WeightsUnusable("there is no CUDA device, or this torch was built without CUDA")
    return device


def _sorted_back(
    order: Sequence[int], labels: NDArray[np.float32], tags: NDArray[np.float32], lengths: NDArray[np.int32]
) -> list[Logits]:
    """Undo the sorting, and leave special tokens out."""
    ends = np.cumsum(lengths)
    rows = np.argsort(order)
    return [Logits(labels[row], tags[ends[row] - lengths[row] + 1 : ends[row] - 1]) for row in rows]
