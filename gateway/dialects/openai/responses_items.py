"""Responses: walk items, the one list of things that requests, replies and conversations are made of.

Format: https://platform.openai.com/docs/api-reference/responses/object (output) and .../create (input).
"""

from dataclasses import replace
from typing import Any, Final

from gateway.dialects import places
from gateway.dialects.members import Member, pass_data, walk_input, walk_members, walk_object, walk_text
from gateway.dialects.openai.chat_tools import walk_definitions
from gateway.dialects.openai.responses_parts import (
    walk_arguments,
    walk_content,
    walk_part,
    walk_sealed,
)
from gateway.dialects.places import Places
from gateway.dialects.slot import Path
from gateway.dialects.walk import UNKNOWN_PART, Walk


def walk_items(walk: Walk, value: Any, path: Path, where: Places) -> None:
    """Walk `input` or `output`: a string, or a list of items."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            walk_item(walk, item, (*path, index), where)
    else:
        walk_content(walk, value, path, places.ROLE["user"])


def walk_item(walk: Walk, item: Any, path: Path, where: Places) -> None:
    """Walk one item. One of an unknown type is `unknown_part`, and its strings are screened all the same.

    A reference holds nothing to read: it leads to an item that passed the doors in an earlier call of this tenant, or
    is refused (`responses_kept`).
    """
    if not isinstance(item, dict):
        return walk.free(item, path, where)
    kind = item_type(item)
    known = _ITEMS.get(kind)
    if known is None:
        walk.skip(where.text, UNKNOWN_PART)
        return walk.free(item, path, where)
    return walk_members(walk, item, path, places.of_role(_owner(item, kind)), known)


def item_type(item: dict[str, Any]) -> str:
    """Give the type of an item; a message and a reference need not name theirs, "" for one that can't be told."""
    kind = item.get("type")
    if kind is None:
        return "message" if "role" in item else "item_reference" if item.keys() == {"id"} else ""
    return kind if isinstance(kind, str) else ""


def _owner(item: dict[str, Any], kind: str) -> str:
    if kind == "message":
        role = item.get("role")
        return role if isinstance(role, str) else "other"
    if kind == "mcp_approval_response":
        return "user"
    return "tool" if kind.endswith("_output") else "assistant"


def _of_tool(member: Member) -> Member:
    """Walk what a tool said inside the item of its call."""
    return lambda walk, value, path, _places: member(walk, value, path, places.ROLE["tool"])


def _action(walk: Walk, value: Any, path: Path, where: Places) -> None:
    """Walk what a tool is to do: all its strings are arguments."""
    walk_object(walk, value, path, replace(where, text=where.arguments), _NAMED)


def _actions(walk: Walk, value: Any, path: Path, where: Places) -> None:
    if not isinstance(value, list):
        return _action(walk, value, path, where)
    for index, action in enumerate(value):
        _action(walk, action, (*path, index), where)
    return None


def _picture(walk: Walk, value: Any, path: Path, where: Places) -> None:
    if value:
        walk.skip(where.text, "modality.image")
    pass_data(walk, value, path, where)


def _outputs(walk: Walk, value: Any, path: Path, where: Places) -> None:
    """Walk what code printed and drew."""
    for index, output in enumerate(value if isinstance(value, list) else ()):
        if isinstance(output, dict) and output.get("type") == "image":
            walk.skip(where.text, "modality.image")
        walk_object(walk, output, (*path, index), where, _NAMED)
    if not isinstance(value, list):
        walk.free(value, path, where)


def walk_tools(walk: Walk, value: Any, path: Path, where: Places) -> None:
    """Walk the definitions of tools."""
    if isinstance(value, list):
        walk_definitions(walk, value, path, where)
    else:
        walk.free(value, path, places.TOOLS)


_NAMED: Final[dict[str, Member]] = {"type": Walk.label}
_SHARED: Final[dict[str, Member]] = {
    **dict.fromkeys(
        ("id", "type", "status", "call_id", "namespace", "created_by", "approval_request_id", "role", "phase"),
        Walk.label,
    ),
    **dict.fromkeys(("name", "server_label", "container_id", "fingerprint", "execution"), Walk.label),
    **dict.fromkeys(("caller", "async", "max_output_length", "approve"), Walk.options),
}
_CALL: Final[dict[str, Member]] = {**_SHARED, "arguments": walk_arguments}
_RUN: Final[dict[str, Member]] = {
    **_SHARED,
    **dict.fromkeys(("action", "actions", "operation", "queries"), _actions),
    "results": _of_tool(Walk.free),
    "environment": Walk.options,
}
_RESULT: Final[dict[str, Member]] = {**_SHARED, "output": walk_content}
_SEALED: Final[dict[str, Member]] = {
    **_SHARED,
    "summary": walk_content,
    "content": walk_content,
    "encrypted_content": walk_sealed,
}
_OFFER: Final[dict[str, Member]] = {**_SHARED, "tools": walk_tools}
_PICTURE_OPTIONS: Final = ("action", "background", "output_format", "quality", "size", "svg_usage")
_ITEMS: Final[dict[str, dict[str, Member]]] = {
    "message": {**_SHARED, "content": walk_content},
    **dict.fromkeys(("function_call", "mcp_approval_request", "tool_search_call"), _CALL),
    **dict.fromkeys(
        (
            "web_search_call", "file_search_call", "computer_call", "local_shell_call", "shell_call",
            "apply_patch_call",
        ),
        _RUN,
    ),
    **dict.fromkeys(
        ("function_call_output", "custom_tool_call_output", "local_shell_call_output", "apply_patch_call_output"),
        _RESULT,
    ),
    "shell_call_output": {**_SHARED, "output": Walk.free},
    "computer_call_output": {**_SHARED, "output": walk_part},
    "custom_tool_call": {**_SHARED, "input": walk_input},
    "mcp_call": {**_CALL, "output": _of_tool(walk_text), "error": _of_tool(Walk.free)},
    "mcp_list_tools": {**_OFFER, "error": _of_tool(Walk.free)},
    "mcp_approval_response": {**_SHARED, "reason": walk_text},
    "code_interpreter_call": {**_SHARED, "code": walk_input, "outputs": _of_tool(_outputs)},
    "image_generation_call": {
        **_SHARED,
        **dict.fromkeys(_PICTURE_OPTIONS, Walk.options),
        "result": _picture,
        "revised_prompt": walk_text,
    },
    **dict.fromkeys(("reasoning", "compaction"), _SEALED),
    **dict.fromkeys(("tool_search_output", "additional_tools"), _OFFER),
    "program": {**_SHARED, "code": walk_input},
    "program_output": {**_SHARED, "result": walk_text},
    **dict.fromkeys(("compaction_trigger", "item_reference", "configuration_update"), _SHARED),
}  # fmt: skip
"""How to walk an item, by its type. What a row doesn't name is screened as free text."""
