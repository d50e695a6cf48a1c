"""Denied values: found as whole words however they are written, and wherever they stand."""

import re
from time import thread_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detectors.lists.deny import DenyList
from detectors.lists.normal_form import normal, readings
from detectors.text.deadline import Deadline
from tests.pace import within

JOSE, NUNEZ = "Jose\u0301", "Nu\u0301n\u0303ez"
CHOIR = "\u0425\u043e\u0440"
WIDE = "".join(chr(ord(letter) + 0xFEE0) for letter in "Ann") + "\u3000" + "".join(chr(ord(x) + 0xFEE0) for x in "Lee")
TAGS = "".join(chr(0xE0000 + ord(digit)) for digit in "0049")


def deny(**listed: list[str]) -> DenyList:
    values: dict[str, set[str]] = {}
    for label, texts in listed.items():
        for text in texts:
            values.setdefault(readings(text)[0].text, set()).add(label)
    return DenyList(values)


def found(one: DenyList, text: str, seconds: float = 10) -> list[tuple[str, str]]:
    return [(label, text[start:end]) for label, start, end in one.find(readings(text), Deadline(seconds))]


LISTED = deny(
    PERSON=["Ann Lee", f"{JOSE} {NUNEZ}", "Bob O'Neil", "Groß", "Żaneta"],
    PROJECT=["Night Owl", "C++", "#4711", "K-2004/17", CHOIR, "王小明", "サクラ", "김철수"],
    CUSTOMER=["0049"],
)
WAYS = {
    "as listed": ("Ask Ann Lee.", ["Ann Lee"]),
    "in any case": ("ANN LEE, ann lee", ["ANN LEE", "ann lee"]),
    "over a line break and blanks": ("Ann \r\n\t  Lee", ["Ann \r\n\t  Lee"]),
    "over a blank that does not break": ("Ann\u00a0Lee", ["Ann\u00a0Lee"]),
    "between signs": ("(Ann Lee's) '0049' <Groß>", ["Ann Lee", "0049", "Groß"]),
    "at both ends": ("0049 and 0049", ["0049", "0049"]),
    "not within words": ("Annlee, Ann Leeward, Joann Lee, 00491, x_0049", []),
    "composed": ("José Núñez", ["José Núñez"]),
    "decomposed": (f"{JOSE} {NUNEZ}!", [f"{JOSE} {NUNEZ}"]),
    "with another accent": ("A\u0301nn Lee, Ann Leé, Ann Lee\u0301, José Núnez", []),
    "full-width": (f"…{WIDE}…", [WIDE]),
    "folded to two letters": ("ß GROSS groß Große", ["GROSS", "groß"]),
    "with what nobody sees": ("Ann\u200b Le\u200de\ufeff", ["Ann\u200b Le\u200de"]),
    "as tags that only models read": (f"Hi {TAGS}", [TAGS]),
    "at a note or a trade mark": ("Ann Lee² leads Night Owl™", ["Ann Lee", "Night Owl"]),
    "with signs of its own": ("c++, (#4711) k-2004/17.", ["c++", "#4711", "k-2004/17"]),
    "signs are a part of it": ("c+, 4711, k 2004/17", []),
    "in Cyrillic": (f"Наш {CHOIR.lower()} поёт. {CHOIR.upper()}", [CHOIR.lower(), CHOIR.upper()]),
    "without blanks between words": ("我是王小明先生", ["王小明"]),
    "in kana": ("これはサクラです", ["サクラ"]),
    "with an ending": ("김철수는 왔다", ["김철수"]),
    "in Polish": ("ŻANETA, Z\u0307aneta", ["ŻANETA", "Z\u0307aneta"]),
}


@pytest.mark.parametrize(("text", "values"), WAYS.values(), ids=WAYS)
def test_a_value_is_found(text, values):
    assert [value for _, value in found(LISTED, text)] == values


def test_each_value_has_its_labels():
    one = deny(PERSON=["Ann", "Lee Park"], PROJECT=["Ann", "Ann Lee"])
    assert found(one, "Ann Lee Park") == [("PROJECT", "Ann Lee"), ("PERSON", "Ann"), ("PERSON", "Lee Park")]


def test_of_values_within_another_of_the_same_label_the_longest_is_told():
    one = deny(PROJECT=["Blue", "Blue Heron", "Heron"], PERSON=["Heron"])
    assert found(one, "Blue Heron") == [("PROJECT", "Blue Heron"), ("PERSON", "Heron")]
    assert found(one, "blue herons, a heron") == [("PROJECT", "blue"), ("PERSON", "heron"), ("PROJECT", "heron")]


def test_a_list_of_nothing_finds_nothing():
    assert found(DenyList({}), "Ann Lee") == []
    assert DenyList({}).labels == frozenset()


def test_no_time_is_a_timeout():
    with pytest.raises(TimeoutError):
        found(LISTED, "Ann Lee", seconds=0)


def test_a_text_full_of_what_values_share_takes_no_more_than_its_length():
    one = deny(PERSON=[f"{first} Lee" for first in (f"name{number}" for number in range(5_000))])
    text = "Lee lee " * 20_000
    began = thread_time()
    assert found(one, text + "name77 lee") == [("PERSON", "name77 lee")]
    assert thread_time() - began < within(60e-6 * len(text))


LETTERS = st.sampled_from(["a", "A", "b", "ß", "é", "e\u0301", "ﬁ", "王", "小", "1", "_", "-", "+", "\u0301", "²"])
SPACES = st.sampled_from([" ", "  ", "\n", "\u00a0", "\t "])
TEXTS = st.lists(st.one_of(LETTERS, LETTERS, SPACES), max_size=40).map("".join)
VALUES = st.lists(st.one_of(LETTERS, LETTERS, SPACES), min_size=2, max_size=6).map("".join)


def borders(text: str, start: int, end: int) -> bool:
    """Say of a stretch in normal form, in another way than the code, that no word goes on over its ends."""
    marks, unbroken = "\u0301", "王小"

    def goes_on(left: str, right: str) -> bool:
        return right in marks or (
            bool(re.fullmatch(r"\w\w", left.replace("\u0301", "x") + right)) and not {left, right} & set(unbroken)
        )

    return not (start and goes_on(text[start - 1], text[start])) and not (
        end < len(text) and goes_on(text[end - 1], text[end])
    )


@settings(max_examples=300)
@given(st.lists(VALUES, max_size=6), TEXTS)
def test_nothing_is_found_but_what_stands_there_and_all_of_it(values, text):
    listed = {form for value in values if re.search(r"\w", form := readings(value)[0].text)}
    reading = readings(text)[0]
    told = sorted(DenyList({value: [value] for value in listed}).find([reading], Deadline(10)))
    expected = set()
    for value in listed:
        places = [at for at in range(len(reading.text)) if reading.text.startswith(value, at)]
        whole = [(at, at + len(value)) for at in places if borders(reading.text, at, at + len(value))]
        expected |= {(value, *reading.origin(*place)) for place in whole}
    within = {
        (value, start, end)
        for value, start, end in expected
        if any(value == v and s <= start and end <= e and (s, e) != (start, end) for v, s, e in expected)
    }
    assert told == sorted(expected - within)


@settings(max_examples=300)
@given(TEXTS)
def test_every_stretch_of_a_text_in_normal_form_has_an_origin_with_that_form(text):
    for reading in readings(text):
        assert reading.text == normal(reading.text)
        if reading.text:
            start, end = reading.origin(0, len(reading.text))
            assert 0 <= start < end <= len(text)
            assert readings(text[start:end])[0].text == readings(text)[0].text


@pytest.mark.parametrize(
    "before", ["", "\u2460 ", "\u0390 "], ids=["ASCII", "a sign in a ring", "Greek that folds apart"]
)
def test_what_is_encoded_twice_is_undone_once_and_moves_nothing(before: str) -> None:
    text = f"{before}a&amp;amp;amp;b %2540 Ann Lee, and more"
    read = readings(text)
    assert "a&amp;amp;b %40 ann lee" in read[0].text
    found = deny(PERSON=["Ann Lee"]).find(read, Deadline(60))
    assert [text[start:end] for _, start, end in found] == ["Ann Lee"]
