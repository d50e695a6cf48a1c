"""Where something stands, in words that its author understands."""

import pytest

from gateway.dialects.files.document_text import DocumentText
from gateway.dialects.files.encoded import Encoded
from gateway.dialects.files.text_file import TextFile, read_text_file
from gateway.dialects.slot import Document, Kind, Path, Slot
from gateway.trial.findings import Found
from gateway.trial.parts import parts, where
from gateway.trial.told import Mark


def file_of(data: bytes, name: str) -> TextFile:
    file = read_text_file(Encoded(data), "", name)
    assert file
    return file


TABLE, RECORD = file_of(b"name,mail\n", "a.csv"), file_of(b"{}", "a.json")
LETTER = DocumentText(Document(b"", (), str), ("",))
TEXT: Path = ("messages", 0, "content")
FILE: Path = (*TEXT, 0, "file", "file_data")

PLACES: dict[str, Slot] = {
    "the text": Slot("q", TEXT, Kind.TEXT, "user.text", "Ann"),
    "a key": Slot("q", TEXT, Kind.KEY, "user.key", "Ann"),
    ".people[0].name": Slot("q", TEXT, Kind.ARGUMENTS, "user.text", "Ann", ("people", 0, "name")),
    "row 2, column mail": Slot("q", FILE, Kind.ARGUMENTS, "user.text", "Ann", (1, 1, "mail"), file=TABLE),
    "row 2, column 2": Slot("q", FILE, Kind.ARGUMENTS, "user.text", "Ann", (1, 1), file=TABLE),
    ".mail": Slot("q", FILE, Kind.ARGUMENTS, "user.text", "Ann", ("mail",), file=RECORD),
    "the file": Slot("q", FILE, Kind.TEXT, "user.text", "Ann", file=TABLE),
    "page 3": Slot("q", FILE, Kind.ARGUMENTS, "user.text", "Ann", (2,), file=LETTER),
    "the file's name": Slot("q", (*TEXT, 0, "file", "filename"), Kind.TEXT, "user.text", "Ann"),
}


@pytest.mark.parametrize("told", [name for name in PLACES if name != "a key"])
def test_a_place_in_words(told: str) -> None:
    assert where(PLACES[told]) == told


def test_what_can_not_be_rewritten_is_said() -> None:
    assert where(PLACES["a key"]) == "the text (can't be rewritten)"


def test_of_two_marks_in_one_place_the_one_that_stops_the_call_is_shown_then_the_replaced_one() -> None:
    slot = Slot("q", TEXT, Kind.TEXT, "user.text", "a b c d")
    marks = [
        Mark(0, 3, "A", "pseudonym", "<A>"),
        Mark(2, 3, "S", "block"),
        Mark(4, 7, "B", "mask", "*"),
        Mark(6, 7, "C", "keep"),
    ]
    (part,) = parts([slot], [Found(slot, mark, 1, 1) for mark in marks], {"q": "<A> *"}, leaves=True)
    assert [mark.label for mark in part.marks] == ["S", "B"]
    assert part.leaves == "<A> *"


def test_a_text_is_shown_though_nothing_was_found_in_it_and_a_clean_part_of_a_file_is_not() -> None:
    slots = [PLACES["the text"], PLACES["row 2, column mail"]]
    assert [part.where for part in parts(slots, [], {}, leaves=False)] == ["the text"]
