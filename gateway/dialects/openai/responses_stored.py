"""Responses that the provider keeps: read one again, list what went into it, end it, delete it.

These calls have an id and no body. What they are about is known from the call that made the response.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

from gateway.dialects import places
from gateway.dialects.api import Api
from gateway.dialects.members import Member
from gateway.dialects.message import Inbound, Outbound, Reply, Request
from gateway.dialects.openai import responses_kept
from gateway.dialects.openai.api import OPENAI
from gateway.dialects.openai.errors import read_error
from gateway.dialects.openai.responses_items import walk_items
from gateway.dialects.openai.responses_reply import read_reply
from gateway.dialects.openai.responses_stream import ResponsesStream
from gateway.dialects.reading import reply_object, too_many_parts, walk_reply
from gateway.dialects.rewrite import rewrite_reply
from gateway.dialects.walk import Walk
from gateway.errors import BadRequest

PATH: Final = "/responses/{id}"
_ASKED: Final = frozenset(
    {"include", "include[]", "include_obfuscation", "starting_after", "stream", "limit", "order", "after", "before"}
)
_PROVIDERS: Final = "api-version"
"""Azure's clients name a version of the API; which one an upstream has is its own matter."""

_VALUE: Final = re.compile(r"[A-Za-z0-9_.-]{1,128}")


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """One thing to do with a stored response. `below` is what the endpoint's path has behind the id."""

    method: str
    below: str = ""
    name: str = "openai.responses"
    api: Api = OPENAI

    read_error = staticmethod(read_error)
    rewrite_reply = staticmethod(rewrite_reply)

    def read_request(self, inbound: Inbound) -> Request:
        """Read a request.

        Raises:
            BadRequest: it has a body, or a parameter that the API does not know.
        """
        if inbound.body.strip() not in (b"", b"{}"):
            raise BadRequest("This endpoint takes no body.", code="invalid_request")
        walk = Walk("q", too_many_parts)
        for name, value in _asked(inbound):
            walk.label(value, (name,), places.OTHER)
        return Request(
            raw=b"",
            document={},
            content=walk.content(),
            model="",
            stream=self.method == "GET" and not self.below and inbound.query.get("stream") == "true",
            continues=(responses_kept.response(inbound.params["id"]),),
            is_free=True,
            forgets=self.method == "DELETE",
            inbound=inbound,
        )

    def rewrite_request(
        self, request: Request, replacements: Mapping[str, str], *, model: str | None = None
    ) -> Outbound:
        """Give the call to forward; there is nothing in it that could be replaced, and no `model`."""
        del model
        if replacements or request.inbound is None:
            raise KeyError("a request without a body has nothing to replace")
        path = PATH.replace("{id}", quote(request.inbound.params["id"], safe="")) + self.below
        asked = urlencode(_asked(request.inbound))
        return Outbound(f"{path}?{asked}" if asked else path, b"", self.method)

    def read_reply(self, raw: bytes) -> Reply:
        """Read the body of a successful, not streamed reply. Raises `UpstreamInvalid`."""
        if self.method != "DELETE" and self.below != "/input_items":
            return read_reply(raw)
        document = reply_object(raw)
        walk = walk_reply(document, _LIST)
        return Reply(raw=raw, document=document, content=walk.content())

    def stream(self, request: Request) -> ResponsesStream:
        """Start reading a response that is told again as a stream, perhaps from its middle on."""
        query = request.inbound.query if request.inbound else {}
        return ResponsesStream(is_rest="starting_after" in query)


def _asked(inbound: Inbound) -> list[tuple[str, str]]:
    asked = [(name, value) for name, value in inbound.pairs if name != _PROVIDERS]
    if not all(name in _ASKED and _VALUE.fullmatch(value) for name, value in asked):
        raise BadRequest("The query has a parameter that this endpoint does not know.", code="unknown_parameter")
    return asked


_LIST: Final[dict[str, Member]] = {
    **dict.fromkeys(("id", "object", "first_id", "last_id"), Walk.label),
    "deleted": Walk.options,
    "has_more": Walk.options,
    "data": walk_items,
}
