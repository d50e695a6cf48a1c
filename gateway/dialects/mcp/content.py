"""MCP: walk what tools, prompts, resources and models say, block by block.

Format: https://modelcontextprotocol.io/specification/2025-06-18/server/tools#tool-result and its newer versions.
"""

from dataclasses import replace
from typing import Any, Final

from gateway.dialects.files.walking import Medium
from gateway.dialects.members import Member, Members, pass_data, walk_members, walk_text, walk_typed
from gateway.dialects.places import Places
from gateway.dialects.slot import Path
from gateway.dialects.walk import Walk

_MEDIA: Final = {"image": Medium("image"), "audio": Medium("audio")}


def walk_blocks(walk: Walk, value: Any, path: Path, where: Places) -> None:
    """Walk a list of content blocks, or one of them; an object that is none is data."""
    if isinstance(value, list):
        for index, block in enumerate(value):
            walk_typed(walk, block, (*path, index), where, _BLOCKS, _MEDIA)
    elif isinstance(value, dict) and "type" in value:
        walk_typed(walk, value, path, where, _BLOCKS, _MEDIA)
    else:
        walk.data(value, path, where)


def walk_input(walk: Walk, value: Any, path: Path, where: Places) -> None:
    """Walk the arguments of a call, an object."""
    walk.data(value, path, replace(where, text=where.arguments))


def walk_contents(walk: Walk, value: Any, path: Path, where: Places) -> None:
    """Walk the contents of a resource, one or a list."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            _resource(walk, item, (*path, index), where)
    else:
        _resource(walk, value, path, where)


def _resource(walk: Walk, value: Any, path: Path, where: Places) -> None:
    if not isinstance(value, dict):
        return walk.free(value, path, where)
    if value.get("blob"):
        walk.skip(where.text, "modality.file")
    return walk_members(walk, value, path, where, _RESOURCE)


_SHARED: Final[Members] = {"type": Walk.label, "annotations": Walk.options}
_RESOURCE: Final[Members] = {"uri": walk_text, "mimeType": Walk.label, "text": walk_text, "blob": pass_data}
_LINK: Final[Members] = {
    **_SHARED,
    **dict.fromkeys(("uri", "name", "title", "description"), walk_text),
    "mimeType": Walk.label,
    "size": Walk.options,
}
_MEDIUM: Final[Members] = {**_SHARED, "data": pass_data, "mimeType": Walk.label}
_RESULT: Final[dict[str, Member]] = {
    **_SHARED,
    "toolUseId": Walk.label,
    "content": walk_blocks,
    "structuredContent": Walk.data,
}
_BLOCKS: Final[dict[str, Members]] = {
    "text": {**_SHARED, "text": walk_text},
    "image": _MEDIUM,
    "audio": _MEDIUM,
    "resource": {**_SHARED, "resource": _resource},
    "resource_link": _LINK,
    "tool_use": {**_SHARED, "id": Walk.label, "name": Walk.label, "input": walk_input},
    "tool_result": _RESULT,
}
