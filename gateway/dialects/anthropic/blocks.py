"""Anthropic Messages: walk content blocks, in a request or in a reply.

Format: https://docs.anthropic.com/en/api/messages (content blocks), and the types of Anthropic's SDK.
"""

from dataclasses import replace
from typing import Any, Final

from gateway.dialects.anthropic.opaque import walk_encrypted, walk_seal
from gateway.dialects.anthropic.tools import walk_change, walk_tools
from gateway.dialects.files.walking import Medium, walk_medium
from gateway.dialects.members import (
    Member,
    object_of,
    objects_of,
    pass_data,
    walk_address,
    walk_text,
    walk_typed,
)
from gateway.dialects.places import ROLE, Places
from gateway.dialects.slot import Path
from gateway.dialects.walk import Walk


def walk_content(walk: Walk, value: Any, path: Path, places: Places) -> None:
    """Walk content: a string, a block or a list of blocks."""
    if isinstance(value, list):
        for index, block in enumerate(value):
            _item(walk, block, (*path, index), places)
    elif isinstance(value, str):
        walk.prose(value, path, places)
    else:
        _item(walk, value, path, places)


def walk_block(walk: Walk, block: dict[str, Any], path: Path, places: Places) -> None:
    """Walk one block."""
    kind = block.get("type")
    if isinstance(kind, str) and kind in _MEDIA:
        _medium(walk, block, path, places)
    walk_typed(walk, block, path, places, BLOCKS)


def walk_input(walk: Walk, value: Any, path: Path, places: Places) -> None:
    """Walk the input of a tool, an object of any shape."""
    walk.data(value, path, replace(places, text=places.arguments))


def _item(walk: Walk, value: Any, path: Path, places: Places) -> None:
    if isinstance(value, dict):
        walk_block(walk, value, path, places)
    else:
        walk.free(value, path, places)


def _medium(walk: Walk, block: dict[str, Any], path: Path, places: Places) -> None:
    """Note a medium. A document that is text as it stands, or is made of blocks, is walked like any."""
    source = block.get("source")
    kind = source.get("type") if isinstance(source, dict) else None
    if block["type"] != "document" or kind not in _READABLE:
        medium = _MEDIA[block["type"]]
        walk_medium(walk, block, path, places, medium if kind == "base64" else Medium(medium.modality))


def _source(walk: Walk, value: Any, path: Path, places: Places) -> None:
    is_text = isinstance(value, dict) and value.get("type") == "text"
    (_TEXT_SOURCE if is_text else _MEDIUM_SOURCE)(walk, value, path, places)


def _result(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    walk_content(walk, value, path, ROLE["tool"])


_MEDIA: Final = {
    "image": Medium("image", ("source", "data"), type=("source", "media_type")),
    "document": Medium(
        "file",
        ("source", "data"),
        type=("source", "media_type"),
        replaces=("source",),
        as_text=lambda text: {"type": "text", "media_type": "text/plain", "data": text},
    ),
    "container_upload": Medium("file"),
}
_READABLE: Final = ("text", "content")
_SHARED: Final[dict[str, Member]] = {"type": Walk.label, "cache_control": Walk.options}

CITATION: Final[dict[str, Member]] = {
    **dict.fromkeys(("cited_text", "document_title", "title", "source", "url"), walk_text),
    **dict.fromkeys(("type", "file_id"), Walk.label),
    "encrypted_index": walk_seal,
}
"""Where a statement comes from."""

_CITATIONS: Final = objects_of(CITATION)


def _citations(walk: Walk, value: Any, path: Path, places: Places) -> None:
    """Walk a text's citations, or the switch that asks for some."""
    (_CITATIONS if isinstance(value, list) else Walk.options)(walk, value, path, places)


_SOURCE: Final[dict[str, Member]] = {
    **dict.fromkeys(("type", "media_type", "file_id"), Walk.label),
    "data": pass_data,
    "url": walk_address,
    "content": walk_content,
}
_MEDIUM_SOURCE: Final = object_of(_SOURCE)
_TEXT_SOURCE: Final = object_of({**_SOURCE, "data": walk_text})
_MEDIUM: Final[dict[str, Member]] = {
    **_SHARED,
    "source": _source,
    **dict.fromkeys(("title", "context"), walk_text),
    "citations": _citations,
    "transformations": Walk.options,
}
_CALL: Final[dict[str, Member]] = {
    **_SHARED,
    **dict.fromkeys(("id", "name", "server_name", "toolset_name"), Walk.label),
    "input": walk_input,
    "caller": Walk.options,
}
_RESULT: Final[dict[str, Member]] = {
    **_SHARED,
    **dict.fromkeys(("tool_use_id", "toolset_name"), Walk.label),
    **dict.fromkeys(("is_error", "caller"), Walk.options),
    "content": _result,
}
_FOUND: Final[dict[str, Member]] = {
    **_SHARED,
    **dict.fromkeys(("title", "url", "page_age", "text", "stdout", "stderr", "error_message"), walk_text),
    **dict.fromkeys(("file_id", "tool_name", "file_type", "error_code", "stop_reason", "retrieved_at"), Walk.label),
    **dict.fromkeys(("encrypted_content", "encrypted_stdout"), walk_encrypted),
    **dict.fromkeys(("content", "tool_references"), walk_content),
}
"""What a tool of the provider has found: the parts of its result."""

_CHANGE: Final[dict[str, Member]] = {**_SHARED, "tool": walk_change}
_RESULTS: Final = (
    "tool_result", "mcp_tool_result", "web_search_tool_result", "web_fetch_tool_result", "advisor_tool_result",
    "code_execution_tool_result", "bash_code_execution_tool_result", "text_editor_code_execution_tool_result",
    "tool_search_tool_result",
)  # fmt: skip
_FINDS: Final = (
    "web_search_result", "web_fetch_result", "advisor_result", "advisor_redacted_result", "code_execution_result",
    "encrypted_code_execution_result", "code_execution_output", "bash_code_execution_result",
    "bash_code_execution_output", "text_editor_code_execution_view_result", "text_editor_code_execution_create_result",
    "text_editor_code_execution_str_replace_result", "tool_search_tool_search_result", "tool_reference",
    *(f"{result}_error" for result in _RESULTS),
)  # fmt: skip
BLOCKS: Final[dict[str, dict[str, Member]]] = {
    "text": {**_SHARED, "text": walk_text, "citations": _citations},
    "image": _MEDIUM,
    "document": _MEDIUM,
    "search_result": {**_FOUND, "source": walk_text, "citations": _citations},
    "thinking": {**_SHARED, "thinking": Walk.sealed, "signature": walk_seal},
    "redacted_thinking": {**_SHARED, "data": walk_encrypted},
    **dict.fromkeys(("tool_use", "server_tool_use", "mcp_tool_use"), _CALL),
    **dict.fromkeys(_RESULTS, _RESULT),
    **dict.fromkeys(_FINDS, _FOUND),
    "container_upload": {**_SHARED, "file_id": Walk.label},
    "compaction": {
        **_SHARED,
        "content": Walk.sealed,
        "encrypted_content": walk_encrypted,
        "signature": walk_seal,
        "tool_changes": walk_content,
    },
    "tool_addition": _CHANGE,
    "tool_removal": _CHANGE,
    "mcp_tool_listing": {**_SHARED, "mcp_server_name": Walk.label, "tools": walk_tools},
    "fallback": {**_SHARED, **dict.fromkeys(("from", "to", "trigger"), Walk.options)},
    "browser_state": {**_SHARED, **dict.fromkeys(("tabs", "state_changes"), Walk.free)},
}
"""How to walk each known block, by type."""
