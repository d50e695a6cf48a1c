"""What a PDF says, and what of it nobody could read."""

import io

import pytest
from PIL import Image

from detectors.documents.pdf import read_pdf
from detectors.documents.reading import MAX_PAGES, MAX_SIDE
from tests.pdfs import bomb, pdf, scan, with_attachment
from tests.pictures import drawn

BESIDE = ("note of Ann", "value of Bo", "mailto:cy@example.com", "heading of Di", "Ed")


def test_pages_are_read_one_by_one() -> None:
    found = read_pdf(pdf("Ann Lee\nann@example.com", "", "Bo")).text
    assert found.texts[:3] == ("Ann Lee\nann@example.com", "", "Bo")
    assert found.unread == ()


@pytest.mark.parametrize("said", BESIDE)
def test_what_stands_beside_the_pages_is_read(said: str) -> None:
    assert any(said in text for text in read_pdf(pdf("Hi", beside=BESIDE)).text.texts)


UNREAD = {
    "a picture": (pdf("Hi", picture=True), ("modality.image",)),
    "nothing but a picture": (pdf("", picture=True), ("modality.image",)),
    "an attachment": (with_attachment(pdf("Hi")), ("modality.file",)),
    "locked": (pdf("Hi", password="secret"), ("modality.file",)),
    "a string that is cut off": (bomb(1), ("modality.file",)),
    "broken": (b"%PDF-1.7 and no more", ("modality.file",)),
    "too many pages": (pdf(*["Hi"] * (MAX_PAGES + 1)), ("modality.file",)),
}


@pytest.mark.parametrize(("data", "reasons"), UNREAD.values(), ids=UNREAD)
def test_what_was_not_read_is_told(data: bytes, reasons: tuple[str, ...]) -> None:
    assert read_pdf(data).text.unread == reasons


def test_pages_that_show_more_than_their_text_are_drawn_so_many() -> None:
    found = read_pdf(pdf("Hi", "", "Bye", picture=True), 2)
    assert [one.page for one in found.drawn] == [0, 1]
    assert found.text.texts[:3] == ("Hi", "", "Bye")
    assert found.text.unread == ("modality.image",)  # the third


def test_one_that_is_all_text_is_not_drawn() -> None:
    assert read_pdf(pdf("Hi"), 2).drawn == ()


SIZES = {
    "A4": ((595, 842), 800, True),
    "a poster": ((2400, 3400), 800, False),
    "fine print": ((595, 842), 4_100, False),
}


@pytest.mark.parametrize(("size", "width", "is_fine"), SIZES.values(), ids=SIZES)
def test_what_is_drawn_too_small_is_told(size: tuple[int, int], width: int, is_fine: bool) -> None:
    [page] = read_pdf(scan(drawn("Hi", width=width), size), 2).drawn
    assert page.is_fine is is_fine
    with Image.open(io.BytesIO(page.picture)) as picture:
        assert max(picture.size) <= MAX_SIDE


def test_nothing_of_a_text_shows_in_its_repr() -> None:
    assert "Ann" not in repr(read_pdf(pdf("Ann")))
