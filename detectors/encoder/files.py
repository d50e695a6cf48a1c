"""The folder that an encoder comes in: read, checked against its digests, and nothing of it believed before.

    encoder.json         {format, version, labels, entities, window, overlap, sha256: {file: hex}}
    encoder.onnx         the model in int8, for ONNX Runtime
    encoder.safetensors  its weights in fp16, for torch
    tokenizer.json       its tokenizer
    thresholds.json      {format, labels: {name: {temperature, bias, threshold}}, entities: {name: {threshold}}}

Of the two forms of the model one is read. Other files (the model card) are not.
"""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from detectors.encoder.calibration import Calibration, calibration_of
from detectors.encoder.format import FORMAT, LABELS, READING, TAGS
from detectors.errors import WeightsUnusable

MODEL: Final = "encoder.onnx"
WEIGHTS: Final = "encoder.safetensors"
HEADS: Final = "heads"
"""In the metadata of `WEIGHTS`: how many heads attention has, the one size that the tensors don't tell."""
TOKENIZER: Final = "tokenizer.json"
THRESHOLDS: Final = "thresholds.json"
DESCRIPTION: Final = "encoder.json"


@dataclass(frozen=True, slots=True)
class EncoderFiles:
    """What the folder holds. `version` names the weights, by their digest too, and `READING`; sizes count tokens.

    `model` is the content of the form that was asked for.
    """

    version: str
    window: int
    overlap: int
    calibration: Calibration
    model: bytes = field(repr=False)
    tokenizer: str = field(repr=False)


def read_encoder(folder: Path, model: str = MODEL) -> EncoderFiles:
    """Read a folder and check every file that is used against its digest. `model` is the form: `MODEL` or `WEIGHTS`.

    Raises:
        WeightsUnusable: a file is missing, differs from its digest, or does not have the layout of `FORMAT`.
    """
    description = _json(_read(folder, DESCRIPTION), DESCRIPTION)
    _check(description)
    digests = description["sha256"]
    files = {name: _verified(folder, name, digests.get(name)) for name in (model, TOKENIZER, THRESHOLDS)}
    try:
        calibration = calibration_of(_json(files[THRESHOLDS], THRESHOLDS))
    except ValueError as exc:
        raise WeightsUnusable(f"{THRESHOLDS}: {exc}") from exc
    version = f"{description['version']}+{digests[model][:8]}.{digests[THRESHOLDS][:8]}.{READING}"
    window, overlap = description["window"], description["overlap"]
    return EncoderFiles(version, window, overlap, calibration, files[model], files[TOKENIZER].decode())


def _read(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError as exc:
        raise WeightsUnusable(f"{folder / name} can't be read ({exc.strerror})") from exc


def _verified(folder: Path, name: str, digest: Any) -> bytes:
    content = _read(folder, name)
    if sha256(content).hexdigest() != digest:
        raise WeightsUnusable(f"{folder / name} differs from the SHA-256 in {DESCRIPTION}: damaged, or another one")
    return content


def _json(content: bytes, name: str) -> dict[str, Any]:
    try:
        values = json.loads(content)
    except ValueError as exc:
        raise WeightsUnusable(f"{name} is not JSON") from exc
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise WeightsUnusable(f"{name} is not of format {FORMAT}, the one that this version reads")
    return values


def _check(description: dict[str, Any]) -> None:
    said = {"labels": list(LABELS), "entities": list(TAGS)}
    for name, expected in said.items():
        if description.get(name) != expected:
            raise WeightsUnusable(f"{DESCRIPTION}: `{name}` are not those of format {FORMAT}")
    window, overlap = description.get("window"), description.get("overlap")
    sizes = isinstance(window, int) and isinstance(overlap, int) and 0 <= 2 * overlap < window - 2 <= 510
    if not (sizes and isinstance(description.get("version"), str) and isinstance(description.get("sha256"), dict)):
        raise WeightsUnusable(f"{DESCRIPTION} needs `version`, `sha256`, and a `window` of more than two overlaps")
