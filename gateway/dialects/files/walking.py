"""Walk the files of a message: a text among them like any text, of another one say that nobody has read it."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from gateway.dialects.files import table
from gateway.dialects.files.encoded import decoded
from gateway.dialects.files.kinds import FileKind
from gateway.dialects.files.text_file import TextFile, read_text_file
from gateway.dialects.places import Places
from gateway.dialects.slot import Path
from gateway.dialects.walk import Walk

_ENTITIES: Final = re.compile(r"[^\s<>]*&(?:#\w+|\w+);?[^\s<>]*")


@dataclass(frozen=True, slots=True)
class Medium:
    """Where a part of some content has a medium: paths below the part.

    `modality` is what it counts as when nobody reads it. `data` leads to the string with its bytes, () where there is
    no such; `name` and `type` to what is said of it. With any of `others` the provider could take it from elsewhere.
    """

    modality: str
    data: Path = ()
    name: Path = ()
    type: Path = ()
    others: tuple[Path, ...] = ()


def walk_medium(walk: Walk, part: Mapping[str, Any], path: Path, places: Places, medium: Medium) -> None:
    """Note the medium of a part. The part's members are walked beside this, and pass over its data."""
    value = _at(part, medium.data)
    alone = not any(_at(part, other) for other in medium.others)
    if isinstance(value, str) and alone and walk.reads_files:
        media_type, name = _text_at(part, medium.type), _text_at(part, medium.name)
        if walk_file(walk, value, (*path, *medium.data), places, media_type, name):
            return
    walk.skip(places.text, f"modality.{medium.modality}")


def walk_file(walk: Walk, value: str, path: Path, places: Places, media_type: str = "", name: str = "") -> bool:
    """Walk the text in a string that holds a file, and tell whether it was one."""
    encoded = decoded(value)
    file = None if encoded is None else read_text_file(encoded, media_type, name)
    if file is None:
        return False
    walk_text_file(walk, file, path, places)
    return True


def walk_text_file(walk: Walk, file: TextFile, path: Path, places: Places) -> None:
    """Walk the text of a file that the string at this path holds."""
    with walk.inside(file):
        _walk_text(walk, file, path, places)


def _walk_text(walk: Walk, file: TextFile, path: Path, places: Places) -> None:
    text = file.text
    cells = table.leaves(text) if file.kind is FileKind.TABLE else None
    if cells is not None:
        walk.inner(text, cells, path, places)
    elif file.kind is FileKind.TABLE:
        walk.text(text, path, places.text)
    else:
        walk.prose(text, path, places)
    if file.kind is FileKind.MARKUP and "&" in text:
        runs = (html.unescape(run) for run in _ENTITIES.findall(text))
        walk.key("\n".join(dict.fromkeys(runs)), path, places)


def _at(part: Any, path: Path) -> Any:
    for step in path:
        part = part.get(step) if isinstance(part, Mapping) else None
    return part if path else None


def _text_at(part: Mapping[str, Any], path: Path) -> str:
    value = _at(part, path)
    return value if isinstance(value, str) else ""
