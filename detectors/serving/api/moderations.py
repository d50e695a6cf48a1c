"""OpenAI's `/v1/moderations`, for texts and pictures: https://platform.openai.com/docs/api-reference/moderations.

A category that no label of a model that looked stands for is null, never `false`. So are all categories of an input
that could not be read; it is flagged, and `airlock` says why.
"""

from typing import Any, Final
from uuid import uuid4

import orjson

from detectors.moderation_categories import CATEGORIES
from detectors.serving.api import faults
from detectors.serving.api.call import Call, Read, Wish
from detectors.serving.api.endpoint import parsed
from detectors.serving.api.moderation_results import IMAGE, TEXT, Looked, result_of
from detectors.serving.api.moderation_shapes import Input, Moderation
from detectors.serving.ports import Registry

OPENAI_MODELS: Final = ("omni-moderation", "text-moderation")
"""How the names of OpenAI's own models begin: whoever asks for one gets the default models."""

_STATUS: Final[dict[type[faults.Fault], tuple[int, str, str | None]]] = {
    faults.BadRequest: (400, "invalid_request_error", None),
    faults.Unauthenticated: (401, "invalid_request_error", "invalid_api_key"),
    faults.UnknownModel: (404, "invalid_request_error", "model_not_found"),
    faults.TooLarge: (413, "invalid_request_error", "request_too_large"),
    faults.Busy: (429, "requests", "rate_limit_exceeded"),
    faults.TimedOut: (504, "server_error", "timeout"),
}
_BROKEN: Final = (503, "server_error", "unavailable")


def said(fault: faults.Fault) -> tuple[int, Any]:
    """Say what is wrong."""
    status, kind, code = _STATUS.get(type(fault), _BROKEN)
    where = (fault.where or None) if isinstance(fault, faults.BadRequest) else None
    return status, {"error": {"message": fault.message, "type": kind, "param": where, "code": code}}


async def moderations(call: Call) -> bytes:
    """Say of each input into which categories it falls.

    A model that is named reads what it can, texts or pictures. If none is named, the default ones read both.
    """
    request = parsed(Moderation, call.body)
    wanted = request.model or ""
    looked = await _looked(call, "" if wanted.startswith(OPENAI_MODELS) else wanted, request.inputs())
    seen = frozenset().union(*(one.categories for one in looked))
    unscanned = {
        "categories": [name for name in CATEGORIES if name not in seen],
        "inputs": [one.unread for one in looked],
    }
    document = {
        "id": f"modr-{uuid4().hex}",
        "model": wanted or _first_name(call.registry),
        "results": [result_of(one) for one in looked],
        "airlock": {"unscanned": unscanned},
    }
    return orjson.dumps(document)


async def _looked(call: Call, name: str, inputs: list[Input]) -> list[Looked]:
    """Have everything read at once, and give each input what is its own."""
    texts = [text for one in inputs for text in one.texts]
    pictures = [picture for one in inputs for picture in one.pictures]
    able = {
        TEXT: Wish(call.registry.get, name, texts) if call.registry.get(name) else None,
        IMAGE: Wish(call.registry.images, name, pictures) if call.registry.images(name) else None,
    }
    if not any(able.values()):
        raise faults.UnknownModel
    wishes = {kind: wish for kind, wish in able.items() if wish and wish.contents}
    read = dict(zip(wishes, await call.read_all([*wishes.values()]), strict=True))
    return _shared_out(inputs, read)


def _shared_out(inputs: list[Input], read: dict[str, Read]) -> list[Looked]:
    answers = {kind: iter(one.answers) for kind, one in read.items()}
    looked = [Looked() for _ in inputs]
    for one, given in zip(looked, inputs, strict=True):
        for kind, count in ((TEXT, len(given.texts)), (IMAGE, len(given.pictures))):
            if count and kind in read:
                one.add(kind, Read(read[kind].model, [next(answers[kind]) for _ in range(count)]))
            else:
                one.unread += [f"modality.{kind}"] * count
    return looked


def _first_name(registry: Registry) -> str:
    return (*registry.names, *registry.image_names)[0]
