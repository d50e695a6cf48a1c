"""Escapes for the end of a line, as pasted JSON has them, end words and lines as a real one does."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.encoder.offsets import View
from detectors.escapes import in_blanks, readable
from detectors.finding import Passage
from tests.pace import within
from tests.unit.detectors.ready import find, require_prefilter

READ = {
    "between lines": (r"Phone:\n212-555-0143\nfax", "Phone: \n212-555-0143 \nfax"),
    "several": (r"Ltd\n\n12 High Street", "Ltd \n \n12 High Street"),
    "as Windows has them": (r"one.\r\ntwo", "one. \r \ntwo"),
    "tabs and others": (r"Ann Lee\t41\b\f", "Ann Lee \t41    "),
    "JSON in JSON": (r"Ltd\\n12", "Ltd  \n12"),
    "at the end": ("Lee\\n", "Lee \n"),
    "other escapes": (r"C:\Users \x41", r"C:\Users \x41"),
    "nothing": ("Ann Lee", "Ann Lee"),
    "half of one": ("a\\", "a\\"),
}


@pytest.mark.parametrize(("text", "read"), READ.values(), ids=READ)
def test_blank_space_is_read_as_such_and_moves_nothing(text: str, read: str) -> None:
    assert in_blanks(text) == read
    assert readable(text) == View(read)


SIGNS = {
    "letters": (r"M\u00fcller", "M\u00fcller"),
    "an at sign": (r"ann\u0040example.com", "ann@example.com"),
    "a pair": (r"a\ud83d\ude00b", "a\U0001f600b"),
    "halves": (r"\ud83d \ude00\ud83d", "\ufffd \ufffd\ufffd"),
    "quotes": (r"\"Ann\"", '"Ann"'),
    "a slash": (r"https:\/\/example.com\/a", "https://example.com/a"),
    "JSON in JSON": (r"M\\u00fcller", "M\u00fcller"),
    "controls": (r"a\u0000b\u000ac", "a b\nc"),
    "too short": (r"a\u00f", r"a\u00f"),
    "with blanks": (r"J\u00fcrgen\nLee", "J\u00fcrgen \nLee"),
}


@pytest.mark.parametrize(("text", "read"), SIGNS.values(), ids=SIGNS)
def test_a_sign_is_read_as_what_it_stands_for(text: str, read: str) -> None:
    view = readable(text)
    assert view.text == read
    assert view.origin(0, len(read)) == (0, len(text))


@given(st.text(st.sampled_from("\\nrtu0d8c4b N./"), max_size=40))
def test_every_character_knows_its_origin(text: str) -> None:
    view = readable(text)
    places = [view.origin(place, place + 1) for place in range(len(view.text))]
    assert all(low < high for low, high in places)
    assert all(first[1] == second[0] for first, second in pairwise(places))


@pytest.mark.parametrize("text", ["\\" * 300_000, "\\n" * 150_000, "a\\na" * 75_000, "\\u00e" * 50_000])
def test_it_takes_no_more_than_a_look_at_each_character(text: str) -> None:
    began = time.thread_time()
    readable(text)
    assert time.thread_time() - began < within(0.5)


FOUND = {
    "a card": (r'{"note": "paid\n4111111111111111\nthanks"}', "CREDIT_CARD", "4111111111111111"),
    "an address before a line": (r"https://shop.example.org/\n\nAddress:\n1178", "URL", "https://shop.example.org/"),
    "a secret behind a line": (r"key:\nAKIAQYLPMN5HHHFPZAM2\n", "SECRET_AWS_ACCESS_KEY_ID", "AKIAQYLPMN5HHHFPZAM2"),
    "an address with an escaped sign": (
        r"to ann.lee\u0040example.com, now",
        "EMAIL_ADDRESS",
        r"ann.lee\u0040example.com",
    ),
    "a key behind a word": (r"the key\nAKIAQYLPMN5HHHFPZAM2", "SECRET_AWS_ACCESS_KEY_ID", "AKIAQYLPMN5HHHFPZAM2"),
    "a secret in JSON in JSON": (r'"{\"password\": \"Tr0ub4dor&3xyz\"}"', "SECRET_ASSIGNMENT", "Tr0ub4dor&3xyz"),
    "a secret with an escape in it": (r'password = "Tr0ub\n4dor&3x"', "SECRET_ASSIGNMENT", r"Tr0ub\n4dor&3x"),
}


@pytest.mark.parametrize(("text", "label", "value"), FOUND.values(), ids=FOUND)
def test_values_are_found_beside_and_around_escapes(text: str, label: str, value: str) -> None:
    found = [text[one.start : one.end] for one in find(require_prefilter(), text) if one.label == label]
    assert value in found


def test_the_slot_of_a_passage_stays() -> None:
    found = require_prefilter().inspect([Passage("m1", r"mail:\nann@example.com\n")], 60)
    assert {one.slot for one in found} == {"m1"}
