"""Pictures for tests, drawn on the spot."""

import io
from typing import Any

from PIL import Image, ImageDraw, ImageFont


def drawn(*lines: str, form: str = "PNG", width: int = 800, **saving: Any) -> bytes:
    """Draw a picture with these lines of text, in this format; `saving` goes to Pillow."""
    picture = Image.new("RGB", (width, 70 * len(lines) + 60), "white")
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        draw.text((30, 30 + 70 * number), line, fill="black", font=ImageFont.load_default(28))
    return packed(picture, form, **saving)


def packed(picture: Image.Image, form: str = "PNG", **saving: Any) -> bytes:
    """Give a picture as the bytes of a file."""
    out = io.BytesIO()
    picture.save(out, form, **saving)
    return out.getvalue()
