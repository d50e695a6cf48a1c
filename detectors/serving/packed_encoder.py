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
from detectors.encoder.model import SPECIAL, Encoder, Logits, Tokens, tried
from detectors.errors import WeightsUnusable
from detectors.serving.packed_attention import Borders, attention_for
from detectors.serving.packed_forward import Pack, forward
from detectors.serving.packed_weights import PackedWeights, read_weights

Integers = NDArray[np.int32]
Precision = Literal["float32", "bfloat16"]

CPU_TOKENS: Final = 1_024
"""Tokens of one run on a processor: more do not run faster."""

CUDA_TOKENS: Final = 32_768
"""Tokens of one run on a card: enough to fill the largest, in some 200 MB."""


class PackedEncoder(Encoder):
    """Use `load_packed` to make one. Any number of threads may use it."""

    def __init__(self, files: EncoderFiles, device: torch.device, precision: Precision) -> None:
        super().__init__(files)
        dtype = {"float32": torch.float32, "bfloat16": torch.bfloat16}[precision]
        self.version = f"{files.version}.{precision}"
        self.most_tokens = CUDA_TOKENS if device.type == "cuda" else CPU_TOKENS
        self._device = device
        self._attention = attention_for(device, dtype)
        weights = read_weights(files.model, device, dtype)
        if max(self._tokenizer.get_vocab().values()) >= len(weights.words) or len(weights.casings) != CASINGS:
            raise WeightsUnusable(
                f"{WEIGHTS} has no vector for a token or a casing"
            )  # on a card it would end the process
        self.held_bytes = weights.held_bytes
        self._weights: PackedWeights | None = weights

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
        longest = len(windows[order[-1]]) + SPECIAL
        if longest > len(weights.positions):
            raise ValueError(f"a window has {longest} tokens, the model reads {len(weights.positions)}")
        with torch.inference_mode():
            pack = self._pack([windows[place] for place in order])
            labels, tags = self._on_host(*forward(weights, pack, self._attention))
        return _sorted_back(order, labels, tags, pack.borders.lengths)

    def close(self) -> None:
        """Give the weights' memory back, to the device as well."""
        self._weights = None
        if self._device.type == "cuda":
            torch.cuda.empty_cache()

    def _pack(self, windows: Sequence[Tokens]) -> Pack:
        lengths = tuple(len(window) + SPECIAL for window in windows)
        tokens, texts = sum(lengths), len(lengths)
        sent = self._sent(packed(windows, self._first, self._last))
        ids, positions, casing, counts, starts = torch.split(sent, [tokens, tokens, tokens, texts, texts + 1])
        return Pack(ids, positions, casing, Borders(lengths, starts, counts))

    def _sent(self, values: Integers) -> Tensor:
        """Bring all that a run needs to the device in one copy, which nothing waits for."""
        host = torch.from_numpy(values)
        return host.pin_memory().to(self._device, non_blocking=True) if self._device.type == "cuda" else host

    def _on_host(self, labels: Tensor, tags: Tensor) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Bring the answers back in one copy."""
        if self._device.type != "cuda":
            return labels.numpy(), tags.numpy()
        both = torch.cat([labels.flatten(), tags.flatten()])
        host = torch.empty(both.shape, dtype=both.dtype, pin_memory=True)
        host.copy_(both, non_blocking=True)
        torch.cuda.current_stream(self._device).synchronize()
        one, other = host.numpy().copy(), labels.numel()
        return one[:other].reshape(labels.shape), one[other:].reshape(tags.shape)


def load_packed(files: EncoderFiles, device: str = "cpu", precision: Precision | None = None) -> PackedEncoder:
    """Put the weights on a device (`cpu`, `cuda`, `cuda:1`) and run them once.

    `files` are those of `read_encoder(folder, WEIGHTS)`. By default a card runs in bfloat16, a processor in float32.

    Raises:
        WeightsUnusable: the weights can't be read or run, or there is no such device.
    """
    try:
        where = torch.device(device)
    except RuntimeError as exc:
        raise WeightsUnusable(f"{device} is no device of torch") from exc
    if where.type == "cuda" and not torch.cuda.is_available():
        raise WeightsUnusable("there is no CUDA device, or this torch was built without CUDA")
    if where.type not in ("cpu", "cuda"):
        raise WeightsUnusable(f"{device} is neither cpu nor cuda")
    chosen: Precision = precision or ("bfloat16" if where.type == "cuda" else "float32")
    return tried(PackedEncoder(files, where, chosen), WEIGHTS)


def packed(windows: Sequence[Tokens], first: int, last: int) -> Integers:
    """Give, one after the other, int32: ids, positions and casings of all tokens, lengths, and where texts start."""
    lengths = np.array([len(window) + SPECIAL for window in windows], dtype=np.int32)
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    tokens = int(starts[-1])
    positions = np.arange(tokens, dtype=np.int32) - np.repeat(starts[:-1], lengths)
    ids, casing = np.empty(tokens, dtype=np.int32), np.zeros(tokens, dtype=np.int32)
    within = np.ones(tokens, dtype=np.bool_)
    ids[starts[:-1]], ids[starts[1:] - 1] = first, last
    within[starts[:-1]] = within[starts[1:] - 1] = False
    ids[within] = np.concatenate([window.ids for window in windows])
    casing[within] = np.concatenate([window.casing for window in windows])
    return np.concatenate([ids, positions, casing, lengths, starts])


def _sorted_back(
    order: Sequence[int], labels: NDArray[np.float32], tags: NDArray[np.float32], lengths: Sequence[int]
) -> list[Logits]:
    """Undo the sorting, and leave special tokens out."""
    ends = np.cumsum(lengths)
    rows = np.argsort(order)
    return [Logits(labels[row], tags[ends[row] - lengths[row] + 1 : ends[row] - 1]) for row in rows]
