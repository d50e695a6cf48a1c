"""Anthropic Messages as one object: this dialect under the names that every dialect shares."""

from collections.abc import Mapping
from typing import Final

from gateway.dialects.anthropic.api import ANTHROPIC
from gateway.dialects.anthropic.errors import read_error
from gateway.dialects.anthropic.reply import read_reply
from gateway.dialects.anthropic.request import read_request
from gateway.dialects.anthropic.stream import MessageStream
from gateway.dialects.message import Outbound, Request
from gateway.dialects.rewrite import changed_strings, rewrite_reply
from gateway.dialects.splice import splice

_PATH: Final = "/v1/messages"


class AnthropicMessages:
    """The Messages format of Anthropic and of those who speak it. Has no state: one instance serves all."""

    name: Final = "anthropic.messages"
    api: Final = ANTHROPIC

    read_request = staticmethod(read_request)
    read_reply = staticmethod(read_reply)
    read_error = staticmethod(read_error)
    rewrite_reply = staticmethod(rewrite_reply)

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
        return Outbound(f"{_PATH}?beta=true" if is_beta else _PATH, splice(request.raw, changed, request.document))

    def stream(self, _request: Request) -> MessageStream:
        """Start reading the streamed reply to a request."""
        return MessageStream()
