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
from gateway.dialects.rewrite import changed_strings
from gateway.dialects.splice import splice
from gateway.dialects.walk import Walk
from gateway.errors import InternalFault


class Mcp:
    """The messages between a client and a server of tools. A request is a POST, a GET or a DELETE.

    The model is the server's name. An answer is one message or a stream of them, as the server likes.
    """

    name: Final = "mcp"
    api: Final = MCP_API

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
        raw = splice(request.raw, changed_strings(request.document, request.content, replacements))
        method = request.inbound.method if request.inbound else "POST"
        return Outbound("", raw, method=method, headers=routing_headers(parse(raw)) if raw else {})

    def read_reply(self, raw: bytes) -> Reply:
        """Read one message of a server. Raises `UpstreamInvalid`."""
        return ServerMessages().read(raw)

    def read_error(self, raw: bytes) -> Reply:
        """Read what a server says with an error's status."""
        return read_error(raw)

    def rewrite_reply(self, reply: Reply, replacements: Mapping[str, str]) -> bytes:
        """Give the message for the client; without replacements, its own bytes."""
        return splice(reply.raw, changed_strings(reply.document, reply.content, replacements))

    def stream(self, request: Request) -> DialectStream:
        """Never: no text grows here, each event is a whole message."""
        raise InternalFault(f"A stream of messages has no growing text, in {request.model}.")


MCP: Final = Mcp()
