"""A model of transformers on its device: rows of tokens or pixels in, logits out, rows of like length together."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from inspect import signature
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from detectors.encoder.calibration import Floats
from detectors.encoder.model import Integers
from detectors.encoder.windows import batches

if TYPE_CHECKING:
    import torch

BATCH_TOKENS: Final[Mapping[str, int]] = {"cpu": 2_048, "cuda": 32_768}
"""Tokens in one run, padding included, by kind of device."""


class Network:
    """Answers any rows, each by itself: what is beside it changes nothing but the last bits of its logits."""

    def __init__(self, model: Any, device: str) -> None:
        self._model: Any = model
        self._device = device
        self._dtype = model.dtype
        self.config = model.config
        self.held_bytes = _held_bytes(model)
        vectors = model.get_input_embeddings()
        self.vectors: int = getattr(vectors, "num_embeddings", 0)
        pad = getattr(model.config.get_text_config(), "pad_token_id", None)
        # A classifier on a decoder finds a row's last token by the padding: without one, rows go one by one.
        self._is_padded = pad is not None
        self._pad = pad or 0
        self._knows_places = "logits_to_keep" in signature(model.forward).parameters

    @property
    def batch_tokens(self) -> int:
        """How many tokens fit well in one run on this device."""
        return BATCH_TOKENS[self._device.split(":")[0]]

    def answers(self, rows: Sequence[Integers], tokens: int) -> Iterator[tuple[int, Floats]]:
        """Give, in any order, a row's place and its logits: float32 [outputs], or [tokens, outputs] of this row."""
        for places in self._together(rows, tokens, self._is_padded):
            ids, mask = self._padded([rows[place] for place in places])
            logits = self._run(input_ids=ids, attention_mask=mask)
            for at, place in enumerate(places):
                yield place, logits[at] if logits.ndim == 2 else logits[at, : len(rows[place])]

    def next_token(self, rows: Sequence[Integers], tokens: int) -> Iterator[tuple[int, Floats]]:
        """Give a row's place and the logits of what a causal model would write after it, float32 [vocabulary]."""
        for places in self._together(rows, tokens, is_padded=True):
            ids, mask = self._padded([rows[place] for place in places])
            ends = np.array([len(rows[place]) - 1 for place in places])
            yield from zip(places, self._at(ids, mask, ends), strict=True)

    def pixels(self, pictures: NDArray[np.float32]) -> Floats:
        """Give the logits of pictures [pictures, channels, height, width], float32 [pictures, outputs]."""
        import torch

        return self._run(pixel_values=torch.from_numpy(pictures).to(self._device, self._dtype))

    def close(self) -> None:
        """Give the memory back. Nothing can be run any more."""
        self._model = None
        gc.collect()
        if self._device != "cpu":
            import torch

            torch.cuda.empty_cache()

    def _at(self, ids: "torch.Tensor", mask: "torch.Tensor", ends: Integers) -> Floats:
        """Ask only for the places that count: the logits of a whole prompt would be larger than the model."""
        import torch

        if not self._knows_places:
            return self._run(input_ids=ids, attention_mask=mask)[np.arange(len(ends)), ends]
        kept, which = np.unique(ends, return_inverse=True)
        places = torch.from_numpy(kept).to(self._device)
        logits = self._run(input_ids=ids, attention_mask=mask, logits_to_keep=places)
        return logits[np.arange(len(ends)), which]

    def _together(self, rows: Sequence[Integers], tokens: int, is_padded: bool) -> list[list[int]]:
        return batches([len(row) for row in rows], tokens) if is_padded else [[place] for place in range(len(rows))]

    def _padded(self, rows: Sequence[Integers]) -> tuple["torch.Tensor", "torch.Tensor"]:
        import torch

        ids = np.full((len(rows), max(map(len, rows))), self._pad, dtype=np.int64)
        mask = np.zeros_like(ids)
        for place, row in enumerate(rows):
            ids[place, : len(row)] = row
            mask[place, : len(row)] = 1
        return torch.from_numpy(ids).to(self._device), torch.from_numpy(mask).to(self._device)

    def _run(self, **inputs: Any) -> Floats:
        import torch

        if self._model is None:
            raise RuntimeError("the model is closed")
        with torch.inference_mode():
            logits: Floats = self._model(**inputs).logits.float().cpu().numpy()
        return logits


def _held_bytes(model: Any) -> int:
    tensors = {tensor.data_ptr(): tensor for tensor in (*model.parameters(), *model.buffers())}
    return sum(tensor.numel() * tensor.element_size() for tensor in tensors.values())
