"""MCP as one object: this dialect under the names that every dialect shares."""

from collections.abc import Mapping
from typing import Any, Final

from gateway.dialects.dialect import DialectStream
from gateway.dialects.document import parse
from gateway.dialects.mcp.api import MCP_API
from gateway.dialects.mcp.reading import ServerMessages, calls_of, read_error, request_message
from gateway.dialects.mcp.routing import routing_headers
from gateway.dialects.mcp.walking import walk_message
from gateway.dialects.message import Inbound, Outbound, Reply, Request
from gateway.dialects.reading import estimated_tokens, too_many_parts
from gateway.dialects.rewrite import rewrite_reply, rewritten
from gateway.dialects.walk import Walk
from gateway.errors import InternalFault


class Mcp:
    """The messages between a client and a server of tools. A request is a POST, a GET or a DELETE.

    The model is the server's name. An answer is one message or a stream of them, as the server likes.
    """

    name: Final = "mcp"
    api: Final = MCP_API

    read_error = staticmethod(read_error)
    rewrite_reply = staticmethod(rewrite_reply)

    def read_request(self, inbound: Inbound) -> Request:
        """Read what a client sends: a message, or nothing but the wish to hear the server or to end the session.

        Raises:
            BadRequest: it is no strict JSON, or no message.
        """
        document: dict[str, Any] = request_message(inbound.body) if inbound.method == "POST" else {}
        walk = Walk("q", too_many_parts)
        walk_message(walk, document)
        calls = calls_of(document)
        awaits = inbound.method == "GET" or ("method" in document and "id" in document)
        return Request(
            raw=inbound.body,
            document=document,
            content=walk.content(),
            model=inbound.params.get("server", ""),
            stream=awaits,
            tools=tuple(call.name for call in calls),
            tokens_estimated=estimated_tokens(walk),
            inbound=inbound,
            is_free=True,
            calls=calls,
            messages=ServerMessages(calls[0].name if calls else "", document.get("id") if awaits else None),
        )

    def rewrite_request(
        self, request: Request, replacements: Mapping[str, str], *, model: str | None = None
    ) -> Outbound:
        """Give the message for the server; without replacements, its own bytes.

        Raises:
            KeyError: a replacement names no slot of this message, or one that can't be rewritten.
        """
        del model  # a server has one name
        raw = rewritten(request, replacements)
        method = request.inbound.method if request.inbound else "POST"
        return Outbound("", raw, method=method, headers=routing_headers(parse(raw)) if raw else {})

    def read_reply(self, raw: bytes) -> Reply:
        """Read one message of a server. Raises `UpstreamInvalid`."""
        return ServerMessages().read(raw)

    def stream(self, request: Request) -> DialectStream:
        """Never: no text grows here, each event is a whole message."""
        raise InternalFault(f"A stream of messages has no growing text, in {request.model}.")


MCP: Final = Mcp()
