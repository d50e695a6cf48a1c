"""`/predict` of Text Embeddings Inference: the scores of all labels for a text, a pair of texts, or a batch of these.

https://huggingface.github.io/text-embeddings-inference/#/Text%20Embeddings%20Inference/predict. As there, two strings
in a list are a pair; of a pair, both texts are read, and the higher score of each label counts. Texts are read to
their end, however long, so `truncate` changes nothing. Scores are calibrated; `raw_scores` asks for their log-odds.
"""

from collections.abc import Sequence
from math import log
from typing import Annotated, Any, Final, Literal, TypedDict

import orjson
from pydantic import BaseModel, Field

from detectors.serving.api import faults
from detectors.serving.api.call import Call
from detectors.serving.api.endpoint import parsed
from detectors.serving.api.labels import scores_of
from detectors.serving.ports import Answer, Described

_STATUS: Final[dict[type[faults.Fault], tuple[int, str]]] = {
    faults.BadRequest: (422, "validation"),
    faults.Unauthenticated: (401, "unauthorized"),
    faults.UnknownModel: (404, "validation"),
    faults.TooLarge: (413, "validation"),
    faults.Unread: (422, "validation"),
    faults.Busy: (429, "overloaded"),
    faults.TimedOut: (504, "overloaded"),
}
_BROKEN: Final = (503, "unhealthy")

_LEAST: Final = 1e-6
"""Scores are taken to be this far from 0 and 1 at least: log-odds know no certainty."""

Sequences = Annotated[list[str], Field(min_length=1, max_length=2)]


class Predict(BaseModel):
    """The request."""

    inputs: str | Sequences | Annotated[list[str | Sequences], Field(min_length=1)]
    truncate: bool | None = False
    truncation_direction: Literal["left", "right", "Left", "Right"] = "right"
    raw_scores: bool = False

    @property
    def sequences(self) -> list[list[str]]:
        """One or two texts for each prediction."""
        if isinstance(self.inputs, str):
            return [[self.inputs]]
        flat = [one for one in self.inputs if isinstance(one, str)]
        if len(flat) == len(self.inputs) <= 2:
            return [flat]
        return [[one] if isinstance(one, str) else one for one in self.inputs]

    @property
    def is_batch(self) -> bool:
        """Whether the answer is a list of predictions."""
        return isinstance(self.inputs, list) and any(isinstance(one, list) for one in self.inputs)


class Prediction(TypedDict):
    """One label of the model and its score."""

    score: float
    label: str


def said(fault: faults.Fault) -> tuple[int, Any]:
    """Say what is wrong."""
    status, kind = _STATUS.get(type(fault), _BROKEN)
    return status, {"error": fault.message, "error_type": kind}


async def predict(call: Call) -> bytes:
    """Give the scores of all labels, the highest first."""
    request = parsed(Predict, call.body)
    sequences = request.sequences
    if len(sequences) > 1 and not request.is_batch:
        raise faults.BadRequest("expected a string, a pair of strings, or a batch of lists of one or two", "inputs")
    read = await call.read("", [text for one in sequences for text in one])
    answers = iter(read.answers)
    predictions = [_predictions(read.model, [next(answers) for _ in one], raw=request.raw_scores) for one in sequences]
    return orjson.dumps(predictions if request.is_batch else predictions[0])


def _predictions(model: Described, answers: Sequence[Answer], *, raw: bool) -> list[Prediction]:
    for answer in answers:
        if answer.unread:
            raise faults.Unread(answer.unread)
    scored = [scores_of(answer) for answer in answers]
    best = {label: max(scores.get(label, 0.0) for scores in scored) for label in model.labels}
    ordered = sorted(best.items(), key=lambda one: (-one[1], one[0]))
    return [Prediction(score=_log_odds(score) if raw else score, label=label) for label, score in ordered]


def _log_odds(score: float) -> float:
    inside = min(max(score, _LEAST), 1 - _LEAST)
    return log(inside / (1 - inside))
