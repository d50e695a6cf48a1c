"""Which file of a message is read, and what is said of one that isn't."""

import base64
from typing import Any

import pytest

from gateway.dialects.files.walking import Medium, walk_medium
from gateway.dialects.places import ROLE
from gateway.dialects.walk import Walk

FILE = Medium("file", ("file", "data"), ("file", "name"), ("file", "type"), others=(("file", "id"),))
ANN = base64.b64encode(b"I am Ann").decode()


def walked(part: dict[str, Any], medium: Medium = FILE, *, reads_files: bool = True) -> list[tuple[str, str]]:
    walk = Walk("q", reads_files=reads_files)
    walk_medium(walk, part, ("parts", 0), ROLE["user"], medium)
    content = walk.content()
    return [(slot.place, slot.text) for slot in content.slots] + [(one.place, one.reason) for one in content.unwalked]


UNREAD = [("user.text", "modality.file")]
PARTS: dict[str, tuple[dict[str, Any], list[tuple[str, str]]]] = {
    "a text": ({"file": {"data": ANN}}, [("user.text", "I am Ann")]),
    "one that its name calls a document": ({"file": {"data": ANN, "name": "a.docx"}}, UNREAD),
    "one that its type calls a document": ({"file": {"data": ANN, "type": "application/pdf"}}, UNREAD),
    "one that may come from elsewhere": ({"file": {"data": ANN, "id": "file-1"}}, UNREAD),
    "an id": ({"file": {"id": "file-1"}}, UNREAD),
    "no string": ({"file": {"data": 7}}, UNREAD),
    "no object": ({"file": 7}, UNREAD),
    "nothing": ({}, UNREAD),
}


@pytest.mark.parametrize(("part", "expected"), PARTS.values(), ids=PARTS)
def test_files(part: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert walked(part) == expected


def test_files_of_replies_are_not_read() -> None:
    assert walked({"file": {"data": ANN}}, reads_files=False) == UNREAD


def test_a_medium_without_bytes_is_what_it_is() -> None:
    assert walked({"file": {"data": ANN}}, Medium("audio")) == [("user.text", "modality.audio")]


def test_what_markup_hides_is_screened_where_nothing_can_be_replaced() -> None:
    data = base64.b64encode(b"<p>ann&#64;example.org</p> x &lt; y").decode()
    assert walked({"file": {"data": data, "name": "a.html"}}) == [
        ("user.text", "<p>ann&#64;example.org</p> x &lt; y"),
        ("user.key", "ann@example.org\n<"),
    ]
