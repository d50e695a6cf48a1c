"""Unpack a picture, within bounds, to the pixels that its viewer sees and nothing beside them."""

import io
import warnings
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps

from detectors.pictures.reading import MAX_BYTES, MAX_PIXELS

_FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP")
_TECHNICAL: Final = frozenset(
    {
        "aspect", "adobe", "adobe_transform", "background", "chromaticity", "dpi", "duration", "extension", "gamma",
        "icc_profile", "interlace", "jfif", "jfif_density", "jfif_unit", "jfif_version", "loop", "progression",
        "progressive", "srgb", "timestamp", "transparency", "version",
    }
)  # fmt: skip
"""What may stand beside the pixels and says nothing of anybody."""


class Unreadable(Exception):
    """A picture is broken, too large, moves, or is of a format that models don't take."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A picture: its pixels upright and opaque, without anything beside them, and its format.

    `is_plain` tells that nothing was lost on the way: no words beside the pixels, nothing that can be seen through.
    """

    image: Image.Image
    format: str
    is_plain: bool


def opened(data: bytes) -> Opened:
    """Unpack a picture.

    Raises:
        Unreadable: it can't be read, or not as one still picture of an allowed size.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            return _unpacked(picture)
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError) as exc:
        raise Unreadable from exc


def _unpacked(picture: Image.Image) -> Opened:
    if picture.width * picture.height > MAX_PIXELS or getattr(picture, "is_animated", False):
        raise Unreadable
    picture.load()
    words = set(picture.info) - _TECHNICAL
    upright = ImageOps.exif_transpose(picture)
    sheet = Image.new("RGB", upright.size, "white")
    if upright.has_transparency_data:
        clear = upright.convert("RGBA")
        sheet.paste(clear, mask=clear)
        is_opaque = clear.getchannel("A").getextrema() == (255, 255)
    else:
        sheet.paste(upright.convert("RGB"))
        is_opaque = True
    return Opened(sheet, picture.format or "", is_opaque and not words and not upright.mode.startswith(("I", "F")))
