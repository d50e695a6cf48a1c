"""Chat Completions as one object: this dialect under the names that every dialect shares."""

from collections.abc import Mapping
from typing import Final

from gateway.dialects.message import Inbound, Outbound, Reply, Request
from gateway.dialects.openai.api import OPENAI
from gateway.dialects.openai.chat_reply import read_reply
from gateway.dialects.openai.chat_request import read_request
from gateway.dialects.openai.chat_stream import ChatStream
from gateway.dialects.openai.errors import read_error
from gateway.dialects.rewrite import changed_strings
from gateway.dialects.slot import Path
from gateway.dialects.splice import locate, patch, splice


class OpenAIChat:
    """The Chat Completions format of OpenAI and of the many who speak it. Has no state: one instance serves all."""

    name: Final = "openai.chat"
    api: Final = OPENAI

    def read_request(self, inbound: Inbound) -> Request:
        """Read a request's body.

        Raises:
            BadRequest: it is no strict JSON, or lacks what the gateway relies on.
        """
        return read_request(inbound.body)

    def rewrite_request(
        self, request: Request, replacements: Mapping[str, str], *, model: str | None = None
    ) -> Outbound:
        """Give the call for the provider: new texts by slot id, perhaps another model; a stream tells its usage.

        Every byte that needs no change is as it came; when none does, the body is `request.raw` itself.

        Raises:
            KeyError: a replacement names no slot of this request, or one that can't be rewritten.
        """
        changed = changed_strings(request.document, request.content, replacements)
        if model is not None and model != request.model:
            changed["model",] = model
        raw = splice(request.raw, changed)
        asks = request.stream and not request.usage_asked
        return Outbound(_PATH, _with_usage(raw, request) if asks else raw)

    def read_reply(self, raw: bytes) -> Reply:
        """Read the body of a successful, not streamed reply.

        Raises:
            UpstreamInvalid: it can't be understood, so it can't be screened.
        """
        return read_reply(raw)

    def read_error(self, raw: bytes) -> Reply:
        """Read the body of a provider's error, to be screened and restored like a reply.

        Raises:
            UpstreamInvalid: it can't be understood, so it can't be screened.
        """
        return read_error(raw)

    def rewrite_reply(self, reply: Reply, replacements: Mapping[str, str]) -> bytes:
        """Give the body for the client; without replacements, `reply.raw` itself.

        Raises:
            KeyError: a replacement names no slot of this reply, or one that can't be rewritten.
        """
        return splice(reply.raw, changed_strings(reply.document, reply.content, replacements))

    def stream(self, request: Request) -> ChatStream:
        """Start reading the streamed reply to this request."""
        return ChatStream(usage_asked=request.usage_asked)


_PATH: Final = "/chat/completions"
_OPTIONS: Final[Path] = ("stream_options",)
_USAGE: Final[Path] = ("stream_options", "include_usage")


def _with_usage(raw: bytes, request: Request) -> bytes:
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
