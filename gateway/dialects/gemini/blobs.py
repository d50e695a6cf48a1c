"""Gemini: media as bytes in base64 or as addresses, told apart by their type."""

from collections.abc import Mapping
from typing import Any, Final

from gateway.dialects.files.encoded import decoded
from gateway.dialects.files.text_file import TextFile, read_text_file
from gateway.dialects.gemini.spelling import member

_KINDS: Final = frozenset({"image", "audio", "video"})


def modality_of(value: Any) -> str:
    """Give the reason why a medium can't be read: what its type says that it is, else a file."""
    mime = member(value, "mimeType") if isinstance(value, dict) else None
    kind = mime.partition("/")[0].strip().lower() if isinstance(mime, str) else ""
    return f"modality.{kind if kind in _KINDS else 'file'}"


def text_inside(value: Mapping[str, Any]) -> TextFile | None:
    """Give the text of a blob that is one, by its type and its bytes; None for any other."""
    mime, data = member(value, "mimeType"), value.get("data")
    encoded = decoded(data) if isinstance(data, str) else None
    if encoded is None or encoded.head or not isinstance(mime, str):
        return None
    return read_text_file(encoded, mime, "")
