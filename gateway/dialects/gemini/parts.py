"""Gemini: walk the parts of a content, in a request or in a reply.

Format: https://ai.google.dev/api/caching#Content (contents, parts, blobs, function calls and responses).
"""

import re
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

from gateway.dialects import places
from gateway.dialects.files.walking import walk_text_file
from gateway.dialects.gemini.blobs import document_inside, modality_of, picture_inside, text_inside
from gateway.dialects.gemini.spelling import both, both_names, member
from gateway.dialects.leaves import IDENTIFIER
from gateway.dialects.members import Member, pass_data, walk_object, walk_text
from gateway.dialects.places import Places
from gateway.dialects.slot import Path
from gateway.dialects.walk import UNKNOWN_PART, Walk

_OPAQUE: Final = re.compile(r"[A-Za-z0-9+/_=-]*+")
_TOOL: Final = places.ROLE["tool"]
_ROLES: Final = {"model": "assistant", "function": "tool", None: "user"}


def walk_content(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    """Walk a content: its parts are said by its role, a missing one is the user's."""
    walk_said(walk, value, path, places_of(value))


def walk_contents(walk: Walk, value: Any, path: Path, where: Places) -> None:
    """Walk a list of contents, or one of them: the API takes a lone object for a list of one."""
    if isinstance(value, list):
        for index, content in enumerate(value):
            walk_content(walk, content, (*path, index), where)
    else:
        walk_content(walk, value, path, where)


def walk_said(walk: Walk, value: Any, path: Path, where: Places) -> None:
    """Walk a content that these places belong to, whatever its role says."""
    walk_object(walk, value, path, where, _CONTENT)


def places_of(content: Any) -> Places:
    """Give the places of a content's role."""
    role = content.get("role") if isinstance(content, dict) else None
    known = isinstance(role, str | None)
    return places.of_role(_ROLES.get(role, role) or "") if known else places.OTHER


def walk_part(walk: Walk, part: Any, path: Path, where: Places) -> None:
    """Walk one part. One that holds nothing of a kind that is known here is noted as unknown."""
    if isinstance(part, dict) and not (part.keys() & KINDS or part.keys() <= _BESIDE.keys()):
        walk.skip(where.text, UNKNOWN_PART)
    walk_object(walk, part, path, where, _PART)


def walk_opaque(walk: Walk, value: Any, path: Path, where: Places) -> None:
    """Pass over what only the provider can read, in base64. What may be a name is screened, the rest is free text."""
    if isinstance(value, str) and IDENTIFIER.fullmatch(value):
        walk.label(value, path, where)
    elif not (isinstance(value, str) and _OPAQUE.fullmatch(value)):
        walk.free(value, path, where)


def parts_of(content: Any) -> list[dict[str, Any]]:
    """Give the parts of a content that are objects."""
    parts = content.get("parts") if isinstance(content, dict) else None
    return [part for part in (parts if isinstance(parts, list) else [parts]) if isinstance(part, dict)]


def _parts(walk: Walk, value: Any, path: Path, where: Places) -> None:
    if isinstance(value, list):
        for index, part in enumerate(value):
            walk_part(walk, part, (*path, index), where)
    else:
        walk_part(walk, value, path, where)


def _blob(walk: Walk, value: Any, path: Path, where: Places) -> None:
    """Walk a medium's bytes. A text is read, although nothing in that of a reply can be replaced."""
    if isinstance(value, dict):
        _inside(walk, value, (*path, "data"), where)
    walk_object(walk, value, path, where, _BLOB)


def _inside(walk: Walk, blob: dict[str, Any], path: Path, where: Places) -> None:
    file = text_inside(blob)
    if file is None:
        picture = picture_inside(blob, path) if walk.reads_files else None
        inside = picture or (document_inside(blob, path[:-2]) if walk.reads_files else None)
        walk.skip(where.text, "modality.image" if picture else modality_of(blob), inside)
    elif walk.reads_files:
        walk_text_file(walk, file, path, where)
    else:
        walk.key(file.text, path, where)


def _file(walk: Walk, value: Any, path: Path, where: Places) -> None:
    """Walk the address of a file that the provider keeps or fetches: what is in it is seen by nobody here."""
    walk.skip(where.text, modality_of(value))
    walk_object(walk, value, path, where, _FILE)


@lru_cache
def _of_arguments(where: Places) -> Places:
    return replace(where, text=where.arguments)


def _arguments(walk: Walk, value: Any, path: Path, where: Places) -> None:
    walk.data(value, path, _of_arguments(where))


def _call(walk: Walk, value: Any, path: Path, where: Places) -> None:
    walk_object(walk, value, path, where, _CALL)


def _response(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    walk_object(walk, value, path, _TOOL, _RESPONSE)


def _result(walk: Walk, value: Any, path: Path, where: Places) -> None:
    walk.data(value, path, where, loose=True)


def _executable(walk: Walk, value: Any, path: Path, where: Places) -> None:
    walk_object(walk, value, path, where, _CODE)


def _modality_of_part(part: dict[str, Any]) -> str | None:
    value = member(part, "inlineData") or member(part, "fileData")
    return modality_of(value).removeprefix("modality.") if value else None


def modalities_of(content: Any) -> set[str]:
    """Name what a content's parts are beside text, those of the results of functions too."""
    parts = parts_of(content)
    inner = [one for part in parts for one in parts_of(member(part, "functionResponse"))]
    return {name for part in (*parts, *inner) if (name := _modality_of_part(part))}


_CALL: Final = both(
    {
        **dict.fromkeys(("id", "name", "toolType"), Walk.label),
        "willContinue": Walk.options,
        **dict.fromkeys(("args", "partialArgs"), _arguments),
    }
)
_RESPONSE: Final = both(
    {
        **dict.fromkeys(("id", "name", "toolType", "scheduling"), Walk.label),
        "willContinue": Walk.options,
        "response": _result,
        "parts": _parts,
    }
)
_CODE: Final = both(
    {**dict.fromkeys(("id", "language", "outcome"), Walk.label), **dict.fromkeys(("code", "output"), walk_text)}
)
_BLOB: Final = both({"mimeType": Walk.label, "displayName": walk_text, "data": pass_data})
_FILE: Final = both({"mimeType": Walk.label, "displayName": walk_text, "fileUri": walk_text})
_BESIDE: Final = both(
    {
        **dict.fromkeys(("thought", "videoMetadata", "mediaResolution"), Walk.options),
        "thoughtSignature": walk_opaque,
        "partMetadata": Walk.data,
    }
)
_HOLDS: Final[dict[str, Member]] = {
    "text": walk_text,
    "inlineData": _blob,
    "fileData": _file,
    **dict.fromkeys(("functionCall", "toolCall"), _call),
    **dict.fromkeys(("functionResponse", "toolResponse"), _response),
    **dict.fromkeys(("executableCode", "codeExecutionResult"), _executable),
}
KINDS: Final = both_names(*_HOLDS)
"""The members of which a part has one, in both spellings."""

_PART: Final = {**both(_HOLDS), **_BESIDE}
_CONTENT: Final = both({"role": Walk.label, "parts": _parts})
