"""MCP: walk a message of either side: a request, a notification or a response.

A response does not say what it answers, but its members do: each name means one thing in all results.
"""

from typing import Any, Final

from gateway.dialects import places
from gateway.dialects.mcp.content import walk_blocks, walk_contents, walk_input
from gateway.dialects.members import Member, Members, objects_of, walk_members, walk_object, walk_text
from gateway.dialects.places import METADATA, OTHER, ROLE, TOOLS, Places
from gateway.dialects.schema import walk_schema
from gateway.dialects.slot import Path
from gateway.dialects.walk import Walk

_TOOL, _USER, _SYSTEM, _ASSISTANT = ROLE["tool"], ROLE["user"], ROLE["system"], ROLE["assistant"]


def walk_message(walk: Walk, document: dict[str, Any]) -> None:
    """Walk one JSON-RPC message."""
    method = document.get("method")
    known = _PARAMS.get(method) if isinstance(method, str) else None
    members = (
        {**_MESSAGE, "params": Walk.free, "method": Walk.label} if known is None else {**_MESSAGE, "params": known}
    )
    walk_members(walk, document, (), OTHER, members)


def _pass(_walk: Walk, _value: Any, _path: Path, _places: Places) -> None:
    """Pass over a name of the protocol's own."""


def _at(where: Places, member: Member) -> Member:
    """Give a member whose text is somebody's: its place is theirs."""
    return lambda walk, value, path, _places: member(walk, value, path, where)


def _params(where: Places, **known: Member) -> Member:
    members: Members = {"_meta": _META, **known}
    return lambda walk, value, path, _places: walk_object(walk, value, path, where, members)


def _messages(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    """Walk messages of a prompt or for a model; each is in the place of its role."""
    if not isinstance(value, list):
        return walk.free(value, path, OTHER)
    for index, message in enumerate(value):
        role = message.get("role") if isinstance(message, dict) else None
        where = places.of_role(role if isinstance(role, str) else "")
        walk_object(walk, message, (*path, index), where, {"role": Walk.label, "content": walk_blocks, "_meta": _META})
    return None


def _tools(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    """Walk definitions of tools."""
    objects_of(_DEFINITION)(walk, value, path, TOOLS)


def _result(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    """Walk a result: its content is a form that a user filled in, what a model said, or what a tool gave."""
    if not isinstance(value, dict):
        return walk.free(value, path, OTHER)
    content = _at(_ASSISTANT if "role" in value else _TOOL, walk_blocks)
    if "action" in value:
        content = _at(_USER, Walk.data)
    return walk_members(walk, value, path, OTHER, {**_RESULT, "content": content})


def _error(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    members: Members = {"code": Walk.options, "message": walk_text, "data": Walk.data}
    walk_object(walk, value, path, places.ERROR, members)


def _annotations(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    walk_schema(walk, value, path, TOOLS)


def _meta(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    """Walk what goes with a message: the token of its progress comes back as it went, the rest is data."""
    if not isinstance(value, dict):
        return walk.data(value, path, METADATA)
    walk.label(value.get("progressToken"), (*path, "progressToken"), METADATA)
    return walk.data({key: child for key, child in value.items() if key != "progressToken"}, path, METADATA)


_META: Final[Member] = _meta
_LIST: Final = ("tools/list", "resources/list", "resources/templates/list", "prompts/list", "tasks/list")
_TASKS: Final = ("tasks/get", "tasks/result", "tasks/cancel", "notifications/tasks/status")
_DEFINITION: Final[dict[str, Member]] = {
    "name": Walk.label,
    **dict.fromkeys(("title", "description"), walk_text),
    **dict.fromkeys(("inputSchema", "outputSchema"), walk_schema),
    "annotations": _annotations,
    "_meta": _META,
}
_RESULT: Final[dict[str, Member]] = {
    "_meta": _META,
    "structuredContent": _at(_TOOL, Walk.data),
    "isError": Walk.options,
    "contents": _at(_TOOL, walk_contents),
    "messages": _messages,
    "tools": _tools,
    "resources": objects_of({"uri": walk_text, "name": walk_text, "title": walk_text, "description": walk_text,
                             "mimeType": Walk.label, "size": Walk.options}),
    "instructions": _at(_SYSTEM, walk_text),
    "description": walk_text,
    "serverInfo": Walk.data,
    "capabilities": Walk.data,
    **dict.fromkeys(("protocolVersion", "resultType", "model", "role", "stopReason", "action"), Walk.label),
    "nextCursor": Walk.label,
    "completion": _at(_TOOL, Walk.data),
    "roots": _at(_USER, Walk.data),
}  # fmt: skip
_SAMPLING: Final[dict[str, Member]] = {
    "messages": _messages,
    "systemPrompt": _at(_SYSTEM, walk_text),
    "tools": _tools,
    **dict.fromkeys(
        ("modelPreferences", "includeContext", "temperature", "maxTokens", "stopSequences", "toolChoice"), Walk.options
    ),
    "metadata": _META,
}
_PARAMS: Final[dict[str, Member]] = {
    **dict.fromkeys(_LIST, _params(OTHER, cursor=Walk.label)),
    **dict.fromkeys(_TASKS, _params(_TOOL, taskId=Walk.label, status=Walk.label, statusMessage=walk_text)),
    "initialize": _params(OTHER, protocolVersion=Walk.label, capabilities=Walk.data, clientInfo=Walk.data),
    "tools/call": _params(_ASSISTANT, name=Walk.label, arguments=walk_input),
    "prompts/get": _params(_USER, name=Walk.label, arguments=walk_input),
    "resources/read": _params(_USER, uri=walk_text),
    "resources/subscribe": _params(_USER, uri=walk_text),
    "resources/unsubscribe": _params(_USER, uri=walk_text),
    "completion/complete": _params(_USER, ref=Walk.data, argument=walk_input, context=walk_input),
    "logging/setLevel": _params(OTHER, level=Walk.label),
    "sampling/createMessage": _params(_TOOL, **_SAMPLING),
    "elicitation/create": _params(
        _TOOL, message=walk_text, requestedSchema=walk_schema, mode=Walk.label, url=walk_text, elicitationId=Walk.label
    ),
    "notifications/message": _params(_TOOL, level=Walk.label, logger=Walk.label, data=Walk.data),
    "notifications/progress": _params(
        _TOOL, progressToken=Walk.label, progress=Walk.options, total=Walk.options, message=walk_text
    ),
    "notifications/cancelled": _params(OTHER, requestId=Walk.label, reason=walk_text),
    "notifications/resources/updated": _params(_TOOL, uri=walk_text),
}
_MESSAGE: Final[dict[str, Member]] = {
    **dict.fromkeys(("jsonrpc", "id"), Walk.label),
    "method": _pass,
    "result": _result,
    "error": _error,
}
