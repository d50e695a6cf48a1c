"""A made-up card is one of the same network, of the same length, written in the same way, whatever the network."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from detectors.plausible import is_plausible
from detectors.text.cards.networks import NETWORKS, Network
from gateway.pseudonyms.surrogates.draw import Draw
from gateway.pseudonyms.surrogates.makers import made

DIGITS = "0123456789"
JOINTS = ("", " ", "-", "\u00a0")


def made_up(card: str, number: int = 0) -> str:
    return made("CREDIT_CARD", card, Draw(bytes(32), b"%d" % number), Draw(bytes(32), b"h")) or ""


def heads(network: Network) -> str:
    return network.heads.replace("#", "[0-9]")


@st.composite
def real_cards(draw: st.DrawFn) -> tuple[Network, str]:
    network = draw(st.sampled_from(NETWORKS))
    length = draw(st.sampled_from(sorted(network.plain | network.vague)))
    body = draw(st.from_regex(heads(network), fullmatch=True)) + draw(st.text(DIGITS, min_size=16, max_size=16))
    digits = body[: length - 1] + luhn.calc_check_digit(body[: length - 1])
    groups = [digits[start : start + 4] for start in range(0, length, 4)]
    return network, draw(st.sampled_from(JOINTS)).join(groups)


@given(real_cards(), st.integers(0, 99))
def test_a_made_up_card_is_of_the_network_of_the_real_one(real: tuple[Network, str], number: int) -> None:
    network, card = real
    value = made_up(card, number)
    digits = re.sub(r"\D", "", value)
    assert re.sub(r"\d", "9", value) == re.sub(r"\d", "9", card).replace("\u00a0", " ")
    assert re.fullmatch(heads(network), digits[:4])
    assert luhn.is_valid(digits)


EXAMPLES = ["503807764264", "213158253605181", "2228 6842 6846 5633", "4653705656304813735", "9792 0000 0000 0003"]


@pytest.mark.parametrize("card", EXAMPLES)
def test_a_made_up_card_would_be_found_as_one(card: str) -> None:
    values = {made_up(card, number) for number in range(60)}
    assert len(values) == 60
    assert [value for value in values if not is_plausible("CREDIT_CARD", value)] == []
