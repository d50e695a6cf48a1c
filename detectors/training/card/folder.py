"""What a card is written from: the files beside the weights, each of these very weights or not believed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from detectors.encoder.files import DESCRIPTION, THRESHOLDS, read_encoder
from detectors.training.provenance import PROVENANCE, trained_digest

FIGURES: Final = "figures.json"
CARD: Final = "MODEL_CARD.md"

Object = Mapping[str, Any]


class CardIncomplete(Exception):
    """A file that the card needs is missing, or is of other weights."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The documents of one folder of weights, and the sizes of its files in bytes.

    `figures` are empty and `speed` is None where these very weights were not measured.
    """

    version: str
    description: Object
    thresholds: Object
    training: Object
    figures: Sequence[Object]
    speed: Object | None
    sizes: Mapping[str, int]


def read_inputs(folder: Path, speed: Path) -> Inputs:
    """Read a folder; `speed` is what the bench of the encoder wrote.

    Raises:
        WeightsUnusable: a file of the encoder is missing or damaged.
        CardIncomplete: nobody wrote down how these weights were trained.
    """
    version, description = read_encoder(folder).version, _read(folder / DESCRIPTION)
    figures, measured = _read(folder / FIGURES) or [], _read(speed)
    return Inputs(
        version=version,
        description=description,
        thresholds=_read(folder / THRESHOLDS),
        training=_training(folder),
        figures=figures if all(version in report["model"] for report in figures) else [],
        speed=measured if measured and measured["version"] == version else None,
        sizes={name: (folder / name).stat().st_size for name in description["sha256"]},
    )


def _training(folder: Path) -> Object:
    training: Object | None = _read(folder / PROVENANCE)
    if training is None or training["weights"] != trained_digest(folder):
        fault = "missing" if training is None else "of other weights"
        raise CardIncomplete(
            f"{folder / PROVENANCE} is {fault}: `python -m detectors.training card --data DATA --run RUN` writes it"
        )
    return training


def _read(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None
