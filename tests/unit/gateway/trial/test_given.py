"""What is tried stands in a message as an app would put it there."""

import base64

import pytest

from gateway.dialects.files.kinds import FileKind
from gateway.errors import BadRequest
from gateway.trial.given import read, said, text_in

PNG = b"\x89PNG\r\n\x1a\n"

FILES = {
    "notes.md": (b"Hello", FileKind.TEXT, "Hello"),
    "": (b"Hello", FileKind.TEXT, "Hello"),
    "page.html": (b"<p>Hello</p>", FileKind.MARKUP, "<p>Hello</p>"),
    "people.csv": (b"name,mail\nAnn,a@x.org\n", FileKind.TABLE, "name,mail\nAnn,a@x.org\n"),
    "record.json": (b'{"a":1}', FileKind.JSON, '{"a":1}'),
    "utf16.csv": ("\ufeffa,b\n".encode("utf-16-le"), FileKind.TABLE, "a,b\n"),
    "latin1.csv": ("Zoë,b\n".encode("latin-1"), FileKind.TABLE, None),
    "letter.pdf": (b"%PDF-1.7", FileKind.PDF, None),
    "letter.docx": (b"PK\x03\x04", FileKind.OTHER, None),
    "shot.png": (PNG, FileKind.IMAGE, None),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_what_the_gateway_takes_it_for(name: str) -> None:
    data, kind, text = FILES[name]
    given = read(data, name)
    assert given.kind is kind
    assert text_in(given.content) == text
    assert isinstance(given.content, str) is (kind in {FileKind.TEXT, FileKind.MARKUP})


def test_a_picture_and_a_document_stand_in_parts_of_their_own_kind() -> None:
    packed = base64.b64encode(PNG).decode()
    assert read(PNG, "shot.png").content == [
        {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{packed}"}}
    ]
    document = read(b"%PDF-1.7", "letter.pdf").content
    assert isinstance(document, list)
    assert document[0]["file"]["filename"] == "letter.pdf"
    assert text_in([{"type": "text", "text": "what it says"}]) == "what it says"


def test_what_is_said_stays_as_it_is() -> None:
    assert said('{"a": 1}').content == '{"a": 1}'


def test_a_text_in_another_encoding_is_refused() -> None:
    with pytest.raises(BadRequest, match="not UTF-8"):
        read("Grüße".encode("latin-1"), "letter.txt")
