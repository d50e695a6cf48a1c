"""Surrogates: exact on the way back with every mix of strategies and over every cut, and one to one."""

import itertools
import re

from hypothesis import given
from hypothesis import strategies as st

from detectors.finding import Finding
from gateway.dialects.slot import Kind, Slot
from gateway.pseudonyms.mask import Masked, Pseudonymiser
from gateway.pseudonyms.restore import Restorer
from gateway.pseudonyms.strategy import Strategy
from gateway.pseudonyms.surrogates.index import SurrogateIndex
from gateway.pseudonyms.surrogates.restore import SurrogateRestorer
from gateway.pseudonyms.token import derive_key

KEY = derive_key(b"a master secret of at least 32 bytes", "acme")
VALUES = {
    "PERSON": ["Ann Lee", "Ann", "Ms Lee", "LEE", "Lee's", "Tom Lee", "Eva Groß", "J. Lee", "Иван", "McLee", "Mclee"],
    "EMAIL_ADDRESS": ["ann@x.org", "ann@X.org", "tom.lee@x.org"],
    "PHONE_NUMBER": ["+44 20 7946 0018", "+442079460018", "212-736-5000", "030 901820"],
    "CREDIT_CARD": [
        "4111 1111 1111 1111",
        "4111111111111111",
        "378282246310005",
        "503807764264",
        "2131 582536 05181",
        "2228-6842-6846-5633",
        "4653 7056 5630 4813 735",
        "6228\u00a04840\u00a02564\u00a08900\u00a0184",
    ],
    "IP_ADDRESS": ["8.8.4.4", "8.8.4.5"],
    "LOCATION": ["Paris", "PARIS"],
    "ID": ["AB-12345", "AB12345"],
    "AGE": ["76", "58", "7", "104"],
}
BETWEEN = [
    " aged ", "-year-old ", " years old, ", " ", ", ", " and ", "", "\n", "/", "x", ".", "'s ", "\\n", "Ash", "Mr ",
]  # fmt: skip
REVERSIBLE = [Strategy.PSEUDONYM, Strategy.SURROGATE, Strategy.SURROGATE, Strategy.SURROGATE]

pairs = st.sampled_from([(label, value) for label, values in VALUES.items() for value in values])
turns = st.lists(st.lists(st.tuples(st.sampled_from(BETWEEN), pairs), max_size=6), min_size=1, max_size=4)
chosen = st.fixed_dictionaries({label: st.sampled_from(REVERSIBLE) for label in VALUES})


def conversation(turns: list[list[tuple[str, tuple[str, str]]]], extra: str = "") -> tuple[list[Slot], list[Finding]]:
    slots, findings = [], []
    for number, turn in enumerate(turns):
        text = ""
        for between, (label, value) in turn:
            text += between
            findings.append(Finding("test", "1", label, f"q{number}", len(text), len(text) + len(value), 900_000))
            text += value
        slots.append(Slot(f"q{number}", ("messages", number), Kind.TEXT, "user.text", text))
    if extra:
        slots.append(Slot("extra", ("messages", len(turns)), Kind.TEXT, "user.text", extra))
    return slots, findings


def mask(slots: list[Slot], findings: list[Finding], strategies: dict[str, Strategy]) -> Masked:
    return Pseudonymiser(KEY).mask(slots, findings, dict.fromkeys(VALUES, 1), "s", None, strategies)


def pieces(text: str, places: list[int]) -> list[str]:
    borders = [0, *sorted(place % (len(text) + 1) for place in places), len(text)]
    return [text[start:end] for start, end in itertools.pairwise(borders)]


def streamed(masked: Masked, parts: list[str], *, escaped: bool = False) -> str:
    stream = Restorer(masked.tokens).stream(escaped=escaped)
    return "".join([*map(stream.feed, parts), stream.finish()])


@given(turns, chosen)
def test_what_was_masked_comes_back_exactly(turns, chosen) -> None:
    slots, findings = conversation(turns)
    masked = mask(slots, findings, chosen)
    for slot in slots:
        assert Restorer(masked.tokens).text(masked.replacements.get(slot.id, slot.text)) == slot.text


@given(turns, chosen)
def test_a_text_that_holds_the_surrogates_already_gets_others(turns, chosen) -> None:
    slots, findings = conversation(turns)
    before = mask(slots, findings, chosen)
    extra = " ".join([*before.tokens.surrogates, *before.tokens.parts])
    slots, findings = conversation(turns, extra)
    after = mask(slots, findings, chosen)
    assert not {*after.tokens.surrogates, *after.tokens.parts} & {*before.tokens.surrogates, *before.tokens.parts}
    for slot in slots:
        assert Restorer(after.tokens).text(after.replacements.get(slot.id, slot.text)) == slot.text


@given(turns, chosen, st.lists(st.integers(0, 10**6), max_size=8))
def test_it_comes_back_from_a_stream_cut_anywhere(turns, chosen, places: list[int]) -> None:
    slots, findings = conversation(turns)
    masked = mask(slots, findings, chosen)
    for slot in slots:
        text = masked.replacements.get(slot.id, slot.text)
        assert streamed(masked, pieces(text, places)) == slot.text
        assert streamed(masked, list(text)) == slot.text


@given(turns, chosen)
def test_surrogates_are_one_to_one_and_no_value_of_the_call(turns, chosen) -> None:
    slots, findings = conversation(turns)
    masked = mask(slots, findings, chosen)
    every = "\n".join(slot.text for slot in slots).casefold()
    surrogates = masked.tokens.surrogates
    assert len(set(surrogates.values())) == len(surrogates)
    assert not [one for one in (*surrogates, *masked.tokens.parts) if one.casefold() in every]


@given(turns, st.integers(0, 4))
def test_a_later_turn_never_changes_an_earlier_one(turns, shown: int) -> None:
    chosen = dict.fromkeys(VALUES, Strategy.SURROGATE)
    before, after = (mask(*conversation(part), chosen) for part in (turns[:shown], turns))
    for number in range(len(turns[:shown])):
        assert after.replacements.get(f"q{number}") == before.replacements.get(f"q{number}")


WORDS = {
    "Silva": "Lee", "Maria Silva": "Ann Lee", "Maria": "Ann", "+1 212": "+1 415", "Silvana": 'E"va', "S-1": "T-2",
    "74": "76", "7": "8",
}  # fmt: skip
BENT = [
    *WORDS, "aged ", "page ", "-year", " ye", "ars", " y/", "o", "4",
    "Mar", "ia", "Sil", "va", "na", " ", "\\n", "\\u00", "e9", "\\", "+1", " 21", "2", "n", "é", "_", "-1",
]  # fmt: skip


@given(st.lists(st.sampled_from(BENT), max_size=10).map("".join), st.lists(st.integers(0, 10**6), max_size=10))
def test_a_growing_text_is_restored_just_as_a_whole_one(text: str, places: list[int]) -> None:
    for in_json in (False, True):
        restorer = SurrogateRestorer(WORDS, in_json=in_json)
        for parts in (pieces(text, places), list(text)):
            stream = restorer.stream()
            given_out = [*map(stream.feed, parts), stream.finish()]
            assert ("".join(piece for piece, _ in given_out), sum(n for _, n in given_out)) == restorer.text(text)


@given(st.lists(st.sampled_from(BENT), max_size=10).map("".join))
def test_no_more_is_held_back_than_the_longest_surrogate_and_an_escape(text: str) -> None:
    for in_json in (False, True):
        index = SurrogateIndex(WORDS, in_json=in_json)
        assert len(text) - index.open_from(text) <= index.longest + len("\\u00e9")


for_good = st.fixed_dictionaries({label: st.sampled_from(list(Strategy)[2:]) for label in VALUES})


@given(turns, for_good)
def test_nothing_of_a_value_is_left_by_what_is_for_good(turns, chosen) -> None:
    slots, findings = conversation(turns)
    masked = mask(slots, findings, chosen)
    assert not masked.tokens
    for slot in slots:
        covered = [f for f in findings if f.slot == slot.id]
        rest = "".join(c for i, c in enumerate(slot.text) if not any(f.start <= i < f.end for f in covered))
        new = re.sub(r"[0-9a-f]{64}|\*", "", masked.replacements.get(slot.id, slot.text))
        assert new == rest or (not rest.strip() and re.fullmatch("<[A-Z_]+>", new))
