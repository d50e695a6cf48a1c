import random

import pytest
from presidio_analyzer.predefined_recognizers import PhoneRecognizer

from detectors.text.gates import SHORTEST_PHONE
from detectors.text.phones.asking import MOST, Asking, _Recorder
from detectors.text.phones.candidates import Candidates, Written
from detectors.text.phones.first_look import CHAIN, FirstLook, _plain, _tried
from detectors.text.phones.numbering import Numbering

NUMBERINGS = tuple(map(Numbering, PhoneRecognizer().supported_regions))
LOOK = FirstLook(NUMBERINGS)
NUMBER = Written(" ", "212-555-0143", ".")


class Ticks:
    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> None:
        self.count += 1


def test_a_number_is_asked_about_once_while_a_text_is_searched():
    ticks = Ticks()
    asking = Asking(NUMBERINGS, LOOK, 1, ticks)
    assert [asking.number_in(NUMBER, "US") for _ in range(3)] == [(0, 12)] * 3
    assert ticks.count == 1
    assert asking.number_in(NUMBER, "DE") is None
    assert ticks.count > 1


def test_what_stands_beside_a_number_makes_it_another_question():
    asking = Asking(NUMBERINGS, LOOK, 1, Ticks())
    beside = [("", ""), ("a", "."), ("%", "."), (" ", "a"), ("\u00e9", ""), (" ", ":30")]
    assert [asking.number_in(Written(before, NUMBER.text, behind), "US") for before, behind in beside] == [
        (0, 12),
        None,
        None,
        None,
        None,
        (0, 12),
    ]


def test_only_so_many_answers_are_remembered():
    asking = Asking(NUMBERINGS, LOOK, 1, Ticks())
    for number in range(MOST + 10):
        written = Written(" ", f"212555{number:04}", " ")
        assert asking.regions_of(written)
        asking.number_in(written, "US")
    assert len(asking._regions) == len(asking._spans) == MOST


def test_regions_are_those_that_may_hold_a_number():
    asking = Asking(NUMBERINGS, LOOK, 1, Ticks())
    assert asking.regions_of(Written(" ", "442079460958", "}")) == {"GB"}
    assert asking.regions_of(Written(" ", "20261117", " ")) == frozenset()
    assert asking.regions_of(Written(" ", "+44 20", " ")) == {one.code for one in NUMBERINGS}  # more than digits


@pytest.mark.parametrize("seed", range(8))
def test_the_first_look_tries_at_least_what_the_matcher_tries(seed: int):
    pick, compared = random.Random(seed), 0
    for _ in range(600):
        text = "".join(pick.choices("0123456789" * 3 + "  --.//()[]\u2013\u00a0\u3000:", k=pick.randint(5, 28)))
        for candidate in Candidates(text, lambda _: frozenset())._all():
            written = candidate.written
            digits = _plain(written.text)
            if digits and len(digits) <= 20:
                ours = set(_tried(written.text, digits, written.behind))
                assert {one for one in _Recorder(written, 1).tried() if one} <= ours, repr(text)
                compared += len(ours)
    assert compared > 500


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("on 2026-11-17 12:34", False),
        ("12/11/2024", False),
        ("10.18.210.3", False),
        ("id 43464097,947.87", False),
        ("212-555-0143", True),
        ("+12 345", True),
        ("\uff0b (12) 345", True),
        ("12345 ext. 6", True),
        ("12345#", True),
        ("12 ext 12345678", True),
        ("12;ext=12345678", True),
        ("12345x6", True),
        ("\uff11\uff12\uff13\uff14\uff15", False),
        ("1" * 21, True),
    ],
)
def test_a_chain_is_dropped_only_if_nothing_of_it_can_be_a_number(text: str, may: bool):
    chains = list(CHAIN.finditer(text))
    assert any(LOOK.may_hold(text, chain.start(), chain.end()) for chain in chains) is may
    assert len(chains[0].group()) >= SHORTEST_PHONE
