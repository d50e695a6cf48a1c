"""What is tried: a text, or a file as apps attach it to a message; and what of it stands in a call that leaves."""

import base64
from dataclasses import dataclass, field
from typing import Any, Final

from gateway.dialects.files.charset import charset_of
from gateway.dialects.files.encoded import decoded
from gateway.dialects.files.kinds import TEXTS, FileKind, kind_of
from gateway.errors import BadRequest

_SAID: Final = frozenset({FileKind.TEXT, FileKind.MARKUP})
"""What people paste into a message rather than attach to it."""

_TYPES: Final = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/json",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
}
_UNSAID: Final = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Given:
    """Content of a user's message, in the words of Chat Completions: a text, or a list of one part."""

    kind: FileKind
    content: str | list[dict[str, Any]] = field(repr=False)


def said(text: str) -> Given:
    """Take a text as what a user says."""
    return Given(FileKind.TEXT, text)


def read(data: bytes, name: str = "") -> Given:
    """Take bytes for what their first ones and the name of their file say.

    Raises:
        BadRequest: They are to be a text, and are not UTF-8.
    """
    kind = kind_of(data, "", name)
    if kind in _SAID:
        try:
            return Given(kind, data.decode())
        except UnicodeDecodeError as exc:
            raise BadRequest("the text is not UTF-8") from exc
    media_type = _TYPES.get(name.rpartition(".")[2].lower(), _UNSAID)
    url = f"data:{media_type};base64,{base64.b64encode(data).decode()}"
    if kind is FileKind.IMAGE:
        return Given(kind, [{"type": "image_url", "image_url": {"url": url}}])
    return Given(kind, [{"type": "file", "file": {"filename": name or "file", "file_data": url}}])


def text_in(content: Any) -> str | None:
    """Give the text that such content is or holds; None for a picture, and for a file that is no text."""
    if isinstance(content, str):
        return content
    part = content[0]
    if part["type"] == "text":
        return str(part["text"])
    encoded = decoded(part["file"]["file_data"]) if part["type"] == "file" else None
    if encoded is None or kind_of(encoded.data, encoded.media_type, part["file"]["filename"]) not in TEXTS:
        return None
    charset = charset_of(encoded.data)
    return charset.decoded(encoded.data) if charset else None
