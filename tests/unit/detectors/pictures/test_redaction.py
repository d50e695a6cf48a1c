"""A blackened picture keeps its format and the rest of its pixels, and nothing that stood beside them."""

import io

import pytest
from PIL import Image

from detectors.pictures.opening import Unreadable
from detectors.pictures.redaction import black_out
from tests.pictures import packed

EXIF = Image.Exif()
EXIF[0x013B] = "Ann Lee"
BESIDE = {
    "PNG": {"exif": EXIF},
    "JPEG": {"exif": EXIF, "comment": b"Ann Lee"},
    "GIF": {"comment": b"Ann Lee"},
    "WEBP": {"exif": EXIF},
}


@pytest.mark.parametrize("form", BESIDE)
def test_boxes_are_black(form: str) -> None:
    data = packed(Image.new("RGB", (64, 64), "white"), form, **BESIDE[form])
    assert b"Ann Lee" in data
    new = black_out(data, [(0, 0, 31, 63)])
    with Image.open(io.BytesIO(new)) as picture:
        assert (picture.format, picture.size) == (form, (64, 64))
        assert not picture.getexif()
        pixels = picture.convert("L")
        assert pixels.getpixel((8, 32)) < 9
        assert pixels.getpixel((56, 32)) > 246
    assert b"Ann Lee" not in new


def test_garbage_is_refused() -> None:
    with pytest.raises(Unreadable):
        black_out(b"garbage", [])
