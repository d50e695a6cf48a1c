"""Made-up values check by rules of their own kind, written here anew, and keep the form of the real ones."""

import ipaddress
import re
from itertools import pairwise

import phonenumbers
import pytest

from detectors.plausible import is_plausible
from gateway.pseudonyms.surrogates.draw import Draw
from gateway.pseudonyms.surrogates.makers import made

MANY = range(60)


def values(label: str, surface: str) -> list[str]:
    return [made(label, surface, Draw(bytes(32), b"v", b"%d" % n), Draw(bytes(32), b"h")) or "" for n in MANY]


def form(text: str) -> str:
    return re.sub(r"\d", "9", re.sub(r"[a-z]", "a", re.sub(r"[A-Z]", "A", text)))


CARDS = ["4111 1111 1111 1111", "5555-5555-5555-4444", "378282246310005", "6011111111111117", "30569309025904"]


@pytest.mark.parametrize("card", CARDS)
def test_cards_have_length_issuer_and_check_digit(card: str) -> None:
    for value in values("CREDIT_CARD", card):
        digits = [int(character) for character in value if character.isdigit()]
        doubled = [2 * digit if place % 2 else digit for place, digit in enumerate(reversed(digits))]
        assert sum(digit - 9 if digit > 9 else digit for digit in doubled) % 10 == 0
        assert (form(value), value[0]) == (form(card), card[0])


IBANS = ["DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432", "NO9386011117947", "FR1420041010050500013M02606"]


@pytest.mark.parametrize("iban", IBANS)
def test_accounts_have_country_length_and_check_digits(iban: str) -> None:
    for value in values("IBAN_CODE", iban):
        plain = value.replace(" ", "")
        digits = "".join(str(ord(sign) - 55) if sign.isalpha() else sign for sign in plain[4:] + plain[:4])
        assert int(digits) % 97 == 1
        assert (form(value), value[:2]) == (form(iban), iban[:2])


DOCUMENTED = ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32"]


@pytest.mark.parametrize("address", ["8.8.4.4", "10.0.0.1", "2a00:1450::200e"])
def test_ip_addresses_are_for_documentation(address: str) -> None:
    version = ipaddress.ip_address(address).version
    networks = [one for one in map(ipaddress.ip_network, DOCUMENTED) if one.version == version]
    assert all(any(ipaddress.ip_address(value) in one for one in networks) for value in values("IP_ADDRESS", address))


@pytest.mark.parametrize("address", ["00:1b:44:11:3a:b7", "00-1B-44-11-3A-B7"])
def test_mac_addresses_are_for_documentation(address: str) -> None:
    for value in values("MAC_ADDRESS", address):
        assert re.sub("[:-]", "", value).upper().startswith("00005E0053")
        assert value[2] == address[2]


PHONES = {
    "+1 (212) 736-5000": r"\+1 \(\d{3}\) 555-01\d\d",
    "212-736-5000": r"\d{3}-555-01\d\d",
    "07911 123456": r"07700 900\d{3}",
    "+49 30 901820": r"\+49 \d+ \d+",
    "+33 6 12 34 56 78": r"\+33 6 39 98 \d\d \d\d",
    "01 42 68 53 00": r"0\d \d\d \d\d \d\d \d\d",
    "+34 912 345 678": r"\+34 9\d\d \d{3} \d{3}",
}


@pytest.mark.parametrize(("phone", "pattern"), PHONES.items(), ids=PHONES)
def test_phone_numbers_are_of_their_country_and_form(phone: str, pattern: str) -> None:
    assert [value for value in values("PHONE_NUMBER", phone) if not re.fullmatch(pattern, value)] == []
    if phone.startswith("+"):
        parsed = {phonenumbers.parse(value).country_code for value in values("PHONE_NUMBER", phone)}
        assert parsed == {phonenumbers.parse(phone).country_code}


def test_british_numbers_are_of_the_ranges_for_drama() -> None:
    ranges = r"\+44(2079460|1632960|1134960|1214960|1314960|1614960)\d{3}"
    assert all(re.fullmatch(ranges, value.replace(" ", "")) for value in values("PHONE_NUMBER", "+44 20 7946 0018"))


@pytest.mark.parametrize("mail", ["ann.lee@acme.org", "a@x.co.uk", "BOB_77@ACME.COM", "zoë@x.org"])
def test_mail_goes_to_domains_for_examples(mail: str) -> None:
    for value in values("EMAIL_ADDRESS", mail):
        assert re.fullmatch(r"[!-~]+@[a-z]+\.example\.(com|org|net)", value, re.IGNORECASE)
        assert value.isupper() == mail.isupper()


def test_mail_of_one_domain_stays_of_one_domain() -> None:
    hosts = {values("EMAIL_ADDRESS", mail)[0].partition("@")[2] for mail in ("ann@acme.org", "bob@acme.org")}
    assert len(hosts) == 1


DATES = {
    "1980-04-12": r"1980-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])",
    "12/04/1980": r"(0[1-9]|1[0-2])/(0[1-9]|1[0-2])/1980",
    "1.2.80": r"([1-9]|1[0-2])\.([1-9]|1[0-2])\.80",
    "3 March 1980": r"([1-9]|1\d|2[0-8]) [A-Z][a-z]+ 1980",
    "le 3 mars 1980": r"le ([1-9]|1\d|2[0-8]) [a-z]+ 1980",
}


@pytest.mark.parametrize(("date", "pattern"), DATES.items(), ids=DATES)
def test_days_are_days_of_the_same_year(date: str, pattern: str) -> None:
    assert all(re.fullmatch(pattern, value) for value in values("DATE_TIME", date))


IDS = {"US_SSN": "536-90-4399", "UK_NHS": "943 476 5919", "US_ITIN": "912-72-1234", "MEDICAL_LICENSE": "BB1388568"}


@pytest.mark.parametrize(("label", "surface"), IDS.items(), ids=IDS)
def test_ids_are_such_that_their_recogniser_takes_them(label: str, surface: str) -> None:
    for value in values(label, surface)[:10]:
        assert is_plausible(label, value)
        assert form(value) == form(surface)


def test_a_recogniser_tells_a_wrong_check_digit() -> None:
    assert is_plausible("UK_NHS", "943 476 5919")
    assert not is_plausible("UK_NHS", "943 476 5918")
    assert is_plausible("SOMETHING_ELSE", "943")


def test_uuids_keep_version_and_variant() -> None:
    for value in values("UUID", "6f1a3c2e-9b1d-4c3e-8a7f-0123456789ab"):
        assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}", value)


WORDS = {
    ("ADDRESS", "12 Main Street, Springfield 90210"): r"\d\d [A-Z][a-z]+ Street, [A-Z][a-z]+ \d{5}",
    ("ORGANIZATION", "Acme Widgets Ltd"): r"[A-Z][a-z]+ [A-Z][a-z]+ Ltd",
    ("ORGANIZATION", "IBM"): r"[A-Z]{3}",
    ("LOCATION", "PARIS"): r"[A-Z]+",
    ("URL", "https://www.acme.org/ann?id=1"): r"https://www\.[a-z]+\.example\.org/[a-z]{3}\?[a-z]{2}=\d",
    ("USERNAME", "ann_lee77"): r"[a-z]{3}_[a-z]{3}\d\d",
}


@pytest.mark.parametrize(("kind", "pattern"), WORDS.items(), ids=str)
def test_what_says_what_it_is_stays(kind: tuple[str, str], pattern: str) -> None:
    assert all(re.fullmatch(pattern, value) for value in values(*kind))


@pytest.mark.parametrize(
    ("own", "low", "high"), [(76, 71, 81), (18, 18, 23), (17, 12, 17), (3, 1, 8), (99, 94, 99), (104, 100, 109)]
)
def test_ages_are_a_few_years_off_with_as_many_digits_and_nobody_comes_of_age(own: int, low: int, high: int) -> None:
    assert {int(value) for value in values("AGE", str(own))} == {*range(low, high + 1)} - {own}


NONE = [
    ("NRP", "Dutch"), ("AGE", "0"), ("AGE", "42 years"),
    ("CRYPTO", "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"), ("ID", "A1"), ("PERSON", "Ann"),
    ("DATE_TIME", "tomorrow"), ("ADDRESS", "12"),
    ("CREDIT_CARD", "4111"), ("IBAN_CODE", "?"), ("IP_ADDRESS", "x"), ("MAC_ADDRESS", "x"),
    ("EMAIL_ADDRESS", "x"), ("URL", "x"), ("UUID", "x"), ("PHONE_NUMBER", "12"), ("LOCATION", "Москва"),
    ("ID", "№12345"),
]  # fmt: skip


@pytest.mark.parametrize(("label", "surface"), NONE, ids=str)
def test_what_can_not_be_made_up_is_not(label: str, surface: str) -> None:
    assert made(label, surface, Draw(bytes(32)), Draw(bytes(32))) is None


def test_draws_are_the_same_for_the_same_and_even() -> None:
    first, again, other = Draw(bytes(32), b"a"), Draw(bytes(32), b"a"), Draw(bytes(32), b"b")
    numbers = [first.below(10) for _ in range(2000)]
    assert numbers == [again.below(10) for _ in range(2000)] != [other.below(10) for _ in range(2000)]
    assert all(150 < numbers.count(number) < 250 for number in range(10))
    assert len(set(pairwise(numbers))) == 100
