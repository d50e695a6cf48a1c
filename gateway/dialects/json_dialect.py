"""A dialect made of tables: one JSON object each way, perhaps a stream on the way back.

Most endpoints beside the large ones are of this kind. What they have of their own is which members hold what.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

from gateway.dialects.api import Api
from gateway.dialects.dialect import DialectStream
from gateway.dialects.members import Members
from gateway.dialects.message import Inbound, Outbound, Reply, Request, Usage
from gateway.dialects.reading import (
    check_model,
    check_stream,
    estimated_tokens,
    name_or_none,
    no_usage,
    reply_object,
    request_object,
    walk_reply,
    walk_request,
)
from gateway.dialects.rewrite import rewrite_reply, rewritten
from gateway.dialects.splice import set_member
from gateway.errors import BadRequest

Document = Mapping[str, Any]

_MODEL: Final = "{model}"


def nothing(_document: Document) -> None:
    """Check nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonDialect:
    """One endpoint of a vendor's API. Has no state: one instance serves all calls.

    `path` is the endpoint's below an upstream's base URL. Where it holds `{model}`, the model is named there, both
    ways; elsewhere it is the body's member `model`, unless the endpoint's own path template names one.

    `asks` and `answers` say how to walk the members of the request and of the reply; those that they don't name are
    screened as free text. `check` raises `BadRequest` for a request that lacks what the tables rely on, `check_reply`
    raises `UpstreamInvalid`. `read_errors` reads a provider's error as the API tells it. `default_model` is what a
    request asks for that names none, "" if it must. `complete` and `complete_reply` add to the gateway's facts what the
    tables don't tell, and `finish` makes the last change to the bytes that leave. Without `streams`, a request that
    asks for a stream is refused.
    """

    name: str
    api: Api
    path: str
    asks: Members
    answers: Members
    read_errors: Callable[[bytes], Reply] = field(repr=False)
    check: Callable[[Document], None] = nothing
    check_reply: Callable[[Document], None] = nothing
    usage: Callable[[Document], Usage | None] = no_usage
    default_model: str = ""
    modalities: Callable[[Document], tuple[str, ...]] = lambda _document: ("text",)
    complete: Callable[[Request], Request] = lambda request: request
    complete_reply: Callable[[Reply], Reply] = lambda reply: reply
    finish: Callable[[bytes, Request], bytes] = lambda raw, _request: raw
    streams: Callable[[Request], DialectStream] | None = None

    rewrite_reply = staticmethod(rewrite_reply)

    def read_request(self, inbound: Inbound) -> Request:
        """Read a request's body.

        Raises:
            BadRequest: it is no strict JSON, lacks what the gateway relies on, or asks for a stream that there isn't.
        """
        document = request_object(inbound.body)
        stream = check_stream(document)
        if stream and self.streams is None:
            raise _no_stream()
        self.check(document)
        walk = walk_request(document, self.asks)
        request = Request(
            raw=inbound.body,
            document=document,
            content=walk.content(),
            model=self._model(inbound, document),
            stream=stream,
            tokens_estimated=estimated_tokens(walk),
            modalities=self.modalities(document),
            inbound=inbound,
        )
        return self.complete(request)

    def _model(self, inbound: Inbound, document: Document) -> str:
        if document.get("model") is None and self.default_model:
            return inbound.params.get("model") or self.default_model
        return inbound.params.get("model") or check_model(document)

    def rewrite_request(
        self, request: Request, replacements: Mapping[str, str], *, model: str | None = None
    ) -> Outbound:
        """Give the call to forward, see `Dialect.rewrite_request`."""
        model = model or request.model
        raw = rewritten(request, replacements)
        if _MODEL in self.path:
            return Outbound(self.path.replace(_MODEL, quote(model, safe=":@")), raw)
        if request.document.get("model") != model:
            raw = set_member(raw, "model", model)
        return Outbound(self.path, self.finish(raw, request))

    def read_reply(self, raw: bytes) -> Reply:
        """Read a whole reply. Raises `UpstreamInvalid`."""
        document = reply_object(raw)
        self.check_reply(document)
        walk = walk_reply(document, self.answers)
        model = name_or_none(document.get("model"))
        return self.complete_reply(Reply(raw, document, walk.content(), model, usage=self.usage(document)))

    def read_error(self, raw: bytes) -> Reply:
        """Read a provider's error as if it were a reply. Raises `UpstreamInvalid`."""
        return self.read_errors(raw)

    def stream(self, request: Request) -> DialectStream:
        """Start reading the streamed reply to this request."""
        if self.streams is None:
            raise _no_stream()
        return self.streams(request)


def _no_stream() -> BadRequest:
    return BadRequest("This endpoint does not stream.", code="unsupported_value", param="stream")
