import random

import phonenumbers
import pytest
from phonenumbers import PhoneMetadata, PhoneNumberFormat, PhoneNumberMatcher, PhoneNumberType
from phonenumbers.phonenumberutil import SUPPORTED_REGIONS
from presidio_analyzer.predefined_recognizers import PhoneRecognizer

from detectors.text.phones.first_look import FirstLook
from detectors.text.phones.numbering import SHORTEST_FOREIGN, Numbering, plain_digits

REGIONS = PhoneRecognizer().supported_regions
TYPES = PhoneNumberType.values()
FORMATS = (PhoneNumberFormat.NATIONAL, PhoneNumberFormat.E164, PhoneNumberFormat.INTERNATIONAL)


def is_valid(written: str, region: str) -> bool:
    """Say whether the matcher takes all of a text for a number."""
    return any(len(match.raw_string) == len(written) for match in PhoneNumberMatcher(written, region))


def written(region: str) -> list[str]:
    """Give the example numbers of all kinds of a region, as they are dialled there and from abroad."""
    examples = [phonenumbers.example_number_for_type(region, kind) for kind in TYPES]
    numbers = [number for number in examples if number]
    forms = [phonenumbers.format_number(number, form) for number in numbers for form in FORMATS]
    abroad = [phonenumbers.format_out_of_country_calling_number(number, home) for number in numbers for home in REGIONS]
    return [form.replace("+", "") for form in (*forms, *abroad)]


def near(digits: str, pick: random.Random) -> str:
    """Change, add or drop a digit."""
    place = pick.randrange(len(digits))
    return digits[:place] + pick.choice(("", pick.choice("0123456789"), "00")) + digits[place + pick.choice((0, 1)) :]


def tried_in(region: str, pick: random.Random) -> list[str]:
    """Give digits that are a number in a region, nearly are one, or are one from abroad."""
    plain = [digits for text in written(region) if (digits := plain_digits(text))]
    return [*plain, *(near(digits, pick) for digits in plain), *(f"00{digits}" for digits in plain)]


@pytest.mark.parametrize("region", sorted(SUPPORTED_REGIONS))
def test_whatever_is_valid_in_a_region_may_be_a_number_there(region):
    numbering, pick = Numbering(region), random.Random(region)
    tried = tried_in(region, pick)
    assert any(is_valid(digits, region) for digits in tried)
    assert [digits for digits in tried if is_valid(digits, region) and not numbering.may_be(digits)] == []


@pytest.mark.parametrize("region", sorted(SUPPORTED_REGIONS))
def test_whatever_may_be_a_number_in_a_region_gets_past_the_first_look(region):
    numbering, pick = Numbering(region), random.Random(region)
    look = FirstLook([numbering])
    chance = ["".join(pick.choices("0123456789", k=pick.randint(4, 18))) for _ in range(300)]
    tried = [*tried_in(region, pick), *chance, *(f"0{digits}" for digits in chance)]
    assert any(numbering.may_be(digits) for digits in tried)
    assert [digits for digits in tried if numbering.may_be(digits) and not look.may_be(digits, "")] == []
    assert sum(look.may_be(digits, "") for digits in chance) <= 2 * sum(map(numbering.may_be, chance)) + 60


def test_no_number_with_a_country_code_is_shorter_than_assumed():
    shortest = min(
        len(str(phonenumbers.country_code_for_region(region)))
        + min(n for n in PhoneMetadata.metadata_for_region(region).general_desc.possible_length if n > 0)
        for region in SUPPORTED_REGIONS
    )
    assert shortest >= SHORTEST_FOREIGN


@pytest.mark.parametrize("region", REGIONS)
def test_random_digits_that_are_valid_may_be_a_number(region):
    numbering, pick = Numbering(region), random.Random(region)
    tried = ["".join(pick.choices("0123456789", k=pick.randint(3, 14))) for _ in range(1_500)]
    assert [digits for digits in tried if is_valid(digits, region) and not numbering.may_be(digits)] == []


def test_most_digits_of_dates_times_and_amounts_are_told_apart():
    pick = random.Random(1)
    times = [f"2026{pick.randint(1, 12):02}{pick.randint(1, 28):02}{pick.randint(0, 23):02}" for _ in range(100)]
    amounts = [f"{pick.randint(1, 99_999)}{pick.randint(0, 99):02}" for _ in range(100)]
    asked = [numbering.may_be(digits) for numbering in map(Numbering, REGIONS) for digits in (*times, *amounts)]
    assert sum(asked) < 0.2 * len(asked)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("(020) 7946-0958", "02079460958"),
        ("650.253.0000", "6502530000"),
        ("\uff12\uff11\uff12 555", "212555"),
        ("+44 20 7946", None),
        ("650 253 0000 x12", None),
        ("212~555", None),
    ],
)
def test_only_digits_and_what_groups_them_are_plain(text, digits):
    assert plain_digits(text) == digits
