"""OpenAI's `/v1/moderations`: https://platform.openai.com/docs/api-reference/moderations.

A category that no label of the model stands for is null, never `false`. So are all categories of an input that could
not be read; it is flagged, and `airlock` says why.
"""

from collections.abc import Sequence
from typing import Annotated, Any, Final, Literal
from uuid import uuid4

import orjson
from pydantic import BaseModel, Field

from detectors.moderation_categories import CATEGORIES, covered, scores
from detectors.serving.api import faults
from detectors.serving.api.call import Call
from detectors.serving.api.endpoint import parsed
from detectors.serving.api.labels import counting, scores_of
from detectors.serving.ports import Answer, TextModel

PPM: Final = 1_000_000

OPENAI_MODELS: Final = ("omni-moderation", "text-moderation")
"""How the names of OpenAI's own models begin: whoever asks for one gets the default model."""

_STATUS: Final[dict[type[faults.Fault], tuple[int, str, str | None]]] = {
    faults.BadRequest: (400, "invalid_request_error", None),
    faults.Unauthenticated: (401, "invalid_request_error", "invalid_api_key"),
    faults.UnknownModel: (404, "invalid_request_error", "model_not_found"),
    faults.TooLarge: (413, "invalid_request_error", "request_too_large"),
    faults.Busy: (429, "requests", "rate_limit_exceeded"),
    faults.TimedOut: (504, "server_error", "timeout"),
}
_BROKEN: Final = (503, "server_error", "unavailable")


class TextPart(BaseModel):
    """A text among the parts of one input."""

    type: Literal["text"]
    text: str


class ImagePart(BaseModel):
    """A picture, which is not looked at."""

    type: Literal["image_url"]
    image_url: dict[str, Any]


Parts = Annotated[list[Annotated[TextPart | ImagePart, Field(discriminator="type")]], Field(min_length=1)]


class Moderation(BaseModel):
    """The request. A list of strings gets a result each, a string or a list of parts gets one."""

    input: str | Annotated[list[str], Field(min_length=1)] | Parts
    model: str | None = None

    @property
    def inputs(self) -> list[tuple[list[str], list[str]]]:
        """The texts of each input, and what else it has that nobody looks at."""
        if isinstance(self.input, str):
            return [([self.input], [])]
        texts = [part for part in self.input if isinstance(part, str)]
        if texts:
            return [([text], []) for text in texts]
        said = [part.text for part in self.input if isinstance(part, TextPart)]
        return [(said, ["modality.image" for part in self.input if isinstance(part, ImagePart)])]


def said(fault: faults.Fault) -> tuple[int, Any]:
    """Say what is wrong."""
    status, kind, code = _STATUS.get(type(fault), _BROKEN)
    where = (fault.where or None) if isinstance(fault, faults.BadRequest) else None
    return status, {"error": {"message": fault.message, "type": kind, "param": where, "code": code}}


async def moderations(call: Call) -> bytes:
    """Say of each input into which categories it falls."""
    request = parsed(Moderation, call.body)
    wanted = request.model or ""
    inputs = request.inputs
    name = "" if wanted.startswith(OPENAI_MODELS) else wanted
    read = await call.read(name, [text for texts, _ in inputs for text in texts])
    results, unread = [], []
    answers = iter(read.answers)
    for texts, others in inputs:
        own = [next(answers) for _ in texts]
        unread.append([*others, *(answer.unread for answer in own if answer.unread)])
        results.append(_result(read.model, own, is_unread=bool(unread[-1])))
    seen = covered(read.model.labels)
    unscanned = {"categories": [name for name in CATEGORIES if name not in seen], "inputs": unread}
    document = {"id": f"modr-{uuid4().hex}", "model": wanted or read.model.name, "results": results}
    return orjson.dumps(document | {"airlock": {"unscanned": unscanned}})


def _result(model: TextModel, answers: Sequence[Answer], *, is_unread: bool) -> dict[str, Any]:
    seen = frozenset() if is_unread else covered(model.labels)
    flagged = _categories({found.label: found.score for answer in answers for found in counting(model, answer)})
    best: dict[str, float] = {}
    for answer in answers:
        best |= {label: max(score, best.get(label, 0.0)) for label, score in scores_of(answer).items()}
    scored = _categories(best)
    looked = {name: name in seen for name in CATEGORIES}
    return {
        "flagged": bool(flagged) or is_unread,
        "categories": {name: name in flagged if known else None for name, known in looked.items()},
        "category_scores": {name: scored.get(name, 0.0) if known else None for name, known in looked.items()},
        "category_applied_input_types": {name: ["text"] if known else [] for name, known in looked.items()},
    }


def _categories(labels: dict[str, float]) -> dict[str, float]:
    in_ppm = scores({label: round(score * PPM) for label, score in labels.items()})
    return {name: score / PPM for name, score in in_ppm.items()}
