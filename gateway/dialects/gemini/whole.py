"""The methods of Gemini that take an object and give an object: embeddings, and the count of tokens."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gateway.dialects.api import Api
from gateway.dialects.dialect import DialectStream
from gateway.dialects.gemini.api import GEMINI
from gateway.dialects.gemini.call import check_models, model_of, outbound
from gateway.dialects.gemini.errors import read_error
from gateway.dialects.members import Members
from gateway.dialects.message import Inbound, Outbound, Reply, Request, Usage
from gateway.dialects.reading import (
    estimated_tokens,
    reply_object,
    request_object,
    walk_reply,
    walk_request,
)
from gateway.dialects.rewrite import rewrite_reply
from gateway.dialects.slot import Path
from gateway.errors import BadRequest

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class GeminiWhole:
    """One such dialect. Has no state: one instance serves all calls.

    `asks` and `answers` say how to walk the members of the request and of the reply. `check` raises `BadRequest` for a
    request that lacks what the tables rely on, `named` gives the places where a request names its model. `is_free` says
    that the provider bills nothing; no text is generated here, so there is never an output to bill.
    """

    name: str
    asks: Members
    answers: Members
    check: Callable[[dict[str, Any]], None]
    named: Callable[[Document], Iterable[Path]]
    modalities: Callable[[Document], tuple[str, ...]]
    usage: Callable[[Document], Usage | None]
    api: Api = field(default=GEMINI)
    is_free: bool = False

    read_error = staticmethod(read_error)
    rewrite_reply = staticmethod(rewrite_reply)

    def read_request(self, inbound: Inbound) -> Request:
        """Read a request.

        Raises:
            BadRequest: it is no strict JSON, lacks what the gateway relies on, or has too many parts to screen.
        """
        document = request_object(inbound.body)
        self.check(document)
        model = model_of(inbound)
        check_models(document, self.named(document), model)
        walk = walk_request(document, self.asks)
        return Request(
            raw=inbound.body,
            document=document,
            content=walk.content(),
            model=model,
            stream=False,
            tokens_estimated=estimated_tokens(walk),
            modalities=self.modalities(document),
            max_output=0,
            is_free=self.is_free,
            inbound=inbound,
        )

    def rewrite_request(
        self, request: Request, replacements: Mapping[str, str], *, model: str | None = None
    ) -> Outbound:
        """Give the call to forward, see `Dialect.rewrite_request`."""
        return outbound(request, replacements, model, self.named(request.document))

    def read_reply(self, raw: bytes) -> Reply:
        """Read a whole reply. Raises `UpstreamInvalid`."""
        document = reply_object(raw)
        walk = walk_reply(document, self.answers)
        return Reply(raw=raw, document=document, content=walk.content(), usage=self.usage(document))

    def stream(self, _request: Request) -> DialectStream:
        """Never come to this: no path of these methods asks for a stream."""
        raise BadRequest("This method does not stream.", code="unsupported_value")
