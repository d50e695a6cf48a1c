import pytest

from detectors.encoder.address_lines import by_lines
from detectors.encoder.entities import Span

A, L, P = "ADDRESS", "LOCATION", "PERSON"


def cut(text: str, *found: tuple[str, str]) -> list[tuple[str, str]]:
    """Give what becomes of spans, each named by its words and its label."""
    spans, at = [], 0
    for words, label in found:
        start = text.index(words, at)
        at = start + len(words)
        spans.append(Span(start, at, label, 0.9))
    return [(text[span.start : span.end], span.label) for span in by_lines(text, spans)]


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ("12 High St\nOxford", [("12 High St", A), ("Oxford", L)]),
        ("Hauptstr. 5\n10115 Berlin", [("Hauptstr. 5", A), ("10115", A), ("Berlin", L)]),
        ("Hauptstr. 5\nD-10115 Berlin\nGermany", [("Hauptstr. 5", A), ("D-10115", A), ("Berlin", L), ("Germany", L)]),
        ("9 Elm Dr\nAlbany, NY 12207", [("9 Elm Dr", A), ("Albany", L), ("NY 12207", A)]),
        ("9 Elm Dr\nApt. 4\nChad 12207", [("9 Elm Dr", A), ("Apt. 4", A), ("Chad", L), ("12207", A)]),
        ("9 Elm Dr\nOxford OX1 2JD", [("9 Elm Dr", A), ("Oxford", L), ("OX1 2JD", A)]),
        ("Elm House\n1420 Low Street\nYork", [("Elm House", A), ("1420 Low Street", A), ("York", L)]),
        ("> 9 Elm Dr\n> York", [("9 Elm Dr", A), ("York", L)]),
        ("PSC 9236, Box 1684\nAPO AP 02137", [("PSC 9236, Box 1684\nAPO AP 02137", A)]),  # it names no place
        ("9 Elm Dr, York", [("9 Elm Dr, York", A)]),
    ],
)
def test_an_address_that_fills_lines_is_cut_into_them(address, lines):
    whole = address.removeprefix("> ")
    assert cut(f"To:\n{address}\nThank you", (whole, A)) == lines


def test_within_a_sentence_it_stays_whole():
    assert cut("I moved to 9 Elm Dr\nYork last week", ("9 Elm Dr\nYork", A)) == [("9 Elm Dr\nYork", A)]


def test_a_name_may_stand_before_it():
    text = "Ann Lee 9 Elm Dr\nYork"
    assert cut(text, ("Ann Lee", P), ("9 Elm Dr\nYork", A)) == [("Ann Lee", P), ("9 Elm Dr", A), ("York", L)]


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("9 Elm Dr\nChad 12207", [("9 Elm Dr", A), ("Chad 12207", A)], [("9 Elm Dr", A), ("Chad", L), ("12207", A)]),
        ("York\n\n New Chad 12207", [("York", L), ("Chad 12207", A)], [("York", L), ("New Chad", L), ("12207", A)]),
        ("9 Elm Dr\nLow Road 14", [("9 Elm Dr", A), ("Low Road 14", A)], [("9 Elm Dr", A), ("Low Road 14", A)]),
        ("in York\nChad 12207", [("York", L), ("Chad 12207", A)], [("York", L), ("Chad 12207", A)]),
    ],
    ids=["country", "from the line's start", "two streets", "no envelope"],
)  # fmt: skip
def test_a_country_and_its_code_go_on_with_an_address(text, found, expected):
    assert cut(text, *found) == expected


def test_scores_stay():
    assert {span.score for span in by_lines("9 Elm Dr\nYork", [Span(0, 13, A, 0.7)])} == {0.7}
