"""Chat Completions: walk one message, in a request or in a reply.

Format: https://platform.openai.com/docs/api-reference/chat (messages, content parts, tool calls).
"""

from collections.abc import Callable
from typing import Any, Final

from gateway.dialects.places import Places
from gateway.dialects.slot import Path
from gateway.dialects.walk import Walk

Member = Callable[[Walk, Any, Path, Places], None]
"""Walks the value of one member of an object."""

MODALITY: Final = {"image_url": "image", "input_audio": "audio", "file": "file"}
"""Content parts that are no text, by type, and what they are."""

_END_OF_TIME: Final = 2**32


def walk_members(walk: Walk, value: dict[str, Any], path: Path, places: Places, known: dict[str, Member]) -> None:
    """Walk an object's members: each known one in its way, the others as free text."""
    unknown = False
    for key, child in value.items():
        member = known.get(key)
        if member is None:
            unknown = True
        elif child is not None:
            member(walk, child, (*path, key), places)
    if unknown:
        rest = {key: child for key, child in value.items() if key not in known}
        walk.free(rest, path, places)


def walk_text(walk: Walk, value: Any, path: Path, places: Places) -> None:
    """Walk prose, which is never taken for a medium's bytes; anything but a string is walked as free text."""
    if isinstance(value, str):
        walk.prose(value, path, places)
    else:
        walk.free(value, path, places)


def walk_content(walk: Walk, value: Any, path: Path, places: Places) -> None:
    """Walk a message's content: a string, or a list of parts."""
    if isinstance(value, str):
        walk.prose(value, path, places)
    elif isinstance(value, list):
        for index, part in enumerate(value):
            _part(walk, part, (*path, index), places)
    else:
        walk.free(value, path, places)


def walk_tool_calls(walk: Walk, value: Any, path: Path, places: Places) -> None:
    """Walk the tool calls of a message."""
    if not isinstance(value, list):
        return walk.free(value, path, places)
    for index, call in enumerate(value):
        _object(walk, call, (*path, index), places, _CALL)
    return None


def walk_call(walk: Walk, value: Any, path: Path, places: Places) -> None:
    """Walk `{name, arguments}`: the function of a tool call."""
    _object(walk, value, path, places, _FUNCTION)


def walk_audio(walk: Walk, value: Any, path: Path, places: Places) -> None:
    """Walk a spoken reply: its transcript is text, the sound itself can't be read."""
    if isinstance(value, dict) and value.get("data"):
        walk.skip(places.text, "modality.audio")
    _object(walk, value, path, places, _AUDIO)


def walk_name(walk: Walk, value: Any, path: Path, places: Places) -> None:
    """Walk the name of a participant: it may be a person's."""
    if isinstance(value, str):
        walk.text(value, path, places.name)
    else:
        walk.free(value, path, places)


def walk_time(walk: Walk, value: Any, path: Path, places: Places) -> None:
    """Pass over a time in Unix seconds, which a provider gives with every reply; anything else is a setting."""
    if not (type(value) is int and 0 <= value < _END_OF_TIME):
        walk.options(value, path, places)


def _object(walk: Walk, value: Any, path: Path, places: Places, known: dict[str, Member]) -> None:
    if isinstance(value, dict):
        walk_members(walk, value, path, places, known)
    else:
        walk.free(value, path, places)


def _part(walk: Walk, part: Any, path: Path, places: Places) -> None:
    if not isinstance(part, dict):
        return walk.free(part, path, places)
    kind = part.get("type")
    known = _PARTS.get(kind) if isinstance(kind, str) else None
    if known is None:
        walk.skip(places.text, "unknown_part")
        return walk.free(part, path, places)
    if kind in MODALITY:
        walk.skip(places.text, f"modality.{MODALITY[kind]}")
    return walk_members(walk, part, path, places, known)


def _medium(walk: Walk, value: Any, path: Path, places: Places) -> None:
    """Walk an image, a sound or a file: an address or a file's name is text, its data is not."""
    if isinstance(value, dict):
        walk_members(walk, value, path, places, _MEDIUM)
    else:
        _address(walk, value, path, places)


def _address(walk: Walk, value: Any, path: Path, places: Places) -> None:
    if not (isinstance(value, str) and value[:5].lower() == "data:"):
        walk_text(walk, value, path, places)


def _data(walk: Walk, value: Any, path: Path, places: Places) -> None:
    if not isinstance(value, str):  # a string is the bytes of the medium, which its part's `skip` stands for
        walk.free(value, path, places)


def _walk_input(walk: Walk, value: Any, path: Path, places: Places) -> None:
    """Walk the input of a custom tool, which is free text and not JSON."""
    if isinstance(value, str):
        walk.text(value, path, places.arguments)
    else:
        walk.free(value, path, places)


_FUNCTION: Final[dict[str, Member]] = {"name": Walk.label, "arguments": Walk.arguments}
_CUSTOM: Final[dict[str, Member]] = {"name": Walk.label, "input": _walk_input}
_CALL: Final[dict[str, Member]] = {
    "id": Walk.label,
    "type": Walk.label,
    "index": Walk.options,
    "function": walk_call,
    "custom": lambda walk, value, path, places: _object(walk, value, path, places, _CUSTOM),
}
_AUDIO: Final[dict[str, Member]] = {
    "id": Walk.label,
    "data": _data,
    "transcript": walk_text,
    "expires_at": walk_time,
}
_MEDIUM: Final[dict[str, Member]] = {
    "url": _address,
    "detail": Walk.label,
    "data": _data,
    "format": Walk.label,
    "file_data": _data,
    "file_id": Walk.label,
    "filename": walk_text,
}
_SHARED: Final[dict[str, Member]] = {"type": Walk.label, "cache_control": Walk.options}
_PARTS: Final[dict[str, dict[str, Member]]] = {
    "text": {**_SHARED, "text": walk_text},
    "refusal": {**_SHARED, "refusal": walk_text},
    **{name: {**_SHARED, name: _medium} for name in MODALITY},
}
