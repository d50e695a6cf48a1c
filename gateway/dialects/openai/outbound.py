"""What the gateway changes of its own in a request to OpenAI's API, with the smallest change that does it."""

from typing import Final

from gateway.dialects.message import Request
from gateway.dialects.slot import Path
from gateway.dialects.splice import locate, patch, set_member

_OPTIONS: Final[Path] = ("stream_options",)
_USAGE: Final[Path] = ("stream_options", "include_usage")


def with_model(raw: bytes, request: Request, model: str | None) -> bytes:
    """Name this model, by default the one that was asked for: it may stand in the path alone."""
    wanted = model or request.model
    return raw if request.document.get("model") == wanted else set_member(raw, "model", wanted)


def with_usage(raw: bytes, request: Request) -> bytes:
    """Ask for the usage event: change the smallest value that says otherwise, or insert what is missing."""
    options = request.document.get("stream_options")
    if options and "include_usage" in options:
        return patch(raw, [(*locate(raw, [_USAGE])[_USAGE], b"true")])
    if options:
        start = locate(raw, [_OPTIONS])[_OPTIONS][0] + 1
        return patch(raw, [(start, start, b'"include_usage":true,')])
    if "stream_options" in request.document:  # null, or an object without members
        return patch(raw, [(*locate(raw, [_OPTIONS])[_OPTIONS], b'{"include_usage":true}')])
    start = raw.index(b"{") + 1
    return patch(raw, [(start, start, b'"stream_options":{"include_usage":true},')])
