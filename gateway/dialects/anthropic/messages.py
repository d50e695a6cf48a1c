"""Anthropic Messages as one object: this dialect under the names that every dialect shares."""

from collections.abc import Mapping
from typing import Final

from gateway.dialects.anthropic.api import ANTHROPIC
from gateway.dialects.anthropic.errors import read_error
from gateway.dialects.anthropic.reply import read_reply
from gateway.dialects.anthropic.request import read_request
from gateway.dialects.anthropic.stream import MessageStream
from gateway.dialects.message import Inbound, Outbound, Reply, Request
from gateway.dialects.rewrite import changed_strings
from gateway.dialects.splice import splice

_PATH: Final = "/v1/messages"


class AnthropicMessages:
    """The Messages format of Anthropic and of those who speak it. Has no state: one instance serves all."""

    name: Final = "anthropic.messages"
    api: Final = ANTHROPIC

    def read_request(self, inbound: Inbound) -> Request:
        """Read a request's body.

        Raises:
            BadRequest: it is no strict JSON, or lacks what the gateway relies on.
        """
        return read_request(inbound)

    def rewrite_request(
        self, request: Request, replacements: Mapping[str, str], *, model: str | None = None
    ) -> Outbound:
        """Give the call for the provider: new texts by slot id, perhaps another model. A stream always tells its usage.

        Raises:
            KeyError: a replacement names no slot of this request, or one that can't be rewritten.
        """
        changed = changed_strings(request.document, request.content, replacements)
        if model is not None and model != request.model:
            changed["model",] = model
        is_beta = request.inbound is not None and request.inbound.query.get("beta") == "true"
        return Outbound(f"{_PATH}?beta=true" if is_beta else _PATH, splice(request.raw, changed))

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

    def stream(self, _request: Request) -> MessageStream:
        """Start reading the streamed reply to a request."""
        return MessageStream()
