"""Responses as one object: this dialect under the names that every dialect shares."""

from collections.abc import Mapping
from typing import Final

from gateway.dialects.message import Inbound, Outbound, Reply, Request
from gateway.dialects.openai.api import OPENAI
from gateway.dialects.openai.errors import read_error
from gateway.dialects.openai.outbound import with_model
from gateway.dialects.openai.responses_reply import read_reply
from gateway.dialects.openai.responses_request import read_request
from gateway.dialects.openai.responses_stream import ResponsesStream
from gateway.dialects.rewrite import changed_strings
from gateway.dialects.splice import splice


class OpenAIResponses:
    """The Responses format of OpenAI and of those who speak it. Has no state: one instance serves all."""

    name: Final = "openai.responses"
    api: Final = OPENAI
    path: str = "/responses"

    def read_request(self, inbound: Inbound) -> Request:
        """Read a request's body.

        Raises:
            BadRequest: it is no strict JSON, or lacks what the gateway relies on.
        """
        return read_request(inbound)

    def rewrite_request(
        self, request: Request, replacements: Mapping[str, str], *, model: str | None = None
    ) -> Outbound:
        """Give the call for the provider, see `Dialect.rewrite_request`. A stream tells its usage unasked."""
        raw = splice(request.raw, changed_strings(request.document, request.content, replacements))
        return Outbound(self.path, with_model(raw, request, model))

    def read_reply(self, raw: bytes) -> Reply:
        """Read the body of a successful, not streamed reply. Raises `UpstreamInvalid`."""
        return read_reply(raw)

    def read_error(self, raw: bytes) -> Reply:
        """Read the body of a provider's error. Raises `UpstreamInvalid`."""
        return read_error(raw)

    def rewrite_reply(self, reply: Reply, replacements: Mapping[str, str]) -> bytes:
        """Give the body for the client, see `Dialect.rewrite_reply`."""
        return splice(reply.raw, changed_strings(reply.document, reply.content, replacements))

    def stream(self, _request: Request) -> ResponsesStream:
        """Start reading the streamed reply to this request."""
        return ResponsesStream()
