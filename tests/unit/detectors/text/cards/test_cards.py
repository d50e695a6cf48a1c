"""Cards of all networks are found in the ways they are printed, and ids that look like them are not."""

import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum import luhn

from detectors.text.cards.networks import NETWORKS
from gateway.pseudonyms.spans import resolve
from tests.unit.detectors.ready import find, require_prefilter

COUNTS = 400_000
"""The least score that the shipped policy counts."""


def cards(text: str) -> list[str]:
    found = find(require_prefilter(), text)
    return [text[f.start : f.end] for f in found if f.label == "CREDIT_CARD" and f.score_ppm >= COUNTS]


ALONE = {
    "Mastercard, 2-series": "2228684268465633",
    "Mastercard, 2-series, in groups": "2228 6842 6846 5633",
    "Mastercard, 2-series, with hyphens": "2228-6842-6846-5633",
    "Visa of 19 digits": "4653705656304813735",
    "Visa of 19 digits, in groups": "4653 7056 5630 4813 735",
    "Visa with hard blanks": "4111\u00a01111\u00a01111\u00a01111",
    "American Express with narrow hard blanks": "3782\u202f822463\u202f10005",
    "Mir": "2200 0000 0000 0004",
    "UnionPay of 19 digits": "6228484025648900184",
    "UnionPay of 19 digits, in two groups": "622848 0402564890018",
    "RuPay": "8100 0000 0000 0002",
    "Troy": "9792 0000 0000 0003",
    "Maestro of 16 digits": "5700 0000 0000 0002",
}


@pytest.mark.parametrize("card", ALONE.values(), ids=ALONE)
def test_a_card_of_a_long_common_shape_is_found_alone(card):
    assert cards(f"It is {card}, he wrote.") == [card]
    assert cards(card) == [card]
    assert cards(f'"Lee",17,{card},12/27') == [card]
    assert cards(f"{card[:-1]}{(int(card[-1]) + 1) % 10}") == []


BESIDE_A_WORD = {
    "Maestro of 12 digits": "503807764264",
    "Maestro of 12 digits, in groups": "5700 0883 8734",
    "old JCB": "213158253605181",
    "old JCB, in groups": "2131 582536 05181",
    "Maestro of 18 digits": "567600000000000002",
    "JCB of 19 digits": "3530111333300000001",
    "Mastercard that could be a time": "2311261609310006",
}
WORDS = (
    "card {}",
    "Her credit card number is {}",
    "cc_number={}",
    "Kreditkarte: {}",
    "ma carte {}",
    "tarjeta {}",
    "PAN {}",
)


@pytest.mark.parametrize("card", BESIDE_A_WORD.values(), ids=BESIDE_A_WORD)
def test_a_card_of_another_shape_is_found_beside_a_word_for_it(card):
    assert cards(f"It is {card}, he wrote.") == []
    assert [text for text in WORDS if cards(text.format(card)) != [card]] == []


def test_a_card_is_found_once_and_what_presidio_finds_is_as_it_was():
    found = find(
        require_prefilter(),
        "card 4111 1111 1111 1111, card 2228 6842 6846 5633." + " And so on." * 3 + " 2228684268465633",
    )
    assert [f.score_ppm for f in found if f.label == "CREDIT_CARD"] == [1_000_000, 1_000_000, 500_000]


NO_CARDS = {
    "order number": "570008838734",
    "IMEI": "868412093201430",
    "ICCID": "8944110068256270054",
    "milliseconds": "1732636800002",
    "nanoseconds": "1732636800000000002",
    "snowflake": "1861370000000000006",
    "a time as an id": "2311261609310006",
    "a decimal": "0.2228684268465633",
    "a phone number": "+5700 0883 8734",
    "part of a longer number": "2228-6842-6846-5633-1234",
    "hexadecimal": "a2228684268465633",
    "a row of numbers": "2301 2305 2310 2312 2319 2324",
}


@pytest.mark.parametrize("text", NO_CARDS.values(), ids=NO_CARDS)
def test_what_only_looks_like_a_card_is_none(text):
    assert cards(f"It is {text}, he wrote.") == []


@pytest.mark.parametrize("first", ["10", "89"], ids=["snowflakes, nanoseconds", "ICCID"])
def test_ids_that_many_programs_make_are_no_cards_even_beside_a_word(first):
    pick = random.Random(7)
    bodies = [first + "".join(pick.choices("0123456789", k=16)) for _ in range(50)]
    assert [body for body in bodies if cards(f"card {body}{luhn.calc_check_digit(body)}")] == []


BOTH = "623456789063"
"""A Maestro card by Luhn's rule and an Aadhaar number by Verhoeff's."""


@pytest.mark.parametrize(("text", "label"), [("number {}", "IN_AADHAAR"), ("card number {}", "CREDIT_CARD")])
def test_a_word_beside_a_number_that_could_be_two_things_makes_it_a_card(text, label):
    assert [span.label for span in resolve(find(require_prefilter(), text.format(BOTH)))] == [label]


@st.composite
def made_cards(draw: st.DrawFn) -> tuple[int, str]:
    network = draw(st.sampled_from(NETWORKS))
    length = draw(st.sampled_from(sorted(network.plain | network.vague)))
    head = draw(st.from_regex(network.heads.replace("#", "[0-9]"), fullmatch=True))
    body = head + draw(st.text("0123456789", min_size=length - 5, max_size=length - 5))
    return length, body + luhn.calc_check_digit(body)


@example((16, "2205010000000008"))
@given(made_cards())
def test_every_card_of_every_network_is_found_beside_a_word(made):
    _, card = made
    assert cards(f"my card {card}") == [card]


def test_the_check_is_luhns():
    pick = random.Random(7)
    numbers = ["2228" + "".join(pick.choices("0123456789", k=12)) for _ in range(500)]
    assert [bool(cards(number)) for number in numbers] == [luhn.is_valid(number) for number in numbers]
