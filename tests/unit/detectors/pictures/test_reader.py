"""Pictures are worked on in processes of their own; what fails is unread and never blackened by half."""

from collections.abc import Iterator

import pytest

from detectors.pictures import reader as module
from detectors.pictures.reader import PictureReader, _told
from detectors.pictures.reading import READ, PictureText
from tests.pictures import drawn

LINES = ("Invoice for the garden table", "Write to ann.lee@example.org")


@pytest.fixture
def reader() -> Iterator[PictureReader]:
    one = PictureReader()
    yield one
    one.close()


async def test_a_picture_is_read_and_blackened_once(reader: PictureReader) -> None:
    data = drawn(*LINES)
    found = await reader.read(data)
    assert (found.lines, found.unread) == (LINES, READ)
    assert await reader.read(data) is found
    new = await reader.black_out(data, found.boxes[1:])
    assert new is not None
    assert await reader.black_out(data, found.boxes[1:]) is new
    assert (await reader.read(new)).lines == LINES[:1]


async def test_garbage(reader: PictureReader) -> None:
    assert await reader.read(b"garbage") == PictureText()
    assert await reader.black_out(b"garbage", [(0, 0, 1, 1)]) is None


async def test_one_that_takes_too_long_is_given_up() -> None:
    reader = PictureReader(patience=0)
    assert await reader.read(drawn("Hi")) == PictureText()
    assert await reader.black_out(drawn("Hi"), [(0, 0, 1, 1)]) is None
    reader.close()


async def test_without_the_library_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    reader = PictureReader()
    assert await reader.read(drawn("Hi")) == PictureText()
    reader.close()


@pytest.mark.parametrize(
    "answer",
    [
        None,
        b"garbage",
        b'{"lines": ["Ann"], "boxes": [], "unread": "modality.image.read"}',
        b'{"lines": ["Ann"], "boxes": [[1, 2, 3]], "unread": "modality.image.read"}',
        b'{"lines": [], "boxes": [], "unread": ""}',
    ],
)
def test_garbage_for_an_answer_is_none(answer: bytes | None) -> None:
    assert _told(answer) is None
