"""An encoder that was never trained, in the format that ships: the same weights for ONNX Runtime and for torch."""

import json
import warnings
from pathlib import Path

import torch
from safetensors.torch import save_file

from detectors.encoder.files import DESCRIPTION, HEADS, MODEL, THRESHOLDS, TOKENIZER, WEIGHTS
from detectors.encoder.format import ENTITIES, FORMAT, LABELS
from detectors.training.base import read_tokenizer
from detectors.training.export import export
from detectors.training.model import FusedEncoder, new_model
from detectors.training.ship import describe, half_precision


def write_random_encoder(
    folder: Path, base: Path, *, window: int = 256, threshold: float = 0.5, louder: float = 1.0
) -> FusedEncoder:
    """Write the base's body with random heads, and give the model; its weights are rounded to fp16 in both forms.

    Matrices are `louder` times what they were: an untrained body hardly lets tokens see one another.
    """
    torch.manual_seed(11)
    model = new_model(base).eval()
    with torch.no_grad():
        for value in model.parameters():
            value.copy_((value * louder if value.ndim > 1 else value).half())
    folder.mkdir(parents=True, exist_ok=True)
    read_tokenizer(base).save(str(folder / TOKENIZER))
    save_file(half_precision(model), folder / WEIGHTS, {HEADS: str(model.config.num_attention_heads)})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer's and the optimiser's own
        export(model, folder / MODEL)
    label = {"temperature": 1.0, "bias": 0.0, "threshold": threshold}
    thresholds = {
        "format": FORMAT,
        "labels": dict.fromkeys(LABELS, label),
        "entities": {entity: {"threshold": threshold} for entity in ENTITIES},
    }
    (folder / THRESHOLDS).write_text(json.dumps(thresholds))
    describe(folder, "random")
    _state_window(folder / DESCRIPTION, window)
    return model


def _state_window(path: Path, window: int) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | {"window": window}))
