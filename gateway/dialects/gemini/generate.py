"""Gemini's generateContent and streamGenerateContent as one object, under the names that every dialect shares."""

from collections.abc import Mapping
from typing import Final

from gateway.dialects import conversation
from gateway.dialects.gemini.api import GEMINI
from gateway.dialects.gemini.call import check_models, model_of, outbound
from gateway.dialects.gemini.errors import read_error
from gateway.dialects.gemini.framing import framing_of
from gateway.dialects.gemini.reply import read_reply
from gateway.dialects.gemini.request import (
    GENERATE,
    asks_json,
    check_generate,
    choices_of,
    max_output_of,
    modalities,
)
from gateway.dialects.gemini.stream import GeminiStream
from gateway.dialects.gemini.tools import answered_tools, tool_names
from gateway.dialects.message import Inbound, Outbound, Request
from gateway.dialects.reading import estimated_tokens, request_object, walk_request
from gateway.dialects.rewrite import rewrite_reply
from gateway.dialects.slot import Path

_STREAM: Final = "streamGenerateContent"
_EVENTS: Final = "?alt=sse"
_NAMED: Final[Path] = ("model",)


class GeminiGenerate:
    """The format of Gemini's models. Has no state: one instance serves all calls."""

    name: Final = "gemini.generate"
    api: Final = GEMINI

    read_reply = staticmethod(read_reply)
    read_error = staticmethod(read_error)
    rewrite_reply = staticmethod(rewrite_reply)

    def read_request(self, inbound: Inbound) -> Request:
        """Read a request: the path says which model is meant, and whether its answer is to be a stream.

        Raises:
            BadRequest: it is no strict JSON, lacks what the gateway relies on, or has too many parts to screen.
        """
        document = request_object(inbound.body)
        check_generate(document)
        framing_of(inbound.query)
        model = model_of(inbound)
        check_models(document, [_NAMED] if "model" in document else [], model)
        walk = walk_request(document, GENERATE)
        return Request(
            raw=inbound.body,
            document=document,
            content=walk.content(),
            model=model,
            stream=inbound.params["method"] == _STREAM,
            choices=choices_of(document),
            tools=tool_names(document),
            tokens_estimated=estimated_tokens(walk),
            modalities=modalities(document),
            json_reply=asks_json(document),
            tool_results=answered_tools(document),
            max_output=max_output_of(document),
            inbound=inbound,
            conversation=conversation.of_metadata(document.get("labels")),
        )

    def rewrite_request(
        self, request: Request, replacements: Mapping[str, str], *, model: str | None = None
    ) -> Outbound:
        """Give the call for the provider: new texts by slot id, perhaps another model.

        A stream is always asked for as events, whatever framing the client gets: only these can be read one by one.

        Raises:
            KeyError: a replacement names no slot of this request, or one that can't be rewritten.
        """
        named = [_NAMED] if "model" in request.document else []
        return outbound(request, replacements, model, named, _EVENTS if request.stream else "")

    def stream(self, request: Request) -> GeminiStream:
        """Start reading the streamed reply to this request."""
        return GeminiStream(framing_of(request.inbound.query if request.inbound else {}))
