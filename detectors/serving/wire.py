"""`POST /v1/screen`, as the service and a gateway speak it: many texts in, where what was found in each out.

    {"model": "encoder", "texts": ["...", "..."], "tenant": "acme", "seconds": 10.0}
    {"version": "1+ab", "labels": ["toxic"], "readings": [{"spans": [[0, 5, "toxic", 980000]], "unread": null}, ...]}

`model` may be left out for the service's default, `tenant` for none, `seconds` for `SECONDS`. No texts is a way to ask
for the version and labels. Places count code points, scores are parts per million. Anything but a 200 is an error:

    {"error": {"code": "busy", "message": "..."}}
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Final, NamedTuple

import orjson

PATH: Final = "/v1/screen"
SECONDS: Final = 10.0

BAD_REQUEST: Final = "bad_request"
UNAUTHENTICATED: Final = "unauthenticated"
UNKNOWN_MODEL: Final = "unknown_model"
TOO_LARGE: Final = "too_large"
BUSY: Final = "busy"
TIMEOUT: Final = "timeout"
UNAVAILABLE: Final = "unavailable"

STATUS: Final[Mapping[str, int]] = {
    BAD_REQUEST: 400,
    UNAUTHENTICATED: 401,
    UNKNOWN_MODEL: 404,
    TOO_LARGE: 413,
    BUSY: 429,  # with `retry-after`
    UNAVAILABLE: 503,
    TIMEOUT: 504,
}
"""The status that each error's code comes with."""

PPM: Final = 1_000_000

_LONE: Final = re.compile("[\ud800-\udfff]")
_UNKNOWN: Final = "\ufffd"


class WireError(Exception):
    """What came is not of this format. The message says where, never what stood there."""


class ScreenSpan(NamedTuple):
    """A stretch `text[start:end]`, the label, and the score in parts per million."""

    start: int
    end: int
    label: str
    score_ppm: int


@dataclass(frozen=True, slots=True)
class ScreenRequest:
    """Texts to read with one model, for one tenant, in `seconds` from its arrival."""

    texts: Sequence[str]
    model: str = ""
    tenant: str = ""
    seconds: float = SECONDS


@dataclass(frozen=True, slots=True)
class ScreenReading:
    """What was found in one text. `unread` is why part of it was not read, None if all of it was."""

    spans: tuple[ScreenSpan, ...]
    unread: str | None = None


@dataclass(frozen=True, slots=True)
class ScreenReply:
    """A reading for each text, in their order, and all `labels` that the model of this `version` may find."""

    version: str
    labels: tuple[str, ...]
    readings: tuple[ScreenReading, ...]


def encode_request(request: ScreenRequest) -> bytes:
    """Write a request. Half a surrogate pair, which has no UTF-8, becomes the sign for an unknown character."""
    texts = [_LONE.sub(_UNKNOWN, text) for text in request.texts]
    names = {"model": _LONE.sub(_UNKNOWN, request.model), "tenant": _LONE.sub(_UNKNOWN, request.tenant)}
    return orjson.dumps({**names, "texts": texts, "seconds": request.seconds})


def decode_request(body: bytes) -> ScreenRequest:
    """Read a request. Raises `WireError`."""
    values = _object(_loads(body), "the body")
    texts, seconds = values.get("texts"), values.get("seconds", SECONDS)
    if not (isinstance(texts, list) and all(isinstance(text, str) for text in texts)):
        raise WireError("`texts` must be a list of strings")
    if isinstance(seconds, bool) or not (isinstance(seconds, int | float) and isfinite(seconds) and seconds > 0):
        raise WireError("`seconds` must be a positive number")
    return ScreenRequest(texts, _name(values, "model"), _name(values, "tenant"), float(seconds))


def encode_reply(reply: ScreenReply) -> bytes:
    """Write a reply."""
    readings = [{"spans": [[*span] for span in one.spans], "unread": one.unread} for one in reply.readings]
    return orjson.dumps({"version": reply.version, "labels": [*reply.labels], "readings": readings})


def decode_reply(body: bytes, texts: Sequence[str]) -> ScreenReply:
    """Read the reply for these texts: one reading for each, and nothing outside of them. Raises `WireError`."""
    values = _object(_loads(body), "the body")
    version, labels, readings = (values.get(name) for name in ("version", "labels", "readings"))
    if not isinstance(version, str):
        raise WireError("`version` must be a string")
    if not (isinstance(labels, list) and all(isinstance(label, str) for label in labels)):
        raise WireError("`labels` must be a list of strings")
    if not isinstance(readings, list) or len(readings) != len(texts):
        raise WireError("`readings` must be one for each text")
    known = frozenset(labels)
    read = tuple(_reading(one, len(text), known) for one, text in zip(readings, texts, strict=True))
    return ScreenReply(version, tuple(labels), read)


def encode_error(code: str, message: str) -> bytes:
    """Write an error."""
    return orjson.dumps({"error": {"code": code, "message": message}})


def decode_error(body: bytes) -> str:
    """Give the code of an error, "" if there is none to read."""
    try:
        error = _object(_loads(body), "the body").get("error")
    except WireError:
        return ""
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, str) else ""


def _reading(value: Any, length: int, labels: frozenset[str]) -> ScreenReading:
    values = _object(value, "a reading")
    spans, unread = values.get("spans"), values.get("unread")
    if not isinstance(spans, list) or not (unread is None or isinstance(unread, str)):
        raise WireError("a reading must have a list of `spans`, and a string or null as `unread`")
    return ScreenReading(tuple(_span(span, length, labels) for span in spans), unread)


def _span(value: Any, length: int, labels: frozenset[str]) -> ScreenSpan:
    if isinstance(value, list) and [type(part) for part in value] == [int, int, str, int]:
        span = ScreenSpan(*value)
        if 0 <= span.start <= span.end <= length and 0 <= span.score_ppm <= PPM and span.label in labels:
            return span
    raise WireError("a span must be a start, an end, one of the labels, and a score, all within their bounds")


def _object(value: Any, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise WireError(f"{what} must be an object")
    return value


def _name(values: Mapping[str, Any], member: str) -> str:
    value = values.get(member) or ""
    if not isinstance(value, str):
        raise WireError(f"`{member}` must be a string")
    return value


def _loads(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except ValueError:
        raise WireError("the body is not JSON in UTF-8") from None
