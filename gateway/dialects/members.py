"""Walk the members of a JSON object by a table: each known one in its way, the others as free text.

What every vendor's walker is made of. A table maps a member's name to the function that walks its value.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from gateway.dialects.files.walking import Medium, walk_medium
from gateway.dialects.places import Places
from gateway.dialects.slot import Path
from gateway.dialects.walk import UNKNOWN_PART, Walk

Member = Callable[[Walk, Any, Path, Places], None]
"""Walks the value of one member of an object."""

Members = Mapping[str, Member]
"""How to walk the known members of an object, by name."""

_END_OF_TIME: Final = 2**32
_NONE: Final[Mapping[str, Medium]] = {}


def walk_members(walk: Walk, value: dict[str, Any], path: Path, places: Places, known: Members) -> None:
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


def walk_object(walk: Walk, value: Any, path: Path, places: Places, known: Members) -> None:
    """Walk an object by a table; anything that is no object is walked as free text."""
    if isinstance(value, dict):
        walk_members(walk, value, path, places, known)
    else:
        walk.free(value, path, places)


def walk_objects(walk: Walk, value: Any, path: Path, places: Places, known: Members) -> None:
    """Walk a list of objects, each by the same table."""
    if not isinstance(value, list):
        return walk.free(value, path, places)
    for index, item in enumerate(value):
        walk_object(walk, item, (*path, index), places, known)
    return None


def walk_typed(
    walk: Walk, part: Any, path: Path, places: Places, known: Mapping[str, Members], media: Mapping[str, Medium] = _NONE
) -> None:
    """Walk a part of some content by the table for its `type`; `media` says where the media are, by type.

    One of a type that nobody knows is `unknown_part`, and its strings are screened all the same.
    """
    if not isinstance(part, dict):
        return walk.free(part, path, places)
    kind = part.get("type")
    kind = kind if isinstance(kind, str) else ""
    members = known.get(kind)
    if members is None:
        walk.skip(places.text, UNKNOWN_PART)
        return walk.free(part, path, places)
    if kind in media:
        walk_medium(walk, part, path, places, media[kind])
    return walk_members(walk, part, path, places, members)


def object_of(known: Members) -> Member:
    """Give the member that is an object with these members."""
    return lambda walk, value, path, places: walk_object(walk, value, path, places, known)


def objects_of(known: Members) -> Member:
    """Give the member that is a list of objects with these members."""
    return lambda walk, value, path, places: walk_objects(walk, value, path, places, known)


def walk_text(walk: Walk, value: Any, path: Path, places: Places) -> None:
    """Walk prose, which is never taken for a medium's bytes; anything but a string is walked as free text."""
    if isinstance(value, str):
        walk.prose(value, path, places)
    else:
        walk.free(value, path, places)


def walk_name(walk: Walk, value: Any, path: Path, places: Places) -> None:
    """Walk the name of a participant: it may be a person's."""
    if isinstance(value, str):
        walk.text(value, path, places.name)
    else:
        walk.free(value, path, places)


def walk_input(walk: Walk, value: Any, path: Path, places: Places) -> None:
    """Walk what a tool is to run, which is free text and not JSON: a custom tool's input, code."""
    if isinstance(value, str):
        walk.text(value, path, places.arguments)
    else:
        walk.free(value, path, places)


def walk_time(walk: Walk, value: Any, path: Path, places: Places) -> None:
    """Pass over a time in Unix seconds, which a provider gives with every reply; anything else is a setting."""
    if not (type(value) is int and 0 <= value < _END_OF_TIME):
        walk.options(value, path, places)


def walk_address(walk: Walk, value: Any, path: Path, places: Places) -> None:
    """Walk the address of a medium. A `data:` URL is the medium's bytes, which its part's `skip` stands for."""
    if not (isinstance(value, str) and value[:5].lower() == "data:"):
        walk_text(walk, value, path, places)


def pass_data(walk: Walk, value: Any, path: Path, places: Places) -> None:
    """Pass over the bytes of a medium, a string that its part's `skip` stands for; anything else is free text."""
    if not isinstance(value, str):
        walk.free(value, path, places)
