"""The bytes that a string holds in base64, perhaps as a `data:` URL. https://www.rfc-editor.org/rfc/rfc2397.

Decoders differ in what they skip and where they stop, so a string that isn't plain base64 from end to end holds
nothing that could be screened on everybody's behalf.
"""

import base64
import binascii
import re
from dataclasses import dataclass, field
from typing import Final

_HEAD: Final = re.compile(
    r"data:(?P<type>[\w.+-]{1,80}/[\w.+-]{1,80})?(?P<more>(?:;\s*[\w-]{1,40}=\"?[\w.:+-]{1,80}\"?){0,4});base64,",
    re.IGNORECASE | re.ASCII,
)
_CHARSET: Final = re.compile(r";\s*charset=\"?([\w.:+-]+)", re.IGNORECASE | re.ASCII)
_DATA: Final = "data:"
_SPACE: Final = re.compile(r"[ \t\r\n]+")
_URL_SAFE: Final = str.maketrans("-_", "+/")


@dataclass(frozen=True, slots=True)
class Encoded:
    """Bytes, the `head` that stood before their base64, and what that says of them ("": nothing)."""

    data: bytes = field(repr=False)
    head: str = field(default="", repr=False)
    media_type: str = ""
    charset: str = ""

    def holding(self, data: bytes) -> str:
        """Give the string that holds other bytes in the same way."""
        return self.head + base64.b64encode(data).decode()


def decoded(value: str) -> Encoded | None:
    """Read a string that holds bytes; None for one that two decoders could read differently."""
    head = _HEAD.match(value)
    if head is None:
        data = None if value[:5].lower() == _DATA else _bytes(value)
        return None if data is None else Encoded(data)
    data = _bytes(value[head.end() :])
    charset = _CHARSET.search(head["more"])
    if data is None:
        return None
    return Encoded(data, head[0], (head["type"] or "").lower(), charset[1].lower() if charset else "")


def _bytes(packed: str) -> bytes | None:
    """Decode base64 of either alphabet, in lines or in one, with or without its padding."""
    plain = _SPACE.sub("", packed).translate(_URL_SAFE)
    if not plain.endswith("="):
        plain += "=" * (-len(plain) % 4)
    try:
        return base64.b64decode(plain, validate=True) or None
    except (binascii.Error, ValueError):
        return None
