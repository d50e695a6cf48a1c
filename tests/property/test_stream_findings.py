"""What is found in a stream is what is found in the whole text, wherever it is cut, and it counts once."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detectors.escapes import in_blanks
from detectors.finding import Finding, Passage
from gateway.stream.limits import Limits
from tests.chat_streams import DONE, assembled, cut, end, guard, say
from tests.unit.detectors.ready import find, require_prefilter

RULES = {
    "EMAIL": re.compile(r"[a-z.]+@[a-z.]+[a-z]"),
    "SECRET": re.compile(r"(?<=TOKEN=)[a-z_0-9]+(?![a-z_0-9]*\()"),
    "PERSON": re.compile(r"\bAnn(?: Lee)?(?: the [a-z]+)*"),
    "CARD": re.compile(r"(?<![0-9 ])(?:[0-9]{4} ){3}[0-9]{4}(?![0-9])"),
}
PARTS = [
    "TOKEN=get_token(session1)", "TOKEN=get_token", "ann.lee@example.org", "Ann Lee the brave the bold", "Ann", " Lee",
    "4111 1111 1111 1111", " 1111", "word", " and ", " ", "\n", "\\n", ", ", ". ", "x",
]  # fmt: skip
LIMITS = Limits(reach=32, stride=8)
REAL = [
    "Use it so in your shell, please, and tell me whether it works: TOKEN=get_token(session1) then go on with it.",
    "Mail ann.lee@example.co.uk or call +1 212-555-0143, card 4111 1111 1111 1111, IBAN DE89 3704 0044 0532 0130 00; "
    'password = "tr0ub4dor&3", see https://docs.example.org/start?x=1 for the passport number A1234567, and goodbye.',
    "config:\\npassword: 'tr0ub4dor&3xyz'\\nAKIA"
    + "IOSFODNN7EXAMPLE\\nand more of it, until the window is long past it.",
]

Find = Callable[[list[Passage]], list[Finding]]


def found(passages: list[Passage]) -> list[Finding]:
    return [
        Finding("rules", "1", label, passage.slot, *match.span(), 900_000)
        for passage in passages
        for label, rule in RULES.items()
        for match in rule.finditer(in_blanks(passage.text))
    ]


def really_found(passages: list[Passage]) -> list[Finding]:
    detector = require_prefilter()
    return [replace(one, slot=passage.slot) for passage in passages for one in find(detector, passage.text)]


def streamed(
    pieces: list[str], mode: str, look: Find = found, limits: Limits = LIMITS
) -> tuple[list[tuple[str, int, int]], str]:
    """Drive a guard as the gateway does: screen, decide on what is fresh, clear, take."""
    guarded, fresh, out = guard(mode, {}, limits), list[Finding](), b""
    for piece in [*map(say, pieces), end() + DONE]:
        guarded.feed(piece)
        while passages := guarded.to_screen():
            findings = look(passages)
            fresh += guarded.fresh(passages, findings)
            guarded.cleared(passages, findings)
        out += guarded.take()
    assert list(guarded.findings) == fresh
    return sorted((one.label, one.start, one.end) for one in fresh), assembled(out).get("0.content", "")


def whole(text: str, look: Find = found) -> list[tuple[str, int, int]]:
    return sorted((one.label, one.start, one.end) for one in look([Passage("", text)]))


@settings(max_examples=300)
@given(
    st.lists(st.sampled_from(PARTS), max_size=30).map("".join),
    st.lists(st.integers(0, 10**6), max_size=40),
    st.sampled_from(["window", "hold", "observe"]),
)
def test_a_stream_is_decided_on_as_the_whole_text_is(text: str, places: list[int], mode: str) -> None:
    pieces = [piece.decode() for piece in cut(text.encode(), places) if piece]
    assert streamed(pieces, mode) == (whole(text), text)


@pytest.mark.parametrize("mode", ["window", "observe"])
def test_a_call_of_a_function_is_no_secret_wherever_the_stream_is_cut(mode: str) -> None:
    text = (
        "Set it in your shell like this, then go on: TOKEN=get_token(session1) && echo $TOKEN | wc -c; and that is all."
    )
    for size in range(1, len(text)):
        assert streamed([text[at : at + size] for at in range(0, len(text), size)], mode) == ([], text)


@pytest.mark.parametrize("text", REAL, ids=["a call", "personal data", "escapes"])
def test_the_real_detectors_find_the_same_wherever_the_stream_is_cut(text: str) -> None:
    expected = whole(text, really_found), text
    for size in (1, 2, 3, 5, 7, 11, 17, 29, 64, 90):
        pieces = [text[at : at + size] for at in range(0, len(text), size)]
        assert streamed(pieces, "window", really_found, Limits()) == expected, size
