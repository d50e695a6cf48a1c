"""Documents are read in processes of their own, which end whatever the document asks for."""

import asyncio
import time
from collections.abc import Iterator

import pytest

from detectors.documents.reader import SECONDS, DocumentReader, _joined, _Told, _told
from detectors.documents.reading import DocumentText
from detectors.pictures.reader import PictureReader
from detectors.pictures.reading import IMAGE, READ, PictureText
from tests.pace import within
from tests.pdfs import bomb, pdf, scan
from tests.pictures import drawn

UNREAD = DocumentText((), ("modality.file",))


@pytest.fixture
def reader() -> Iterator[DocumentReader]:
    one = DocumentReader()
    yield one
    one.close()


async def test_a_document_is_read_once(reader: DocumentReader) -> None:
    data = pdf("Ann Lee")
    first = await reader.read(data)
    assert first.texts[0] == "Ann Lee"
    assert await reader.read(data) is first


async def test_several_at_a_time(reader: DocumentReader) -> None:
    found = await asyncio.gather(*(reader.read(pdf(f"page {number}")) for number in range(3)))
    assert [one.texts[0] for one in found] == ["page 0", "page 1", "page 2"]


async def test_a_broken_one_is_unread(reader: DocumentReader) -> None:
    assert await reader.read(b"%PDF-1.7 and no more") == UNREAD


async def test_a_bomb_does_no_harm() -> None:
    reader = DocumentReader(patience=4 / SECONDS)
    data = bomb(1500)
    assert len(data) < 4 * 2**20  # and 1.5 GB when unpacked
    assert await reader.read(data) == UNREAD
    reader.close()


async def test_one_that_takes_too_long_is_given_up() -> None:
    reader = DocumentReader(patience=0)
    begun = time.monotonic()
    assert await reader.read(pdf("Ann Lee")) == UNREAD
    assert time.monotonic() - begun < within(10)
    reader.close()


GARBAGE = {
    "nothing": None,
    "empty": b"",
    "other members": b"{}",
    "too deep": b"[" * 100_000,
    "a number": b'{"texts": [1], "unread": []}',
    "more than it": b'{"texts": ["a"], "unread": []} ...',
    "a page that is none": b'{"texts": [], "unread": [], "drawn": [[0, "", true]]}',
}


@pytest.mark.parametrize("answer", GARBAGE.values(), ids=GARBAGE)
def test_garbage_for_an_answer_is_none(answer: bytes | None) -> None:
    assert _told(answer) is None


async def test_the_text_in_a_scan_is_read() -> None:
    pictures = PictureReader()
    reader = DocumentReader(pictures=pictures)
    data = scan(drawn("Invoice for the garden table", "Write to ann.lee@example.org"), (600, 300), "All of it")
    found = await reader.read(data)
    assert found.texts[0] == "All of it\nInvoice for the garden table\nWrite to ann.lee@example.org"
    assert found.unread == (READ,)
    assert await reader.read(data) is found
    reader.close()
    pictures.close()


LINES = ("All of it", "Invoice")
JOINED = {
    "read for sure": (PictureText(LINES, ((0, 0, 1, 1),) * 2, READ), True, "All of  it\nInvoice", (READ,)),
    "drawn too small": (PictureText(LINES, ((0, 0, 1, 1),) * 2, READ), False, "All of  it\nInvoice", (IMAGE,)),
    "not for sure": (PictureText(LINES, ((0, 0, 1, 1),) * 2, IMAGE), True, "All of  it\nInvoice", (IMAGE,)),
    "not read": (PictureText(), True, "All of  it", (IMAGE,)),
}


@pytest.mark.parametrize(("seen", "is_fine", "text", "unread"), JOINED.values(), ids=JOINED)
def test_what_a_page_shows_stands_below_what_it_says(
    seen: PictureText, is_fine: bool, text: str, unread: tuple[str, ...]
) -> None:
    told = _Told(("first", "All of  it"), (), ((1, b"", is_fine),))
    assert _joined(told, [seen]) == DocumentText(("first", text), unread)
