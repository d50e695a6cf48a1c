import re

import pytest

from gateway.pseudonyms.token import ALPHABET, TokenMaker, derive_key, type_name

MASTER = b"a master secret of at least 32 bytes"
MAKER = TokenMaker(derive_key(MASTER, "acme"), b"payments")


def test_a_token_has_the_documented_shape() -> None:
    assert re.fullmatch(f"<PERSON_[{ALPHABET}]{{5}}>", MAKER.candidate("PERSON", "Ann", "Ann"))


def test_the_alphabet_has_no_letters_that_are_misread() -> None:
    assert len(set(ALPHABET)) == 31
    assert not set("01ilo") & set(ALPHABET)


def test_the_same_value_always_gets_the_same_token() -> None:
    again = TokenMaker(derive_key(MASTER, "acme"), b"payments")
    assert again.candidate("PERSON", "Ann", "Ann") == MAKER.candidate("PERSON", "Ann", "Ann")


def test_the_token_of_a_known_value_does_not_change_between_versions() -> None:
    assert MAKER.candidate("PERSON", "Ann", "Ann") == "<PERSON_6yjz8>"


@pytest.mark.parametrize(
    "other",
    [
        TokenMaker(derive_key(MASTER, "other"), b"payments").candidate("PERSON", "Ann", "Ann"),
        TokenMaker(derive_key(MASTER, "acme"), b"support").candidate("PERSON", "Ann", "Ann"),
        MAKER.candidate("PERSON", "Bob", "Bob"),
        MAKER.candidate("PERSON", "Ann", "Ann", attempt=1),
        MAKER.candidate("PERSON", "Ann", "ANN"),
        MAKER.candidate("NRP", "Ann", "Ann").replace("NRP", "PERSON"),
    ],
    ids=["tenant", "scope", "value", "attempt", "surface", "label"],
)
def test_tokens_differ_when_anything_differs(other: str) -> None:
    assert other != MAKER.candidate("PERSON", "Ann", "Ann")


def test_another_surface_of_a_value_shares_its_stem() -> None:
    plain, shouted = MAKER.candidate("PERSON", "Ann", "Ann"), MAKER.candidate("PERSON", "Ann", "ANN")
    assert shouted.startswith(plain[:-1])
    assert len(shouted) == len(plain) + 2


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("EMAIL_ADDRESS", "EMAIL_ADDRESS"),
        ("pii.phone-number", "PII_PHONE_NUMBER"),
        ("2FA", "X_2FA"),
        ("", "X"),
        ("A" * 60, "A" * 40),
    ],
)
def test_labels_become_types(label: str, name: str) -> None:
    assert type_name(label) == name


def test_a_short_master_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes or more"):
        derive_key(b"short", "acme")
