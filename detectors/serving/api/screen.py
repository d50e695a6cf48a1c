"""`/v1/screen`, for gateways: the format is in `detectors/serving/wire.py`."""

from typing import Any, Final

from detectors.serving import wire
from detectors.serving.api import faults
from detectors.serving.api.call import Call
from detectors.serving.ports import Answer

MOST_SECONDS: Final = 120.0
"""More than this nobody gets, whatever is asked for."""

_CODES: Final[dict[type[faults.Fault], str]] = {
    faults.BadRequest: wire.BAD_REQUEST,
    faults.Unauthenticated: wire.UNAUTHENTICATED,
    faults.UnknownModel: wire.UNKNOWN_MODEL,
    faults.TooLarge: wire.TOO_LARGE,
    faults.Busy: wire.BUSY,
    faults.TimedOut: wire.TIMEOUT,
}


def said(fault: faults.Fault) -> tuple[int, Any]:
    """Say what is wrong."""
    code = _CODES.get(type(fault), wire.UNAVAILABLE)
    return wire.STATUS[code], {"error": {"code": code, "message": fault.message}}


async def screen(call: Call) -> bytes:
    """Read texts for a gateway. What the model leaves to patterns, which a gateway has, is left out."""
    try:
        request = wire.decode_request(call.body)
    except wire.WireError as exc:
        raise faults.BadRequest(str(exc)) from None
    read = await call.read(request.model, request.texts, request.tenant, min(request.seconds, MOST_SECONDS))
    told = read.model.labels - read.model.left_to_patterns
    readings = tuple(_reading(answer, told) for answer in read.answers)
    return wire.encode_reply(wire.ScreenReply(read.model.version, tuple(sorted(told)), readings))


def _reading(answer: Answer, told: frozenset[str]) -> wire.ScreenReading:
    spans = tuple(
        wire.ScreenSpan(span.start, span.end, span.label, round(span.score * wire.PPM))
        for span in answer.spans
        if span.label in told
    )
    return wire.ScreenReading(spans, answer.unread)
