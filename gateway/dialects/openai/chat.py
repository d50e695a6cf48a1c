"""Chat Completions as one object: this dialect under the names that every dialect shares."""

from collections.abc import Mapping
from typing import Final

from gateway.dialects.message import Outbound, Request
from gateway.dialects.openai.api import OPENAI
from gateway.dialects.openai.chat_reply import read_reply
from gateway.dialects.openai.chat_request import read_request
from gateway.dialects.openai.chat_stream import ChatStream
from gateway.dialects.openai.errors import read_error
from gateway.dialects.openai.outbound import with_model, with_usage
from gateway.dialects.rewrite import rewrite_reply, rewritten


class OpenAIChat:
    """The Chat Completions format of OpenAI and of the many who speak it. Has no state: one instance serves all."""

    name: Final = "openai.chat"
    api: Final = OPENAI

    read_request = staticmethod(read_request)
    read_reply = staticmethod(read_reply)
    read_error = staticmethod(read_error)
    rewrite_reply = staticmethod(rewrite_reply)

    def rewrite_request(
        self, request: Request, replacements: Mapping[str, str], *, model: str | None = None
    ) -> Outbound:
        """Give the call for the provider: new texts by slot id, perhaps another model; a stream tells its usage.

        Every byte that needs no change is as it came; when none does, the body is `request.raw` itself.

        Raises:
            KeyError: a replacement names no slot of this request, or one that can't be rewritten.
        """
        raw = rewritten(request, replacements)
        raw = with_model(raw, request, model)
        return Outbound(_PATH, with_usage(raw, request) if request.stream and not request.usage_asked else raw)

    def stream(self, request: Request) -> ChatStream:
        """Start reading the streamed reply to this request."""
        return ChatStream(usage_asked=request.usage_asked)


_PATH: Final = "/chat/completions"
