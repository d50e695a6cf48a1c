"""Walk the files of a message: a text among them like any text, of another one say that nobody has read it."""

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from gateway.dialects.files import table
from gateway.dialects.files.encoded import Encoded, decoded
from gateway.dialects.files.kinds import FileKind, kind_of
from gateway.dialects.files.text_file import TextFile, read_text_file
from gateway.dialects.places import Places
from gateway.dialects.slot import Document, Path, Picture
from gateway.dialects.walk import Walk

_IMAGE: Final = "image"
_ENTITIES: Final = re.compile(r"[^\s<>]*&(?:#\w+|\w+);?[^\s<>]*")


@dataclass(frozen=True, slots=True)
class Medium:
    """Where a part of some content has a medium: paths below the part.

    `modality` is what it counts as when nobody reads it. `data` leads to the string with its bytes, () where there is
    no such; `name` and `type` to what is said of it. With any of `others` the provider could take it from elsewhere.
    `as_text` makes of a document's text what may stand at `replaces` instead of it, in this vendor's words.
    """

    modality: str
    data: Path = ()
    name: Path = ()
    type: Path = ()
    others: tuple[Path, ...] = ()
    replaces: Path = ()
    as_text: Callable[[str], Any] | None = None


def walk_medium(walk: Walk, part: Mapping[str, Any], path: Path, places: Places, medium: Medium) -> None:
    """Note the medium of a part. The part's members are walked beside this, and pass over its data."""
    value = _at(part, medium.data)
    alone = not any(_at(part, other) for other in medium.others)
    encoded = decoded(value) if isinstance(value, str) and alone and walk.reads_files else None
    media_type, name = _text_at(part, medium.type), _text_at(part, medium.name)
    picture = None if encoded is None else picture_of(encoded, media_type, name, (*path, *medium.data))
    if medium.modality == _IMAGE or picture is not None:
        return walk.skip(places.text, f"modality.{_IMAGE}", picture)
    file = None if encoded is None else read_text_file(encoded, media_type, name)
    if file is not None:
        return walk_text_file(walk, file, (*path, *medium.data), places)
    document = None
    if encoded is not None and medium.as_text is not None:
        document = document_of(encoded, media_type, name, (*path, *medium.replaces), medium.as_text)
    return walk.skip(places.text, f"modality.{medium.modality}", document)


def document_of(
    encoded: Encoded, media_type: str, name: str, path: Path, as_text: Callable[[str], Any]
) -> Document | None:
    """Give the document that a file is, None for another one; its text may stand at `path` instead of it."""
    kind = kind_of(encoded.data, media_type or encoded.media_type, name)
    return Document(encoded.data, path, as_text) if kind is FileKind.PDF else None


def picture_of(encoded: Encoded, media_type: str, name: str, path: Path) -> Picture | None:
    """Give the picture that a file is, None for another one; the string that holds it stands at `path`."""
    kind = kind_of(encoded.data, media_type or encoded.media_type, name)
    return Picture(encoded.data, path, encoded.holding) if kind is FileKind.IMAGE else None


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
