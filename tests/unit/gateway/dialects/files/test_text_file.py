"""A text file: read, written anew, and still what it was."""

import base64
import json

import pytest

from gateway.dialects.files.encoded import decoded
from gateway.dialects.files.kinds import FileKind
from gateway.dialects.files.text_file import TextFile, read_text_file


def packed(data: bytes | str) -> str:
    return base64.b64encode(data.encode() if isinstance(data, str) else data).decode()


def read(data: bytes | str, media_type: str = "", name: str = "") -> TextFile:
    encoded = decoded("data:;base64," + packed(data))
    assert encoded is not None
    file = read_text_file(encoded, media_type, name)
    assert file is not None
    return file


def unpacked(value: str) -> bytes:
    head, _, data = value.partition(",")
    assert head == "data:;base64"
    return base64.b64decode(data)


def test_a_whole_text_is_replaced_with_its_mark() -> None:
    file = read("\ufeffAnn".encode("utf-16-le"))
    assert file.text == "Ann"
    assert unpacked(file.rewritten({None: "<P>"})) == "\ufeff<P>".encode("utf-16-le")


def test_json_is_replaced_string_by_string() -> None:
    file = read('{ "a": ["Ann",  1e3] }', "application/json")
    assert unpacked(file.rewritten({("a", 0): 'A"n'})) == b'{ "a": ["A\\"n",  1e3] }'


def test_a_table_is_replaced_cell_by_cell() -> None:
    file = read("a,b\nAnn,2\n", name="people.csv")
    assert unpacked(file.rewritten({(1, 0, "a"): "x,y"})) == b'a,b\n"x,y",2\n'


FORMS = {
    "JSON": ('{"a": 12345678}', "a.json", '{"a": "<P>"}', '{"a": <P>}'),
    "what was no JSON before": ("{", "a.json", "<P>", None),
    "a table": ("a,b\n1,2\n", "a.csv", "a,b\n<P>,2\n", "a,b\n<P>\n"),
    "a text": ("Ann", "a.txt", "<P>", None),
}


@pytest.mark.parametrize(("text", "name", "good", "broken"), FORMS.values(), ids=FORMS)
def test_form(text: str, name: str, good: str, broken: str | None) -> None:
    file = read(text, name=name)
    assert file.keeps_form(good)
    assert broken is None or not file.keeps_form(broken)


def test_a_file_that_is_no_text_is_not_read() -> None:
    encoded = decoded(packed(b"%PDF-1.7"))
    assert encoded is not None
    assert read_text_file(encoded, "application/pdf", "") is None


def test_the_string_says_what_it_holds_where_the_message_does_not() -> None:
    encoded = decoded("data:text/csv;base64," + packed(json.dumps([1])))
    assert encoded is not None
    file = read_text_file(encoded, "", "")
    assert file is not None
    assert file.kind is FileKind.TABLE
