"""What was read of a picture."""

from dataclasses import dataclass, field
from typing import Final

IMAGE: Final = "modality.image"
"""Why a picture counts as unseen: its text was not read, or not for sure."""

READ: Final = "modality.image.read"
"""Why a picture counts as unseen although its text was read: what else it shows nobody looked at."""

MAX_BYTES: Final = 20_000_000
MAX_PIXELS: Final = 16_000_000
"""Largest picture that is read, packed and unpacked."""

MAX_SIDE: Final = 2_000
"""Longest side, in pixels, at which a picture is read as it is. A larger one is read at this size, so not for sure."""

MAX_LINES: Final = 1_000

Box = tuple[int, int, int, int]
"""Left, top, right and bottom, in pixels of the picture as it is shown, which is how its EXIF says that it stands."""


@dataclass(frozen=True, slots=True)
class PictureText:
    """The lines of text in a picture, from top to bottom, and where each stands; `unread` is what it counts as."""

    lines: tuple[str, ...] = field(default=(), repr=False)
    boxes: tuple[Box, ...] = field(default=(), repr=False)
    unread: str = IMAGE
