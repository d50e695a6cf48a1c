from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.encoder.entities import Span
from detectors.encoder.format import ENTITIES
from detectors.encoder.span_rules import settled

A, ORG, P = "ADDRESS", "ORGANIZATION", "PERSON"


def rules(text: str, *found: tuple[str, str]) -> list[tuple[str, str]]:
    spans, at = [], 0
    for words, label in found:
        start = text.index(words, at)
        at = start + len(words)
        spans.append(Span(start, at, label, 0.6))
    return [(text[span.start : span.end], span.label) for span in settled(text, spans)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Ann and Bob", ["Ann", "Bob"]),
        ("Ann, Bob and Cy", ["Ann", "Bob", "Cy"]),
        ("Ann, Bob", ["Ann", "Bob"]),
        ("Ann & Bob", ["Ann", "Bob"]),
        ("Ann", ["Ann"]),
    ],
)
def test_a_list_of_people_is_cut(words, expected):
    assert rules(f"{words} and Dee came", (words, P)) == [(name, P) for name in expected]


@pytest.mark.parametrize("name", ["Lee, Ann", "Anderson", "Orla O'Mandor"])
def test_a_name_is_not(name):
    assert rules(f"{name} came", (name, P)) == [(name, P)]


def test_a_military_address_is_one():
    text = "sent to USNS Lee\nFPO AE 05609 today, not to Unit 4714 Box 6368\nDPO AE 29271"
    found = [("USNS", ORG), ("Lee", P), ("05609", "ID"), ("Unit 4714 Box 6368", A)]
    expected = [("USNS Lee\nFPO AE 05609", A), ("Unit 4714 Box 6368\nDPO AE 29271", A)]
    assert rules(text, *found) == expected


def test_nothing_beside_a_military_address_is_lost():
    assert rules("Ann Lee, PO Box 7\nAPO AP 02137", ("Ann Lee, PO Box 7\nAPO", P))[0][0].startswith("Ann Lee")


def test_addresses_with_a_blank_between_are_one():
    assert rules("at 58 Via Roma 3", ("58 Via", A), ("Roma 3", A)) == [("58 Via Roma 3", A)]
    assert rules("at 5 Low St, 9 Elm Dr", ("5 Low St", A), ("9 Elm Dr", A)) == [("5 Low St", A), ("9 Elm Dr", A)]


def test_the_marks_of_the_sentence_are_no_part_of_a_value():
    assert rules("at Ash Corp., 5 Low St, York: now", ("Ash Corp.", ORG), (", 5 Low St, York:", A)) == [
        ("Ash Corp.", ORG),
        ("5 Low St, York", A),
    ]
    assert rules("a , b", (",", A)) == []


def test_lines_may_be_written_as_escapes():
    text = r"Ash Ltd\n9 Elm Dr\n Apt. 4\n York\n Chad 12207\nThank you"
    whole = r"9 Elm Dr\n Apt. 4\n York\n Chad 12207"
    lines = [("9 Elm Dr", A), ("Apt. 4", A), ("York", "LOCATION"), ("Chad", "LOCATION"), ("12207", A)]
    assert rules(text, ("Ash Ltd", ORG), (whole, A)) == [("Ash Ltd", ORG), *lines]


@given(
    st.text("aB1 ,\n&>-", max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=6),
    st.data(),
)
def test_what_comes_out_is_in_order_apart_and_in_what_went_in(text, places, data):
    spans, at = [], 0
    for gap, size in places:
        if at + gap + size <= len(text):
            spans.append(Span(at + gap, at + gap + size, data.draw(st.sampled_from(ENTITIES)), 0.5))
            at += gap + size
    found = settled(text, spans)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(one.start < one.end for one in found)
    kept = {place for span in found for place in range(span.start, span.end) if text[place].isalnum()}
    assert {place for span in spans for place in range(span.start, span.end) if text[place].isalnum()} <= kept
