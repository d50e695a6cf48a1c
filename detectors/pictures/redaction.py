"""Draw black boxes into a picture, and write it anew in its format without anything beside its pixels."""

import io
from collections.abc import Iterable
from typing import Any, Final

from PIL import ImageDraw

from detectors.pictures.opening import opened
from detectors.pictures.reading import Box

_QUALITY: Final[dict[str, dict[str, Any]]] = {
    "JPEG": {"quality": 92, "subsampling": 0},
    "WEBP": {"quality": 92},
}


def black_out(data: bytes, boxes: Iterable[Box]) -> bytes:
    """Give the picture with these boxes black.

    Raises:
        Unreadable: it can't be unpacked.
    """
    picture = opened(data)
    draw = ImageDraw.Draw(picture.image)
    for box in boxes:
        draw.rectangle(box, fill="black")
    out = io.BytesIO()
    picture.image.save(out, picture.format, **_QUALITY.get(picture.format, {}))
    return out.getvalue()
