"""Responses as one object: this dialect under the names that every dialect shares."""

from collections.abc import Mapping
from typing import Final

from gateway.dialects.message import Outbound, Request
from gateway.dialects.openai.api import OPENAI
from gateway.dialects.openai.errors import read_error
from gateway.dialects.openai.outbound import with_model
from gateway.dialects.openai.responses_reply import read_reply
from gateway.dialects.openai.responses_request import read_request
from gateway.dialects.openai.responses_stream import ResponsesStream
from gateway.dialects.rewrite import rewrite_reply, rewritten


class OpenAIResponses:
    """The Responses format of OpenAI and of those who speak it. Has no state: one instance serves all."""

    name: Final = "openai.responses"
    api: Final = OPENAI
    path: str = "/responses"

    read_request = staticmethod(read_request)
    read_reply = staticmethod(read_reply)
    read_error = staticmethod(read_error)
    rewrite_reply = staticmethod(rewrite_reply)

    def rewrite_request(
        self, request: Request, replacements: Mapping[str, str], *, model: str | None = None
    ) -> Outbound:
        """Give the call for the provider, see `Dialect.rewrite_request`. A stream tells its usage unasked."""
        raw = rewritten(request, replacements)
        return Outbound(self.path, with_model(raw, request, model))

    def stream(self, _request: Request) -> ResponsesStream:
        """Start reading the streamed reply to this request."""
        return ResponsesStream()
