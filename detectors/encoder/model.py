"""The model itself: text to tokens, windows of tokens to logits. Neither training libraries nor a network is needed.

`load` it once; any number of threads may use it at the same time.
"""

import os
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from detectors.encoder.calibration import Calibration, Floats
from detectors.encoder.casing import casing_of
from detectors.encoder.files import MODEL, TOKENIZER, EncoderFiles
from detectors.encoder.format import LABELS, TAGS
from detectors.encoder.processor import sums_overflow
from detectors.encoder.windows import batches, parts
from detectors.errors import WeightsUnusable

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Integers = NDArray[np.int64]
E = TypeVar("E", bound="Encoder")

SPECIAL: Final = 2
"""Tokens at the ends of each window, [CLS] and [SEP]."""

MOST_THREADS: Final = 4
"""Threads of one run, unless more are asked for: windows of 256 tokens give more of them nothing to do."""

EXACT: Final = "session.x64quantprecision"
"""ONNX Runtime's option for processors on which sums overflow. It makes others three times as slow."""

_ENDS: Final = ("[CLS]", "[SEP]")
_UNKNOWN: Final = "[UNK]"
_DYNAMIC: Final = b"DynamicQuantizeLinear"
_UNDOING: Final = ["SkipLayerNormFusion"]
"""Optimisers that would put together what `training.export` took apart for speed."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text's tokens, without special ones: all int64 [tokens]. Token i was made of `text[starts[i]:ends[i]]`."""

    ids: Integers
    starts: Integers
    ends: Integers
    casing: Integers

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, part: slice) -> "Tokens":
        return Tokens(self.ids[part], self.starts[part], self.ends[part], self.casing[part])


class Logits(NamedTuple):
    """The model's answer for one window: float32 [labels] and [tokens, tags], special tokens left out."""

    labels: Floats
    tags: Floats


class Encoder(ABC):
    """All of an encoder but what runs it: tokens, windows, and how answers become scores."""

    is_batched = True
    """Whether the answer for a window is the same beside any others. Others are run one by one."""

    is_padded = False
    """Whether a run costs as much for each window as for its longest."""

    def __init__(self, files: EncoderFiles) -> None:
        self.version: str = files.version
        self.calibration: Calibration = files.calibration
        self.floors, self.entity_floors = files.calibration.floors, files.calibration.entity_floors
        self.held_bytes = len(files.model)  # about what the weights take
        self._room, self._overlap = files.window - SPECIAL, files.overlap
        self._tokenizer = _tokenizer(files.tokenizer)
        self._first, self._last = (self._tokenizer.token_to_id(token) or 0 for token in _ENDS)
        self._unknown = self._tokenizer.token_to_id(_UNKNOWN)

    def tokens(self, text: str) -> Tokens:
        """Tokenise a normalised text. What looks like a special token in it is text like any other.

        What the vocabulary lacks (most emoji, other scripts) is left out: one sign for all of it says nothing, and the
        model has seen that sign more often in abuse.
        """
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        ids = np.array(encoding.ids, dtype=np.int64)
        known = ids != self._unknown
        spans = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)[known]
        starts, ends = spans[:, 0], spans[:, 1]
        return Tokens(ids[known], starts, ends, casing_of(text, starts, ends))

    def windows(self, tokens: Tokens) -> list[Tokens]:
        """Cut tokens into windows that overlap; every token is in one at least."""
        return [tokens[slice(*part)] for part in parts(len(tokens), self._room, self._overlap)]

    def batches(self, lengths: Sequence[int]) -> list[list[int]]:
        """Say which windows of these lengths, special tokens included, go through one run: their places."""
        return batches(lengths) if self.is_batched else [[place] for place in range(len(lengths))]

    @abstractmethod
    def run(self, windows: Sequence[Tokens]) -> list[Logits]:
        """Run the model once over these windows."""

    @abstractmethod
    def close(self) -> None:
        """Give the memory of the weights back. It runs no more."""


class OnnxEncoder(Encoder):
    """Runs in ONNX Runtime. Use `load_encoder` to make one."""

    def __init__(self, files: EncoderFiles, threads: int) -> None:
        super().__init__(files)
        # A dynamically quantised layer takes its scale from all that is in the run: the answer for one text would
        # depend on the texts beside it, which are other people's. Such a model reads one window at a time.
        self.is_batched = self.is_padded = _DYNAMIC not in files.model
        self._session = _session(files.model, threads)

    def run(self, windows: Sequence[Tokens]) -> list[Logits]:
        """Run the model once over these windows, padded to the longest."""
        if self._session is None:
            raise RuntimeError("closed")
        longest = max(map(len, windows)) + SPECIAL
        ids = np.zeros((len(windows), longest), dtype=np.int64)
        mask, casing = np.zeros_like(ids), np.zeros_like(ids)
        for row, window in enumerate(windows):
            end = len(window) + 1
            ids[row, 0], ids[row, end] = self._first, self._last
            ids[row, 1:end] = window.ids
            mask[row, : end + 1] = 1
            casing[row, 1:end] = window.casing
        feed = {"input_ids": ids, "attention_mask": mask, "casing": casing}
        labels, tags = self._session.run(("labels", "entities"), feed)
        return [Logits(labels[row], tags[row, 1 : len(window) + 1]) for row, window in enumerate(windows)]

    def close(self) -> None:
        """Drop the session."""
        self._session = None


def load_encoder(files: EncoderFiles, threads: int | None = None) -> Encoder:
    """Make the tokenizer and the session, and run it once. `threads` is how many work on one run.

    Raises:
        WeightsUnusable: the model or its tokenizer can't be loaded, or the model's outputs have other shapes.
    """
    return tried(OnnxEncoder(files, threads or min(own_cores(), MOST_THREADS)), MODEL)


def tried(encoder: E, name: str) -> E:
    """Run an encoder once and give it back. `name` is its file.

    Raises:
        WeightsUnusable: it can't be run, or its answers have other shapes.
    """
    window = encoder.tokens("a")
    try:
        answers = encoder.run([window])
    except Exception as exc:  # the library's errors have no common class
        raise WeightsUnusable(f"{name} can't be run ({type(exc).__name__})") from exc
    shapes = {answer.labels.shape + answer.tags.shape for answer in answers}
    if shapes != {(len(LABELS), len(window), len(TAGS))}:
        raise WeightsUnusable(f"{name} does not answer {len(LABELS)} labels and {len(TAGS)} tags")
    return encoder


def own_cores() -> int:
    """Give the number of processors that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _tokenizer(document: str) -> "Tokenizer":
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_str(document)
    except Exception as exc:  # tokenizers raises nothing more precise
        raise WeightsUnusable(f"{TOKENIZER} can't be loaded") from exc
    if any(tokenizer.token_to_id(token) is None for token in _ENDS):
        raise WeightsUnusable(f"{TOKENIZER} lacks one of the tokens {' and '.join(_ENDS)}")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.encode_special_tokens = True
    return tokenizer


def _session(model: bytes, threads: int) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 4  # its warnings go to standard error, past the log
    # Threads wait for one another awake, since a run is a hundred short operators; between runs the core is others'.
    options.add_session_config_entry("session.intra_op.allow_spinning", "1")
    options.add_session_config_entry("session.force_spinning_stop", "1")
    if sums_overflow():  # scores would differ between processors; unsigned numbers are multiplied exactly, and slower
        options.add_session_config_entry(EXACT, "1")
    try:
        return onnxruntime.InferenceSession(
            model, options, providers=["CPUExecutionProvider"], disabled_optimizers=_UNDOING
        )
    except Exception as exc:  # as above
        raise WeightsUnusable(f"{MODEL} can't be loaded ({type(exc).__name__})") from exc
