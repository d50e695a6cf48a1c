"""The Detector API of FMS Guardrails: contents, generation, chat, and a text with its context.

The header `detector-id` names the model. The shapes are in `fms_shapes.py`. What could not be read is a detection, too,
of the type `unscanned`: the API has no other way to say that nobody looked, and nothing would mean that it is clean.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import orjson

from detectors.serving.api import faults
from detectors.serving.api.call import Call, Read
from detectors.serving.api.chat_parts import Part, parts_of
from detectors.serving.api.endpoint import parsed
from detectors.serving.api.fms_shapes import Chat, Contents, Context, Detection, Evidence, Generation, WithParams
from detectors.serving.api.labels import counting, kind_of
from detectors.serving.ports import Answer, Described

DETECTOR: Final = "detector-id"
UNSCANNED: Final = "unscanned"

_STATUS: Final[dict[type[faults.Fault], int]] = {
    faults.BadRequest: 422,
    faults.Unauthenticated: 401,
    faults.UnknownModel: 404,
    faults.TooLarge: 413,
    faults.Busy: 429,
    faults.TimedOut: 504,
}


def said(fault: faults.Fault) -> tuple[int, Any]:
    """Say what is wrong."""
    status = _STATUS.get(type(fault), 503)
    return status, {"code": status, "message": fault.message}


async def contents(call: Call) -> bytes:
    """Detect in each of some texts, with places."""
    model = _named(call)
    request = parsed(Contents, call.body)
    read = await call.read(model, request.contents)
    pairs = zip(request.contents, read.answers, strict=True)
    return orjson.dumps([[*_placed(read.model, text, answer, request.least)] for text, answer in pairs])


async def generation(call: Call) -> bytes:
    """Detect in a prompt and in what was generated for it."""
    model = _named(call)
    request = parsed(Generation, call.body)
    texts = [("prompt", request.prompt), ("generated_text", request.generated_text)]
    return await _detected(call, model, request, texts)


async def chat(call: Call) -> bytes:
    """Detect in the messages of a chat. The default model reads if no detector is named."""
    request = parsed(Chat, call.body)
    texts, others = parts_of(request.messages, request.tools)
    return await _detected(call, call.headers.get(DETECTOR, ""), request, texts, others)


async def context_doc(call: Call) -> bytes:
    """Detect in a text and in the documents that it rests on; what is at an address is not fetched."""
    model = _named(call)
    request = parsed(Context, call.body)
    texts = [("content", request.content)]
    if request.context_type == "url":
        others = [(f"context[{number}]", "modality.url") for number in range(len(request.context))]
        return await _detected(call, model, request, texts, others)
    documents = [(f"context[{number}]", text) for number, text in enumerate(request.context)]
    return await _detected(call, model, request, [*texts, *documents])


def _named(call: Call) -> str:
    name = call.headers.get(DETECTOR, "")
    if not name:
        raise faults.BadRequest("the header is missing", DETECTOR)
    return name


async def _detected(
    call: Call, model: str, request: WithParams, texts: Sequence[Part], others: Sequence[Part] = ()
) -> bytes:
    """Have the parts of one request read; `others` are those that are no text."""
    read = await call.read(model, [text for _, text in texts])
    unread = [(name, answer.unread) for (name, _), answer in zip(texts, read.answers, strict=True) if answer.unread]
    found = _by_label(read, texts, request.least)
    return orjson.dumps([*found, *(_unscanned(name, reason) for name, reason in (*unread, *others))])


def _placed(model: Described, text: str, answer: Answer, least: float | None) -> Iterable[Detection]:
    for span in counting(model, answer, least):
        yield Detection(
            start=span.start,
            end=span.end,
            text=text[span.start : span.end],
            detection=span.label,
            detection_type=kind_of(span.label, model),
            score=span.score,
        )
    if answer.unread:
        place = Detection(detection=answer.unread, detection_type=UNSCANNED, score=1.0)
        yield {**place, "start": 0, "end": len(text), "text": text}


def _by_label(read: Read, texts: Sequence[Part], least: float | None) -> list[Detection]:
    """Give a detection for each label, with its best score, and every stretch in which it was found as evidence."""
    evidence: dict[str, list[Evidence]] = {}
    for (name, text), answer in zip(texts, read.answers, strict=True):
        for span in counting(read.model, answer, least):
            one = Evidence(name=name, value=text[span.start : span.end], score=span.score)
            evidence.setdefault(span.label, []).append(one)
    return [
        Detection(
            detection=label,
            detection_type=kind_of(label, read.model),
            score=max(one["score"] for one in found),
            evidence=found,
        )
        for label, found in evidence.items()
    ]


def _unscanned(name: str, reason: str) -> Detection:
    return Detection(detection=reason, detection_type=UNSCANNED, score=1.0, evidence=[Evidence(name=name)])
