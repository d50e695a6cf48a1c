"""Documents are read in processes of their own, which end whatever the document asks for."""

import asyncio
import time
from collections.abc import Iterator

import pytest

from detectors.documents.reader import DocumentReader, _told
from detectors.documents.reading import DocumentText
from tests.pdfs import bomb, pdf

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
    reader = DocumentReader(seconds=4)
    data = bomb(1500)
    assert len(data) < 4 * 2**20  # and 1.5 GB when unpacked
    assert await reader.read(data) == UNREAD
    reader.close()


async def test_one_that_takes_too_long_is_given_up() -> None:
    reader = DocumentReader(seconds=0)
    begun = time.monotonic()
    assert await reader.read(pdf("Ann Lee")) == UNREAD
    assert time.monotonic() - begun < 10
    reader.close()


@pytest.mark.parametrize(
    "answer", [None, b"", b"{}", b"[" * 100_000, b'{"texts": [1], "unread": []}', b'{"texts": ["a"], "unread": []} ...']
)
def test_garbage_for_an_answer_is_none(answer: bytes | None) -> None:
    assert _told(answer) is None
