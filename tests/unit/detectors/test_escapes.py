"""Escapes for the end of a line, as pasted JSON has them, end words and lines as a real one does."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.escapes import in_blanks
from detectors.finding import Passage
from tests.pace import within
from tests.unit.detectors.ready import find, require_prefilter

READ = {
    "between lines": (r"Phone:\n212-555-0143\nfax", "Phone: \n212-555-0143\\nfax"),
    "several": (r"Ltd\n\n12 High Street", "Ltd \n \n12 High Street"),
    "as Windows has them": (r"one.\r\ntwo", "one. \r \ntwo"),
    "tabs": (r"Ann Lee\t41", "Ann Lee \t41"),
    "JSON in JSON": (r"Ltd\\n12", "Ltd  \n12"),
    "at the end of a sentence": (r"Yours.\nann", "Yours. \nann"),
    "at the end": ("Lee\\n", "Lee \n"),
}
LEFT = {
    "a path": r"C:\temp\new",
    "a path behind a word": r"\home\nancy",
    "a command": r"\alpha\times x",
    "another escape": r"M\u00fcller \x41 \"Ann\"",
    "a backslash": "a\\",
    "nothing": "Ann Lee",
}


@pytest.mark.parametrize(("text", "read"), READ.values(), ids=READ)
def test_an_escape_is_read_as_blanks(text: str, read: str) -> None:
    assert in_blanks(text) == read


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_what_may_be_something_else_stays(text: str) -> None:
    assert in_blanks(text) == text


@given(st.text(st.sampled_from("\\nrtab N.:")))
def test_nothing_moves(text: str) -> None:
    read = in_blanks(text)
    assert len(read) == len(text)
    assert all(mine == its or its in "\\nrt" for mine, its in zip(read, text, strict=True))


@pytest.mark.parametrize("text", ["\\" * 300_000, "\\n" * 150_000, "a\\na" * 75_000])
def test_it_takes_no_more_than_a_look_at_each_character(text: str) -> None:
    began = time.thread_time()
    in_blanks(text)
    assert time.thread_time() - began < within(0.5)


FOUND = {
    "a card": (r'{"note": "paid\n4111111111111111\nthanks"}', "CREDIT_CARD", "4111111111111111"),
    "an address before a line": (r"https://shop.example.org/\n\nAddress:\n1178", "URL", "https://shop.example.org/"),
    "a secret behind a line": (r"key:\nAKIAQYLPMN5HHHFPZAM2\n", "SECRET_AWS_ACCESS_KEY_ID", "AKIAQYLPMN5HHHFPZAM2"),
    "a secret with an escape in it": (r'password = "Tr0ub\n4dor&3x"', "SECRET_ASSIGNMENT", r"Tr0ub\n4dor&3x"),
}


@pytest.mark.parametrize(("text", "label", "value"), FOUND.values(), ids=FOUND)
def test_values_are_found_beside_and_around_escapes(text: str, label: str, value: str) -> None:
    found = [text[one.start : one.end] for one in find(require_prefilter(), text) if one.label == label]
    assert value in found


def test_the_slot_of_a_passage_stays() -> None:
    found = require_prefilter().inspect([Passage("m1", r"mail:\nann@example.com\n")], 60)
    assert {one.slot for one in found} == {"m1"}
