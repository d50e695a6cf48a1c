import sys
import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.encoder.normalise import normalise
from detectors.encoder.offsets import View, ViewWriter, compose
from tests.pace import within

ZWSP, RLO, SOFT = "\u200b", "\u202e", "\u00ad"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\uff49\uff47\uff4e\uff4f\uff52\uff45", "ignore"),
        ("\U0001d4f1\U0001d4ea\U0001d4fd\U0001d4ee", "hate"),
        ("\u24da\u24d8\u24db\u24db", "kill"),
        ("\U0001f17a\U0001f178\U0001f17b\U0001f17b", "KILL"),
        (f"ig{ZWSP}no{SOFT}re {RLO}all", "ignore all"),
        ("\ufb01x \u2026", "fix ..."),
        ("e\u0301t\u00e9", "\u00e9t\u00e9"),
        ("x\U000e0048\U000e0049\U000e007f", "xHI"),
        ("p\u0430yp\u0430l", "paypal"),
        ("\u0440\u043e\u043e\u0440", "poop"),
        ("\u1d0b\u026a\u029f\u029f", "kill"),
        ("caf\u00e9 \u201cna\u00efve\u201d \u2014 \u20ac5", "caf\u00e9 \u201cna\u00efve\u201d \u2014 \u20ac5"),
    ],
)
def test_what_is_dressed_up_is_read_plainly(text: str, expected: str):
    assert normalise(text).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "\u041f\u0440\u0438\u0432\u0435\u0442, \u043a\u0430\u043a \u0434\u0435\u043b\u0430? \u0421\u043e\u0440.",
        "\u03bb\u03cc\u03b3\u03bf\u03c2 \u03ba\u03b1\u03b9",
        "an angle \u03b1 of 5",
        "\u65e5\u672c\u8a9e \u0627\u0644\u0639\u0631\u0628\u064a\u0629 \ud55c\uad6d\uc5b4",
    ],
    ids=["Russian, with a word that looks Latin", "Greek", "a formula", "others"],
)
def test_honest_words_of_other_scripts_stay(text: str):
    assert normalise(text).text == text


@given(st.text(st.characters(codec="ascii", exclude_characters="\\%&")))
def test_ascii_text_is_normal_and_every_offset_its_own(text: str):
    view = normalise(text)
    assert view == View(text)
    assert all(view.origin(at, at + 1) == (at, at + 1) for at in range(len(text)))


ODD = st.sampled_from(
    [ZWSP, "\ufb03", "\u0301", "\uff21", "\u0430", "a", " ", "\u1100", "\u1161", "\U000e0041", "\ufdfa"]
)


@given(st.lists(st.one_of(ODD, st.characters(codec="utf-8"))).map("".join))
def test_the_map_never_goes_back_and_stays_within_the_text(text: str):
    view = normalise(text)
    origins = [view.origin(at, at + 1) for at in range(len(view.text))]
    assert all(0 <= start < end <= len(text) for start, end in origins)
    assert all(one[0] <= two[0] and one[1] <= two[1] for one, two in pairwise(origins))


@pytest.mark.parametrize(
    ("text", "found", "stretch"),
    [
        (f"x {ZWSP}k{ZWSP}ill y", "kill", f"k{ZWSP}ill"),
        ("the \ufb01x \u2026 end", "end", "end"),
        ("a\u2026b", "..", "\u2026"),
        ("\U0001d4f1\U0001d4ea\U0001d4fd\U0001d4ee you", "hate", "\U0001d4f1\U0001d4ea\U0001d4fd\U0001d4ee"),
        ("so e\u0301te\u0301 it", "\u00e9t\u00e9", "e\u0301te\u0301"),
    ],
)
def test_what_is_found_is_named_where_it_stands_in_the_original(text: str, found: str, stretch: str):
    view = normalise(text)
    at = view.text.index(found)
    start, end = view.origin(at, at + len(found))
    assert text[start:end] == stretch


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Z"], max_codepoint=0x2FF)))
def test_apart_from_what_is_hidden_and_alike_it_is_nfkc(text: str):
    seen = text.translate({0xAD: None, 0x131: "i", 0x237: "j", 0x251: "a", 0x261: "g", 0x192: "f", 0x269: "i"})
    seen = seen.translate(dict(zip((0x299, 0x262, 0x29C, 0x26A, 0x29F, 0x274, 0x280, 0x28F), "bghilnry", strict=True)))
    assert normalise(text).text == unicodedata.normalize("NFKC", seen)


def test_nothing_that_draws_nothing_is_left():
    visible = set("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
    hidden = [c for c in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(c) == "Cf" and c not in visible]
    assert [hex(ord(c)) for c in hidden if c in normalise(f"a{c}b").text] == []


def test_a_view_of_a_view_leads_back_to_the_original():
    first = normalise(f"x{ZWSP}\ufb01y")
    later = ViewWriter()
    later.keep("x", 0)
    later.put("FI", 1, 3)
    view = compose(later.view(), first)
    assert (view.text, view.origin(1, 3), view.origin(0, 1)) == ("xFI", (2, 3), (0, 1))
    assert compose(View(first.text), first).origin(1, 4) == (2, 4)


def test_ascii_costs_next_to_nothing():
    text = "The quick brown fox. " * 50_000
    began = time.perf_counter()
    normalise(text)
    assert time.perf_counter() - began < within(0.01)
