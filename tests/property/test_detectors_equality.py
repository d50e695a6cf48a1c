"""The quick way finds what Presidio's plain loop finds, whatever the text."""

from functools import cache

from hypothesis import example, given, settings
from hypothesis import strategies as st

from detectors.finding import Passage
from detectors.text.patterns import PPM
from tests.unit.detectors.plain_loop import PlainLoop
from tests.unit.detectors.ready import find, require_prefilter

SAMPLES = [
    "ann.lee@example.co.uk", "212-555-0143", "+49 30 901820", "4111 1111 1111 1111", "DE89 3704 0044 0532 0130 00",
    "536-22-8412", "192.168.17.4", "2001:db8::1", "00:1b:44:11:3a:b7", "https://docs.example.org/start?x=1",
    "'www.x.io'", "401-023-2137", "AB 12 34 56 C", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "2024-05-17", "05/17/24",
    "S2740116C", "123e4567-e89b-12d3-a456-426614174000", "876 543 210", "312345678909", "945456787654", "SW1A 1AA",
    "KA 01 AB 1234", "prescription # 1234567", "claim no. ABC-1234567", "ABCPD1234E", "29ABCDE1234F1Z5", "K1A 0B1",
    "A1234567", "AKIA" + "IOSFODNN7EXAMPLE", 'password = "tr0ub4dor&3"', "postgres://app:s3cr3t@db/x",
    "eyJhbGciOiJIUzI1NiJ9" + ".e30.c2lnbmF0dXJlMQ", "36 574 261 809", "L01X00T47", "15 070649 C 103", "1237 010180",
    "756.9217.0769.85", "85.07.30-033.28", "2 95 10 99 126 111 93", "6433435OA", "X-2482300-W", "RCCMNL83S18D969H",
    "19880320-0016", "131052-308T", "36805280109", "710319/2745", "1630615123457", "BE 0428.759.497", "CHE-100.155.212",
    "2228 6842 6846 5633", "4653705656304813735", "503807764264", "213158253605181", "2311261609310006",
    "6228\u00a04840\u00a02564\u00a08900\u00a0184", "NL004495445B01",
    "SPECI2014", "CA12345AA", "U1A23456BC", "15AA12345", "\u0391\u0392 123456",
]  # fmt: skip
GLUE = [
    " ",
    "\n",
    ", ",
    ": ",
    "-",
    "",
    "x",
    "\u00e9",
    "\u0301",
    "\u00a0",
    "account ",
    "passport number ",
    "phone ",
    "tax id ",
    "BSN ",
    "card ",
    " 2026 ",
]
DIRT = (
    "\u0665\uff15\u0662\u0664\u00e9\u0301\u017f\u212a\u0130\u0131\u00a0\u2003\u3000\u200b\u2013\u00f1\u4e2d"
    "\u07c0\U0001e950\u00b2\u00bd\u093d\ufe0f\x1c\x85\x00"
)


@cache
def plain_loop() -> PlainLoop:
    return PlainLoop()


@st.composite
def dirty_texts(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.tuples(st.sampled_from(SAMPLES), st.sampled_from(GLUE)), min_size=1, max_size=5))
    characters = list("".join(sample + glue for sample, glue in parts))
    for _ in range(draw(st.integers(0, 4))):
        characters[draw(st.integers(0, len(characters) - 1))] = draw(st.sampled_from(DIRT))
    return "".join(characters)


def check(text: str) -> None:
    ours = sorted((f.label, f.start, f.end, f.score_ppm) for f in find(require_prefilter(), text))
    theirs = sorted((label, start, end, round(score * PPM)) for label, start, end, score in plain_loop().find(text))
    assert ours == theirs


@settings(max_examples=300)
@given(dirty_texts())
@example("If she uses \u0131500 ml")
@example("212-555-0143 312345678\u212a09 ")
@example("312345678\u013009")
def test_identifiers_are_found_as_by_the_plain_loop_however_dirty(text):
    check(text)


@settings(max_examples=300)
@given(st.text(max_size=200))
def test_any_text_gives_what_the_plain_loop_gives(text):
    check(text)


@settings(max_examples=100)
@given(st.text(st.sampled_from("0123456789-./:@ aAbBxX+()" + DIRT), max_size=120))
def test_any_mixture_of_digits_and_marks_gives_what_the_plain_loop_gives(text):
    check(text)


@settings(max_examples=100)
@given(st.lists(dirty_texts(), max_size=4))
def test_findings_lie_inside_the_text_and_ignore_the_other_passages(texts):
    detector = require_prefilter()
    passages = [Passage(str(number), text) for number, text in enumerate(texts)]
    together = detector.inspect(passages, 60)
    assert together == [finding for passage in passages for finding in detector.inspect([passage], 60)]
    assert all(0 <= f.start < f.end <= len(texts[int(f.slot)]) and 0 < f.score_ppm <= PPM for f in together)
