"""Anthropic Messages: walk the definitions of tools, and name them.

Format: https://docs.anthropic.com/en/docs/agents-and-tools/tool-use.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from gateway.dialects import places
from gateway.dialects.members import Member, walk_object
from gateway.dialects.message import UNNAMED
from gateway.dialects.places import Places
from gateway.dialects.reading import name_or_none
from gateway.dialects.schema import walk_keyword, walk_schema
from gateway.dialects.slot import Path
from gateway.dialects.walk import Walk

CALLS: Final = ("tool_use", "server_tool_use", "mcp_tool_use")
"""Blocks by which a model calls a tool; the first is for the client to carry out, the others for the provider."""


def walk_tools(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    """Walk a list of tools."""
    if not isinstance(value, list):
        return walk_schema(walk, value, path, places.TOOLS)
    for index, tool in enumerate(value):
        walk_tool(walk, tool, (*path, index), _places)
    return None


def walk_tool(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    """Walk one tool: its names are the protocol's, the rest is schema and prose."""
    if not isinstance(value, dict):
        return walk_schema(walk, value, path, places.TOOLS)
    for key, child in value.items():
        if key in ("name", "mcp_server_name"):
            walk.label(child, (*path, key), places.TOOLS)
        else:
            walk_keyword(walk, key, child, path)
    return None


def walk_change(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    """Walk what a conversation adds to its tools or takes away: a tool's name, or its definition."""
    walk_object(walk, value, path, places.TOOLS, _CHANGED)


def tool_names(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Name the tools that a request offers, those too that its messages add; a toolset has only a type."""
    added = [block.get("tool") for block in blocks(document) if block.get("type") == "tool_addition"]
    offered = [*(document.get("tools") or ()), *(_defined(tool) for tool in added)]
    return tuple(_name(tool.get("name") or tool.get("type")) for tool in offered if isinstance(tool, dict))


def new_results(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Name the tools whose results stand after the model's last turn."""
    messages = document["messages"]
    turns = [index for index, message in enumerate(messages) if message["role"] == "assistant"]
    new = {"messages": messages[turns[-1] + 1 :] if turns else messages}
    called = {str(block.get("id")): block.get("name") for block in blocks(document) if block.get("type") in CALLS}
    results = (block for block in blocks(new) if block.get("type") == "tool_result")
    return tuple(_name(called.get(str(block.get("tool_use_id")))) for block in results)


def blocks(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Give all blocks of a request's messages, one by one."""
    for message in document["messages"]:
        content = message.get("content")
        if isinstance(content, list):
            yield from content


def _defined(change: Any) -> Any:
    return change.get("definition", change) if isinstance(change, dict) else None


def _name(name: Any) -> str:
    return name_or_none(name) or UNNAMED


_CHANGED: Final[dict[str, Member]] = {
    **dict.fromkeys(("type", "name", "server_name"), Walk.label),
    "definition": walk_tool,
}
