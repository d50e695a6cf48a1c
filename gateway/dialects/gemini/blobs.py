"""Gemini: media as bytes in base64 or as addresses, told apart by their type."""

from collections.abc import Mapping
from typing import Any, Final

from gateway.dialects.files.encoded import Encoded, decoded
from gateway.dialects.files.text_file import TextFile, read_text_file
from gateway.dialects.files.walking import document_of, picture_of
from gateway.dialects.gemini.spelling import member
from gateway.dialects.slot import Document, Path, Picture

_KINDS: Final = frozenset({"image", "audio", "video"})


def modality_of(value: Any) -> str:
    """Give the reason why a medium can't be read: what its type says that it is, else a file."""
    mime = member(value, "mimeType") if isinstance(value, dict) else None
    kind = mime.partition("/")[0].strip().lower() if isinstance(mime, str) else ""
    return f"modality.{kind if kind in _KINDS else 'file'}"


def text_inside(value: Mapping[str, Any]) -> TextFile | None:
    """Give the text of a blob that is one, by its type and its bytes; None for any other."""
    encoded = _encoded(value)
    return None if encoded is None else read_text_file(encoded, member(value, "mimeType"), "")


def document_inside(value: Mapping[str, Any], part: Path) -> Document | None:
    """Give the document that a blob is, None for any other; a part with its text can take the place of this `part`."""
    encoded = _encoded(value)
    if encoded is None:
        return None
    return document_of(encoded, member(value, "mimeType"), "", part, lambda text: {"text": text})


def picture_inside(value: Mapping[str, Any], data: Path) -> Picture | None:
    """Give the picture that a blob is, None for any other; `data` leads to its bytes."""
    encoded = _encoded(value)
    return None if encoded is None else picture_of(encoded, member(value, "mimeType"), "", data)


def _encoded(value: Mapping[str, Any]) -> Encoded | None:
    data = value.get("data")
    encoded = decoded(data) if isinstance(data, str) and isinstance(member(value, "mimeType"), str) else None
    return None if encoded is None or encoded.head else encoded
