"""The text in pictures is read without a network, and it is told when it was not read for sure."""

import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from detectors.pictures.ocr import read_picture
from detectors.pictures.opening import opened
from detectors.pictures.reading import IMAGE, READ, PictureText
from tests.pictures import drawn, packed

LINES = ("Invoice for the garden table", "Write to ann.lee@example.org", "Call +44 20 7946 0958")


def test_lines_and_where_they_stand() -> None:
    found = read_picture(drawn(*LINES))
    assert found.lines == LINES
    assert found.unread == READ
    for number, (left, top, right, bottom) in enumerate(found.boxes):
        assert left <= 30 < 300 < right <= 800
        assert top <= 34 + 70 * number < 54 + 70 * number <= bottom


def test_where_no_text_is_seen_there_may_be_some() -> None:
    blurred = opened(drawn(*LINES)).image.filter(ImageFilter.GaussianBlur(4))
    for picture in (blurred, Image.new("RGB", (200, 100), "white")):
        assert read_picture(packed(picture)) == PictureText((), (), IMAGE)


def test_what_is_hard_to_read_is_read_but_not_for_sure() -> None:
    small = opened(drawn(*LINES)).image.resize((160, 54))
    found = read_picture(packed(small))
    assert "garden" in found.lines[0]
    assert found.unread == IMAGE


@pytest.mark.parametrize("height", [12, 28])
def test_a_strip_is_read_without_enlarging_it_to_a_page(height: int) -> None:
    line = Image.new("RGB", (700, 2 * height), "white")
    ImageDraw.Draw(line).text((10, 4), LINES[1], fill="black", font=ImageFont.load_default(height))
    found = read_picture(packed(line))
    assert found.lines == LINES[1:2]
    assert found.unread == READ


def test_a_picture_that_stands_on_its_head() -> None:
    turned = opened(drawn(*LINES)).image.rotate(180)
    assert set(read_picture(packed(turned)).lines) == set(LINES)


@pytest.mark.parametrize("data", [drawn(*LINES, form="JPEG", comment=b"Ann Lee"), drawn(*LINES, width=2_100)])
def test_what_was_not_read_whole_is_not_for_sure(data: bytes) -> None:
    found = read_picture(data)
    assert found.lines == LINES
    assert found.unread == IMAGE


def test_garbage_has_no_text() -> None:
    found = read_picture(b"garbage")
    assert (found.lines, found.unread) == ((), IMAGE)
