"""The usual way: texts are put together in the order in which they come, and padded to the longest of them."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors import safe_open
from safetensors.torch import load_file
from transformers import BertConfig

from detectors.encoder.files import HEADS, WEIGHTS, EncoderFiles
from detectors.encoder.format import CASINGS
from detectors.encoder.model import SPECIAL, Encoder, Logits, OnnxEncoder, Tokens
from detectors.serving.packed_encoder import DTYPES, Precision
from detectors.serving.packed_weights import HEAD_WIDTH
from detectors.training.model import FusedEncoder
from tests.bench.detectors.sizes import sizes

TOGETHER = 32
"""Texts of a batch, at most."""


class AsTheyCome(Encoder):
    """Each text costs as much as the longest of its batch, which has `together` texts."""

    is_padded = True
    together = TOGETHER

    def batches(self, lengths: Sequence[int]) -> list[list[int]]:
        places = range(len(lengths))
        return [list(places[first : first + self.together]) for first in places[:: self.together]]


class PaddedOnnx(AsTheyCome, OnnxEncoder):
    """ONNX Runtime."""


class PaddedTransformers(AsTheyCome):
    """The model as `transformers` runs it, with the attention that it takes by default."""

    def __init__(self, files: EncoderFiles, folder: Path, device: str, precision: Precision) -> None:
        super().__init__(files)
        self._device = device
        self._model = _fused(folder).to(device, DTYPES[precision]).eval()

    def run(self, windows: Sequence[Tokens]) -> list[Logits]:
        shape = (len(windows), max(map(len, windows)) + SPECIAL)
        ids, mask, casing = (np.zeros(shape, dtype=np.int64) for _ in range(3))
        for row, window in enumerate(windows):
            end = len(window) + 1
            ids[row, 0], ids[row, end], ids[row, 1:end] = self._first, self._last, window.ids
            mask[row, : end + 1], casing[row, 1:end] = 1, window.casing
        with torch.inference_mode():
            given = (torch.from_numpy(values).to(self._device) for values in (ids, mask, casing))
            labels, tags = (answer.float().cpu().numpy() for answer in self._model(*given))
        return [Logits(labels[row], tags[row, 1 : len(window) + 1]) for row, window in enumerate(windows)]

    def close(self) -> None:
        del self._model


def _fused(folder: Path) -> FusedEncoder:
    """Load the weights into the model that they were trained in."""
    weights, size = load_file(folder / WEIGHTS), sizes(folder)
    words, positions = (len(weights[f"body.embeddings.{kind}_embeddings.weight"]) for kind in ("word", "position"))
    with safe_open(folder / WEIGHTS, "pt") as file:
        heads = int((file.metadata() or {}).get(HEADS, size.width // HEAD_WIDTH))
    config = BertConfig(
        vocab_size=words,
        hidden_size=size.width,
        num_hidden_layers=size.layers,
        num_attention_heads=heads,
        intermediate_size=size.inner,
        max_position_embeddings=positions,
        type_vocab_size=CASINGS,
    )
    model = FusedEncoder(config)
    model.load_state_dict(weights)
    return model
