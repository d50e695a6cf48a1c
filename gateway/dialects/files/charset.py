"""The text in a file's bytes: UTF-8, or what its byte order mark says; anything else is not read.

A guessed encoding may be another than the provider's, who then reads what nobody screened.
"""

import codecs
import re
from dataclasses import dataclass
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UTF_8: Final = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_WITH_MARK: Final = frozenset({"utf-16", "utf16"})
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
"""What no text file holds. With it, letters could be hidden from detectors, and bytes of any kind pass for a text."""


@dataclass(frozen=True, slots=True)
class Charset:
    """How a text is written as bytes: its byte order mark, b"" for none, and Python's name for the encoding."""

    mark: bytes = b""
    codec: str = "utf-8"

    def encoded(self, text: str) -> bytes:
        """Write a text."""
        return self.mark + text.encode(self.codec)

    def decoded(self, data: bytes) -> str:
        """Read a text that was found to be in this encoding."""
        return data[len(self.mark) :].decode(self.codec)


def charset_of(data: bytes, stated: str = "") -> Charset | None:
    """Find how a file is written; None if it is no text, or says (`stated`) that it is in another encoding."""
    mark, codec = next((row for row in _MARKS if data.startswith(row[0])), (b"", "utf-8"))
    charset = Charset(mark, codec)
    if not _agrees(stated, codec):
        return None
    try:
        text = charset.decoded(data)
    except UnicodeDecodeError:
        return None
    return None if _CONTROLS.search(text) else charset


def _agrees(stated: str, codec: str) -> bool:
    return not stated or stated == codec or stated in (_UTF_8 if codec == "utf-8" else _WITH_MARK)
