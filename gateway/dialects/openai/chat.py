"""Chat Completions as one object: this dialect under the names that every dialect shares."""

from collections.abc import Mapping
from typing import Final

from gateway.dialects.message import Inbound, Outbound, Reply, Request
from gateway.dialects.openai.api import OPENAI
from gateway.dialects.openai.chat_reply import read_reply
from gateway.dialects.openai.chat_request import read_request
from gateway.dialects.openai.chat_stream import ChatStream
from gateway.dialects.openai.errors import read_error
from gateway.dialects.openai.outbound import with_model, with_usage
from gateway.dialects.rewrite import changed_strings
from gateway.dialects.splice import splice


class OpenAIChat:
    """The Chat Completions format of OpenAI and of the many who speak it. Has no state: one instance serves all."""

    name: Final = "openai.chat"
    api: Final = OPENAI

    def read_request(self, inbound: Inbound) -> Request:
        """Read a request's body.

        Raises:
            BadRequest: it is no strict JSON, or lacks what the gateway relies on.
        """
        return read_request(inbound)

    def rewrite_request(
        self, request: Request, replacements: Mapping[str, str], *, model: str | None = None
    ) -> Outbound:
        """Give the call for the provider: new texts by slot id, perhaps another model; a stream tells its usage.

        Every byte that needs no change is as it came; when none does, the body is `request.raw` itself.

        Raises:
            KeyError: a replacement names no slot of this request, or one that can't be rewritten.
        """
        raw = splice(request.raw, changed_strings(request.document, request.content, replacements))
        raw = with_model(raw, request, model)
        return Outbound(_PATH, with_usage(raw, request) if request.stream and not request.usage_asked else raw)

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
