"""Pictures in bytes to frames of pixels: bounded, of few formats, as people would see them."""

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
"""What is decoded. Others have decoders that few people look at."""

MOST_PIXELS: Final = 64_000_000
"""Pixels of a frame: a small file can unfold to any number."""

MOST_MOVING_PIXELS: Final = 512_000_000
"""Pixels of all frames of an animation: to show a late frame, those before it must be decoded."""

MOST_FRAMES: Final = 8
"""Frames of an animation that are looked at, spread over it."""

WHITE: Final = (255, 255, 255, 255)


class PictureUnreadable(Exception):
    """The bytes are no picture that can be decoded, or too large a one."""


def frames_of(content: bytes) -> "Iterator[tuple[Image, int]]":
    """Decode a picture: some frames in RGB, upright, one at a time, each with how many frames it has in all.

    Transparent parts are shown on white, as most viewers do: the colours below full transparency are nobody's to see.

    Raises:
        PictureUnreadable: as it says.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            _check_size(picture)
            count = int(getattr(picture, "n_frames", 1))
            if count > 1 and count * picture.width * picture.height > MOST_MOVING_PIXELS:
                raise PictureUnreadable("too many pixels in its frames")
            for place in _places(count):
                yield _frame(picture, place), count
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError) as exc:
        raise PictureUnreadable(type(exc).__name__) from exc


def _check_size(picture: "Image") -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise PictureUnreadable("too many pixels")


def _places(count: int) -> list[int]:
    """Choose frames: the first, the last, and some between them."""
    if count <= MOST_FRAMES:
        return list(range(count))
    return [place * (count - 1) // (MOST_FRAMES - 1) for place in range(MOST_FRAMES)]


def _frame(picture: "Image", place: int) -> "Image":
    from PIL import Image, ImageOps

    picture.seek(place)
    _check_size(picture)
    upright = ImageOps.exif_transpose(picture)
    if not upright.has_transparency_data:
        return upright.convert("RGB")
    seen = upright.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", seen.size, WHITE), seen).convert("RGB")
