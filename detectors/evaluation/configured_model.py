"""A model of `detectors.yaml` as a scorer of labels and a detector of spans: it reads as it does in the service."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detectors.encoder.detector import PPM
from detectors.evaluation.errors import BadOption, NotScreened
from detectors.finding import Finding, Passage
from detectors.references import refs_of
from detectors.serving.configuration import read_configuration
from detectors.serving.errors import ServingError
from detectors.serving.ports import Answer, TextModel
from detectors.serving.prepared import prepare
from detectors.serving.reading import UNDECIDED, read_now


class ModelScorer:
    """Implements `screening.Scorer`."""

    def __init__(self, model: TextModel) -> None:
        self.version = f"{model.name}:{model.version}"
        self.labels = sorted(label for label in model.labels if label.islower())
        self._model = model

    def threshold(self, label: str) -> float:
        """Give the configured threshold of a label, or of an entity."""
        return self._model.thresholds[label]

    def scores(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Give calibrated scores as [texts, labels].

        Raises:
            NotScreened: the model gave no answer for some text.
        """
        answers = _answers(self._model, texts)
        rows = [[answer.scores[label] for label in self.labels] for answer in answers]
        return np.array(rows, dtype=np.float32).reshape(len(texts), len(self.labels))


class ModelDetector:
    """Implements `suite.Detector`."""

    def __init__(self, model: TextModel) -> None:
        self.name, self.version, self.labels = model.name, model.version, model.labels
        self._model = model

    def inspect(self, passages: Sequence[Passage], seconds: float) -> Sequence[Finding]:  # noqa: ARG002 - patient
        """Read all passages."""
        answers = _answers(self._model, [passage.text for passage in passages])
        return [
            Finding(
                self.name,
                self.version,
                found.label,
                passage.slot,
                found.start,
                found.end,
                round(found.score * PPM),
                refs_of(found.label),
            )
            for passage, answer in zip(passages, answers, strict=True)
            for found in answer.spans
        ]


def open_model(file: Path, name: str | None) -> TextModel:
    """Load a model of a configuration, by default the only one; the others are not loaded.

    Raises:
        BadOption: it is not in the configuration, reads no texts, or can't be loaded.
    """
    try:
        configuration = read_configuration(file)
        names = ", ".join(configuration.models)
        if name is None and len(configuration.models) > 1:
            raise BadOption(f"--model: name one of {names}")
        chosen = name or names
        if chosen not in configuration.models:
            raise BadOption(f"--model: {chosen} is not in {file}, which has {names}")
        if configuration.models[chosen].kind == "image-classification":
            raise BadOption(f"--model: {chosen} reads pictures, and the files hold texts")
        model: TextModel = prepare(chosen, configuration).load()
    except ServingError as exc:
        raise BadOption(str(exc)) from exc
    return model


def _answers(model: TextModel, texts: Sequence[str]) -> list[Answer]:
    answers = read_now(model, texts)
    if missing := sum(answer.unread == UNDECIDED for answer in answers):
        raise NotScreened(f"{model.name} gave no answer for {missing} of {len(texts)} texts")
    return answers
