"""What is percent-encoded or written as HTML's references is read as what it stands for."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.encoder.offsets import View
from detectors.encodings import decoded
from tests.unit.detectors.ready import find, require_prefilter

DECODED = {
    "a sign": ("ann%40example.com", "ann@example.com"),
    "a blank": ("Ann%20Lee", "Ann Lee"),
    "letters of two octets": ("M%C3%BCller", "M\u00fcller"),
    "several": ("%2B44%20%f0%9f%98%80", "+44 \U0001f600"),
    "the end of a line": ("Ann%0D%0ALee", "Ann  Lee"),
    "a named letter": ("M&uuml;ller &amp; Co", "M\u00fcller & Co"),
    "by numbers": ("ann&#64;example&#x2e;com", "ann@example.com"),
    "in JSON's escapes": (r"ann\u0025\u0034\u0030example.com", "ann@example.com"),
}
LEFT = {
    "a percentage": "100% of 5%, 7%de",
    "no UTF-8": "%ff%fe",
    "controls": "%00%1b &#27;",
    "no reference": "R&D; AT&T; &nosuchname; &#99999999;",
    "nothing": "Ann Lee",
}


@pytest.mark.parametrize(("text", "plain"), DECODED.values(), ids=DECODED)
def test_an_encoding_is_read_as_what_it_stands_for(text: str, plain: str) -> None:
    view = decoded(text)
    assert view.text == plain
    assert view.origin(0, len(plain)) == (0, len(text))


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_what_is_none_stays(text: str) -> None:
    assert decoded(text).text == text


@given(st.text(st.sampled_from("%4c3b&#;amp\\u0025 N"), max_size=40))
def test_every_character_knows_its_origin(text: str) -> None:
    view = decoded(text)
    places = [view.origin(place, place + 1) for place in range(len(view.text))]
    assert all(low < high for low, high in places)
    assert all(first[1] == second[0] or first == second for first, second in pairwise(places))
    assert not text or (places[0][0], places[-1][1]) == (0, len(text))


def test_a_text_without_any_is_its_own_view() -> None:
    assert decoded("Ann Lee") == View("Ann Lee")


FOUND = {
    "an address in a query": ("<mailto:ann.lee%40example.com?subject=Hi>", "EMAIL_ADDRESS", "ann.lee%40example.com"),
    "an address in a page": ("<p>ann.lee&#64;example.com</p>", "EMAIL_ADDRESS", "ann.lee&#64;example.com"),
    "a number in a query": ("tel=%2B44%2020%207946%200958&x=1", "PHONE_NUMBER", "%2B44%2020%207946%200958"),
    "the whole of an address in the web": ("see https://example.org/a%20b/c now", "URL", "https://example.org/a%20b/c"),
}


@pytest.mark.parametrize(("text", "label", "value"), FOUND.values(), ids=FOUND)
def test_values_are_found_in_and_around_encodings(text: str, label: str, value: str) -> None:
    assert value in [text[one.start : one.end] for one in find(require_prefilter(), text) if one.label == label]
