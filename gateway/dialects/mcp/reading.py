"""MCP: read the messages of both sides, and say which tools they are about."""

from collections.abc import Collection, Mapping
from typing import Any, Final

import orjson

from gateway.dialects.document import MalformedJson, parse
from gateway.dialects.mcp.api import error_body, rpc_error
from gateway.dialects.mcp.walking import walk_message
from gateway.dialects.message import UNNAMED, Reply, ToolCall
from gateway.dialects.reading import name_or_none, refuse, reply_object, request_object, written
from gateway.dialects.slot import Content
from gateway.dialects.splice import locate, patch
from gateway.dialects.walk import Walk
from gateway.errors import AirlockError, BadRequest, UpstreamInvalid

_EMPTY: Final = Content(())


def request_message(raw: bytes) -> dict[str, Any]:
    """Read what a client sends: one JSON-RPC message. Lists of them went with the version 2025-06-18.

    Raises:
        BadRequest: it is no strict JSON, or no message.
    """
    if raw.lstrip()[:1] == b"[":
        raise BadRequest("Lists of messages are not supported: send one at a time.", code="batch_unsupported")
    document = request_object(raw)
    if document.get("jsonrpc") != "2.0":
        refuse("jsonrpc", '"2.0"')
    if not isinstance(document.get("id"), str | int | None) or isinstance(document.get("id"), bool):
        refuse("id", "a string or a whole number")
    if "method" in document and not isinstance(document["method"], str):
        refuse("method", "a string")
    if not isinstance(document.get("params"), dict | None):
        refuse("params", "an object")
    if not ("method" in document or "result" in document or "error" in document):
        refuse("method", "a string")
    return document


def request_id(raw: bytes) -> str | int | None:
    """Give the id of a request as far as it can be read, so that an error can answer it."""
    try:
        document = parse(raw)
    except MalformedJson:
        return None
    found = document.get("id") if isinstance(document, dict) and "method" in document else None
    return found if isinstance(found, str) or type(found) is int else None


def calls_of(document: Mapping[str, Any]) -> tuple[ToolCall, ...]:
    """Give the call of a tool that a client asks for."""
    if document.get("method") != "tools/call":
        return ()
    params = document.get("params") or {}
    return (ToolCall(name_or_none(params.get("name")) or UNNAMED, written(params.get("arguments") or {})),)


class ServerMessages:
    """Reads what a server sends in answer to a request.

    `tool` is the one that was called, "" for none, `awaited` the id of the request, None if no response is awaited.
    """

    __slots__ = ("_awaited", "_tool")

    def __init__(self, tool: str = "", awaited: str | int | None = None) -> None:
        self._tool = tool
        self._awaited = awaited

    def read(self, raw: bytes) -> Reply:
        """Read one message; no bytes at all are none.

        Raises:
            UpstreamInvalid: it can't be understood, so it can't be screened.
        """
        if not raw.strip():
            return Reply(raw, {}, _EMPTY)
        document = reply_object(raw)
        if document.get("jsonrpc") != "2.0":
            raise UpstreamInvalid("The server's message is none of JSON-RPC 2.0.")
        walk = Walk("r")
        walk_message(walk, document)
        return Reply(raw, document, walk.content(), offers=_offers(document), results=self._results(document))

    def without(self, reply: Reply, offers: Collection[int]) -> bytes:
        """Give a message without some of the tools that it defines, by their position in `offers`."""
        path = ("result", "tools")
        tools = reply.document["result"]["tools"]
        spans = locate(reply.raw, [(*path, index) for index in range(len(tools))])
        kept = [reply.raw[slice(*spans[(*path, index)])] for index in range(len(tools)) if index not in offers]
        whole = locate(reply.raw, [path])[path]
        return patch(reply.raw, [(*whole, b"[" + b",".join(kept) + b"]")])

    def is_answer(self, reply: Reply) -> bool:
        """Tell whether a message is a response, after which nothing is waited for."""
        return "method" not in reply.document and bool(reply.document)

    def refusal(self, reply: Reply, error: AirlockError) -> bytes:
        """Give the error that takes a response's place; nobody waits for anything else."""
        return orjson.dumps(rpc_error(error, reply.document.get("id"))) if self.is_answer(reply) else b""

    def failure(self, error: AirlockError) -> bytes:
        """Give the error that answers the request; b"" if it awaits no response."""
        return b"" if self._awaited is None else orjson.dumps(rpc_error(error, self._awaited))

    def _results(self, document: Mapping[str, Any]) -> tuple[str, ...]:
        result = document.get("result")
        is_result = isinstance(result, dict) and ("content" in result or "structuredContent" in result)
        return (self._tool or UNNAMED,) if is_result else ()


def read_error(raw: bytes) -> Reply:
    """Read what a server says with an error's status. If it is no JSON-RPC, the status has to do."""
    try:
        document = reply_object(raw)
    except UpstreamInvalid:
        told = error_body(UpstreamInvalid("The server refused this with the status of this reply."))
        return Reply(told, orjson.loads(told), _EMPTY)
    walk = Walk("r")
    walk_message(walk, document)
    return Reply(raw, document, walk.content())


def _offers(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Name the tools that a message defines: a server's list, or those that come with its wish for a model's answer."""
    holder = document.get("params") if document.get("method") == "sampling/createMessage" else document.get("result")
    tools = holder.get("tools") if isinstance(holder, dict) else None
    listed = tools if isinstance(tools, list) else ()
    return tuple((name_or_none(tool.get("name")) if isinstance(tool, dict) else None) or UNNAMED for tool in listed)
