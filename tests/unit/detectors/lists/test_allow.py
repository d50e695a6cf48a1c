"""Allowed values: only the whole finding counts, and no list lets a secret go."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.lists.allow import AllowList
from detectors.lists.entries import ANY, LONGEST
from detectors.lists.normal_form import normal

LIST = AllowList(
    {normal(value): ANY for value in ("0800 111 0111", "info@acme.example", "José", "\u0390x")}
    | {"alexa": frozenset({"PERSON", "PROJECT"}), "a" * LONGEST: ANY}
)
LET = {
    "as listed": ("EMAIL_ADDRESS", "info@acme.example"),
    "in another case": ("EMAIL_ADDRESS", "Info@ACME.example"),
    "over a line break": ("PHONE_NUMBER", "0800\n111  0111"),
    "decomposed": ("PERSON", "Jose\u0301"),
    "full-width": ("PERSON", "".join(chr(ord(letter) + 0xFEE0) for letter in "Alexa")),
    "in Greek capitals": ("PERSON", "\u03aa\u0301X"),
    "one of its labels": ("PROJECT", "ALEXA"),
    "as long as can be": ("PERSON", "A" * LONGEST),
}
KEPT = {
    "more than the value": ("EMAIL_ADDRESS", "info@acme.example.org"),
    "a part of it": ("PHONE_NUMBER", "111 0111"),
    "with a sign": ("EMAIL_ADDRESS", "info@acme.example."),
    "grouped otherwise": ("PHONE_NUMBER", "08001110111"),
    "another label": ("LOCATION", "Alexa"),
    "a secret": ("SECRET_API_KEY", "info@acme.example"),
    "a card": ("CREDIT_CARD", "0800 111 0111"),
    "a judgement": ("toxic", "info@acme.example"),
    "hidden letters": ("PERSON", "Al\u200bexa"),
    "look-alikes": ("PERSON", "\u0410lexa"),
    "longer as it stands there": ("PHONE_NUMBER", f"0800{' ' * LONGEST}111 0111"),
}


@pytest.mark.parametrize(("label", "surface"), LET.values(), ids=LET)
def test_a_finding_of_an_allowed_value_goes(label, surface):
    assert LIST.lets(label, surface)


@pytest.mark.parametrize(("label", "surface"), KEPT.values(), ids=KEPT)
def test_any_other_finding_stays(label, surface):
    assert not LIST.lets(label, surface)


@given(
    st.text(min_size=1, max_size=LONGEST), st.from_regex(r"SECRET_[A-Z_]{0,9}|CREDIT_CARD|[a-z]{1,9}", fullmatch=True)
)
def test_nothing_lets_a_secret_a_card_or_a_judgement_go(surface, label):
    assert not AllowList({normal(surface): ANY}).lets(label, surface)
    assert not AllowList({normal(surface): frozenset({label})}).lets(label, surface)
