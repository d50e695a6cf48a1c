"""From a checkpoint to the folder that ships: weights in two forms, tokenizer, thresholds, and digests of all."""

import json
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer

from detectors.encoder.files import DESCRIPTION, HEADS, MODEL, THRESHOLDS, TOKENIZER, WEIGHTS
from detectors.encoder.format import FORMAT, LABELS, OVERLAP, TAGS, WINDOW
from detectors.training.batching import batches_of
from detectors.training.entity_thresholds import entity_thresholds
from detectors.training.example import Example
from detectors.training.export import INPUTS, export
from detectors.training.model import FusedEncoder
from detectors.training.quantise import Feed, quantise
from detectors.training.scoring import scored, uncalibrated
from detectors.training.thresholds import label_thresholds
from detectors.training.tokens import windows_of

MEASURED: Final = 1024
"""Texts whose activations decide the scales of the int8 model."""


def ship(model: FusedEncoder, tokenizer: Tokenizer, rows: Sequence[Example], folder: Path, version: str) -> None:
    """Write the folder. `rows` are held out: scales, calibration and thresholds come from them.

    Scales are measured on an even part of the rows, thresholds are chosen on all, by the int8 model that ships.
    """
    folder.mkdir(parents=True, exist_ok=True)
    save_file(half_precision(model), folder / WEIGHTS, {HEADS: str(model.config.num_attention_heads)})
    tokenizer.save(str(folder / TOKENIZER), pretty=False)
    exact = folder / "exact.onnx"
    export(model, exact)
    quantise(exact, folder / MODEL, feeds(tokenizer, rows[:: max(len(rows) // MEASURED, 1)]))
    exact.unlink()
    choose(folder, rows)
    describe(folder, version)


def choose(folder: Path, rows: Sequence[Example]) -> None:
    """Write `thresholds.json` for the int8 model in the folder."""
    answers = scored(uncalibrated(folder / MODEL, folder / TOKENIZER), rows)
    document = {"format": FORMAT, "labels": label_thresholds(answers), "entities": entity_thresholds(answers)}
    _write(folder / THRESHOLDS, document)


def describe(folder: Path, version: str) -> None:
    """Write `encoder.json`: the contract that the weights keep, and the digest of every other file."""
    files = (MODEL, WEIGHTS, TOKENIZER, THRESHOLDS)
    document = {
        "format": FORMAT,
        "version": version,
        "labels": list(LABELS),
        "entities": list(TAGS),
        "window": WINDOW,
        "overlap": OVERLAP,
        "sha256": {name: sha256((folder / name).read_bytes()).hexdigest() for name in files},
    }
    _write(folder / DESCRIPTION, document)


def half_precision(model: FusedEncoder) -> dict[str, torch.Tensor]:
    """Return all weights in fp16, by their names in `FusedEncoder`."""
    return {name: value.to(torch.float16).contiguous() for name, value in model.state_dict().items()}


def feeds(tokenizer: Tokenizer, rows: Iterable[Example]) -> Iterator[Feed]:
    """Yield the rows as the model is fed."""
    for batch in batches_of(windows_of(tokenizer, list(rows))):
        inputs = (batch.input_ids, batch.attention_mask, batch.casing)
        yield {name: values.numpy() for name, values in zip(INPUTS, inputs, strict=True)}


def _write(path: Path, document: dict[str, Any]) -> None:
    path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
