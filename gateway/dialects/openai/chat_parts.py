"""Chat Completions: walk one message, in a request or in a reply.

Format: https://platform.openai.com/docs/api-reference/chat (messages, content parts, tool calls).
"""

from typing import Any, Final

from gateway.dialects.files.walking import Medium
from gateway.dialects.members import (
    Member,
    pass_data,
    walk_address,
    walk_input,
    walk_members,
    walk_object,
    walk_text,
    walk_time,
    walk_typed,
)
from gateway.dialects.places import Places
from gateway.dialects.slot import Path
from gateway.dialects.walk import Walk

_MEDIA: Final = {
    "image_url": Medium("image", ("image_url", "url")),
    "input_audio": Medium("audio"),
    "file": Medium(
        "file",
        ("file", "file_data"),
        ("file", "filename"),
        others=(("file", "file_id"),),
        as_text=lambda text: {"type": "text", "text": text},
    ),
}

MODALITY: Final = {kind: medium.modality for kind, medium in _MEDIA.items()}
"""Content parts that are no text, by type, and what they are."""


def walk_content(walk: Walk, value: Any, path: Path, places: Places) -> None:
    """Walk a message's content: a string, or a list of parts."""
    if isinstance(value, str):
        walk.prose(value, path, places)
    elif isinstance(value, list):
        for index, part in enumerate(value):
            walk_typed(walk, part, (*path, index), places, _PARTS, _MEDIA)
    else:
        walk.free(value, path, places)


def walk_tool_calls(walk: Walk, value: Any, path: Path, places: Places) -> None:
    """Walk the tool calls of a message."""
    if not isinstance(value, list):
        return walk.free(value, path, places)
    for index, call in enumerate(value):
        walk_object(walk, call, (*path, index), places, _CALL)
    return None


def walk_call(walk: Walk, value: Any, path: Path, places: Places) -> None:
    """Walk `{name, arguments}`: the function of a tool call."""
    walk_object(walk, value, path, places, _FUNCTION)


def walk_audio(walk: Walk, value: Any, path: Path, places: Places) -> None:
    """Walk a spoken reply: its transcript is text, the sound itself can't be read."""
    if isinstance(value, dict) and value.get("data"):
        walk.skip(places.text, "modality.audio")
    walk_object(walk, value, path, places, _AUDIO)


def _medium(walk: Walk, value: Any, path: Path, places: Places) -> None:
    """Walk an image, a sound or a file: an address or a file's name is text, its data is not."""
    if isinstance(value, dict):
        walk_members(walk, value, path, places, _MEDIUM)
    else:
        walk_address(walk, value, path, places)


_FUNCTION: Final[dict[str, Member]] = {"name": Walk.label, "arguments": Walk.arguments}
_CUSTOM: Final[dict[str, Member]] = {"name": Walk.label, "input": walk_input}
_CALL: Final[dict[str, Member]] = {
    "id": Walk.label,
    "type": Walk.label,
    "index": Walk.options,
    "function": walk_call,
    "custom": lambda walk, value, path, places: walk_object(walk, value, path, places, _CUSTOM),
}
_AUDIO: Final[dict[str, Member]] = {
    "id": Walk.label,
    "data": pass_data,
    "transcript": walk_text,
    "expires_at": walk_time,
}
_MEDIUM: Final[dict[str, Member]] = {
    "url": walk_address,
    "detail": Walk.label,
    "data": pass_data,
    "format": Walk.label,
    "file_data": pass_data,
    "file_id": Walk.label,
    "filename": walk_text,
}
_SHARED: Final[dict[str, Member]] = {"type": Walk.label, "cache_control": Walk.options}
_PARTS: Final[dict[str, dict[str, Member]]] = {
    "text": {**_SHARED, "text": walk_text},
    "refusal": {**_SHARED, "refusal": walk_text},
    **{name: {**_SHARED, name: _medium} for name in MODALITY},
}
