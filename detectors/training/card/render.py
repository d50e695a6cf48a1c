"""Fill the template with what the files beside the weights say."""

from pathlib import Path
from string import Template
from typing import Final

from detectors.training.card.chosen import entity_thresholds, label_thresholds
from detectors.training.card.folder import CARD, Inputs, read_inputs
from detectors.training.card.markdown import decimal, sourced, table
from detectors.training.card.materials import (
    curve_told,
    notes,
    own_texts,
    public_sets,
    run_told,
    share_alike,
    words_and_passages,
)
from detectors.training.card.measured import measured
from detectors.training.card.speed import speed

TEMPLATE: Final = Path(__file__).parent / "card.md"
RACED: Final = Path(__file__).parents[3] / "tests" / "bench" / "results" / "encoder.json"
"""Where the bench of the encoder leaves its figures, in a clone."""

_MB: Final = 2**20


def write_card(folder: Path, raced: Path = RACED) -> Path:
    """Write the card of the weights in `folder` beside them.

    Raises:
        WeightsUnusable: a file of the encoder is missing or damaged.
        CardIncomplete: nobody wrote down how these weights were trained.
    """
    card = folder / CARD
    card.write_text(model_card(read_inputs(folder, raced)), encoding="utf-8")
    return card


def model_card(inputs: Inputs) -> str:
    """Return the card. It follows from the inputs and the template alone."""
    training = inputs.training
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        version=inputs.version,
        files=_files(inputs),
        window=inputs.description["window"],
        overlap=inputs.description["overlap"],
        measured=measured(inputs.figures),
        label_thresholds=label_thresholds(inputs.thresholds["labels"]),
        entity_thresholds=entity_thresholds(inputs.thresholds["entities"]),
        speed=speed(inputs.speed),
        base=training["base"],
        run=run_told(training),
        curve=curve_told(training),
        public_sets=public_sets(training["sets"]),
        own_texts=own_texts(training["made"]),
        words_and_passages=words_and_passages(),
        share_alike=share_alike(training["sets"]),
        notes=notes(training["sets"]),
    )


def _files(inputs: Inputs) -> str:
    rows = [
        (f"`{name}`", f"`{digest}`", decimal(inputs.sizes[name] / _MB, 2))
        for name, digest in inputs.description["sha256"].items()
    ]
    return sourced(table(("file", "SHA-256", "MB"), rows, words=2), "sha256sum detectors/weights/*")
