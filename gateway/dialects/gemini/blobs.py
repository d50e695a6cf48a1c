"""Gemini: media as bytes in base64 or as addresses, told apart by their type."""

import base64
import binascii
import re
from typing import Any, Final

from gateway.dialects.gemini.spelling import member

_KINDS: Final = frozenset({"image", "audio", "video"})
_TEXT: Final = re.compile(
    r"text/.*|application/(json|xml|yaml|javascript|x-javascript|x-typescript|x-python-code)(;.*)?"
    r"|application/[\w.-]+\+(json|xml)(;.*)?",
    re.IGNORECASE | re.DOTALL,
)
_URL_SAFE: Final = str.maketrans("-_", "+/")


def modality_of(value: Any) -> str:
    """Give the reason why a medium can't be read: what its type says that it is, else a file."""
    mime = member(value, "mimeType") if isinstance(value, dict) else None
    kind = mime.partition("/")[0].strip().lower() if isinstance(mime, str) else ""
    return f"modality.{kind if kind in _KINDS else 'file'}"


def text_inside(value: dict[str, Any]) -> str | None:
    """Give the text of a blob that says that it is text and is, in UTF-8; None for any other."""
    mime, data = member(value, "mimeType"), value.get("data")
    if not (isinstance(mime, str) and isinstance(data, str) and _TEXT.fullmatch(mime)):
        return None
    try:
        packed = "".join(data.split()).translate(_URL_SAFE).rstrip("=")
        text = base64.b64decode(packed + "=" * (-len(packed) % 4), validate=True).decode()
    except (binascii.Error, ValueError):
        return None
    return (
        None if "\0" in text else text
    )  # UTF-16 reads as UTF-8 with zeros between its letters, where nothing is found
