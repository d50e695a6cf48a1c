"""What a PDF says, and what of it nobody could read."""

import pytest

from detectors.documents.pdf import read_pdf
from detectors.documents.reading import MAX_PAGES
from tests.pdfs import bomb, pdf, with_attachment

BESIDE = ("note of Ann", "value of Bo", "mailto:cy@example.com", "heading of Di", "Ed")


def test_pages_are_read_one_by_one() -> None:
    found = read_pdf(pdf("Ann Lee\nann@example.com", "", "Bo"))
    assert found.texts[:3] == ("Ann Lee\nann@example.com", "", "Bo")
    assert found.unread == ()


@pytest.mark.parametrize("said", BESIDE)
def test_what_stands_beside_the_pages_is_read(said: str) -> None:
    assert any(said in text for text in read_pdf(pdf("Hi", beside=BESIDE)).texts)


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
    assert read_pdf(data).unread == reasons


def test_nothing_of_a_text_shows_in_its_repr() -> None:
    assert "Ann" not in repr(read_pdf(pdf("Ann")))
