"""Responses: the tool calls among items, and whose results they wait for."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import orjson

from gateway.dialects.message import UNNAMED, ToolCall
from gateway.dialects.openai.responses_items import item_type
from gateway.dialects.reading import name_or_none

WANTED: Final = {
    "function_call": "arguments",
    "mcp_call": "arguments",
    "mcp_approval_request": "arguments",
    "custom_tool_call": "input",
    "tool_search_call": "arguments",
    "local_shell_call": "action",
    "shell_call": "action",
    "computer_call": "action",
    "apply_patch_call": "operation",
}
"""The calls that something is done upon, by the client or on its word, and where each says what it wants.

What the provider runs by itself (a search of its own, its code interpreter) is part of its answer.
"""


def tool_calls(items: Iterable[Any]) -> tuple[ToolCall, ...]:
    """Give the calls among these items, in their order."""
    wanted = (item for item in items if isinstance(item, dict) and item_type(item) in WANTED)
    return tuple(ToolCall(call_name(item), call_arguments(item)) for item in wanted)


def call_name(item: dict[str, Any]) -> str:
    """Name the tool that an item calls; one that has no name of its own goes by its type."""
    return name_or_none(item.get("name", item_type(item).removesuffix("_call"))) or UNNAMED


def call_arguments(item: dict[str, Any]) -> str:
    """Give what a call wants: as the model wrote it, or an object as JSON."""
    wanted = item.get(WANTED[item_type(item)], item.get("actions"))
    return wanted if isinstance(wanted, str) else orjson.dumps(wanted).decode()


def parts(items: Iterable[Any]) -> dict[str, str]:
    """Give what a later call may name of these items: their ids, and those of the calls with their tools."""
    named = {name: "" for item in items if isinstance(item, dict) and (name := name_or_none(item.get("id")))}
    return named | call_names(items)


def call_names(items: Iterable[Any]) -> dict[str, str]:
    """Give the names of the tools that are called, by the ids of the calls."""
    return {
        item["call_id"]: call_name(item)
        for item in items
        if isinstance(item, dict) and item_type(item) in WANTED and isinstance(item.get("call_id"), str)
    }


def new_results(items: list[Any]) -> list[tuple[str, str]]:
    """Give the tools whose results end the input, each with the id of its call ("" for none).

    Calls and results that take turns there are one turn.
    """
    names = call_names(items)
    results = [item for item in _tail(items) if item_type(item).endswith("_output")]
    return [(_called(item, names), name_or_none(item.get("call_id")) or "") for item in reversed(results)]


def tool_names(tools: Any) -> tuple[str, ...]:
    """Name the tools on offer, in their order: by name, a server by its label, a hosted tool by its type."""
    names: list[str] = []
    for tool in tools if isinstance(tools, list) else ():
        inner = tool.get("tools") if isinstance(tool, dict) else None
        if isinstance(inner, list):
            names += tool_names(inner)
        elif isinstance(tool, dict):
            name = next((tool[key] for key in ("name", "server_label", "type") if isinstance(tool.get(key), str)), "")
            names.append(name_or_none(name) or UNNAMED)
    return tuple(names)


def _tail(items: list[Any]) -> Iterator[dict[str, Any]]:
    for item in reversed(items):
        if not isinstance(item, dict) or not (item_type(item).endswith("_output") or item_type(item) in WANTED):
            return
        yield item


def _called(item: dict[str, Any], names: Mapping[str, str]) -> str:
    call_id = item.get("call_id")
    if isinstance(call_id, str) and call_id in names:
        return names[call_id]
    hosted = item_type(item).removesuffix("_call_output")
    return name_or_none(item.get("name")) or (UNNAMED if hosted in ("function", "custom_tool") else hosted)
