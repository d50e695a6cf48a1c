"""Telephone numbers, from ranges that regulators keep for films and books where there are any.

United States and Canada: 555-0100 to 555-0199 (NANPA). United Kingdom: Ofcom, "numbers for drama use". Germany:
Bundesnetzagentur, "Rufnummern fuer Medienproduktionen". France: Arcep, decision 2018-0881. Australia: ACMA, "numbers
for use in fiction".
"""

from typing import Final

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

from gateway.pseudonyms.surrogates.draw import Draw
from gateway.pseudonyms.surrogates.shape import alike, filled

_REGIONS: Final = ("US", "GB", "DE", "FR", "ES", "IT", "AU")
"""Where a number without a country code is looked for, in this order."""

_AREAS: Final = ("212", "312", "415", "202", "305", "404", "503", "617", "702", "713", "206", "303")
_FICTION: Final[dict[tuple[int, bool], tuple[str, ...]]] = {
    (1, False): tuple(f"{area}55501xx" for area in _AREAS),
    (44, False): ("2079460xxx", "1632960xxx", "1134960xxx", "1214960xxx", "1314960xxx", "1614960xxx"),
    (44, True): ("7700900xxx",),
    (49, False): ("3023125xxx", "6990009xxx", "4066969xxx", "2214710xxx", "8999998xxx"),
    (33, False): ("19900xxxx", "26191xxxx", "35301xxxx", "46571xxxx", "53649xxxx"),
    (33, True): ("63998xxxx",),
    (61, False): ("25550xxxx", "35550xxxx", "75550xxxx", "85550xxxx", "27010xxxx", "37010xxxx"),
}
"""By country code, and whether they are mobile: national numbers in which an x is any digit."""

_MOBILE: Final = (PhoneNumberType.MOBILE,)
_KEPT: Final = 3
_SHORTEST: Final = 7


def phone(surface: str, draw: Draw) -> str | None:
    """Give a number of the same country and, if its length allows, in the same spelling."""
    number = _parsed(surface)
    if number is None or number.extension:
        return _shaped(surface, draw)
    country, national = int(number.country_code or 0), phonenumbers.national_significant_number(number)
    is_mobile = phonenumbers.number_type(number) in _MOBILE
    ranges = _FICTION.get((country, is_mobile)) or _FICTION.get((country, False))
    if not ranges:
        return _other_end(surface, draw)
    fitting = [one for one in ranges if len(one) == len(national)] or list(ranges)
    made = "".join(draw.digits(1) if character == "x" else character for character in draw.one(fitting))
    return _spelt(surface, country, national, made)


def _parsed(surface: str) -> PhoneNumber | None:
    for region in (None,) if surface.lstrip("( ").startswith("+") else _REGIONS:
        try:
            number = phonenumbers.parse(surface, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return number
    return None


def _spelt(surface: str, country: int, national: str, made: str) -> str:
    digits = "".join(character for character in surface if character.isdigit())
    if digits.endswith(national) and len(made) == len(national):
        same = filled(surface, digits[: len(digits) - len(national)] + made)
        if same is not None:
            return same
    number = PhoneNumber(country_code=country, national_number=int(made))
    style = PhoneNumberFormat.INTERNATIONAL if "+" in surface else PhoneNumberFormat.NATIONAL
    return str(phonenumbers.format_number(number, style))


def _other_end(surface: str, draw: Draw) -> str | None:
    """Give a number that begins as this one: no range is kept free in its country."""
    digits = [place for place, character in enumerate(surface) if character.isdigit()]
    keep = digits[_KEPT] if len(digits) >= _SHORTEST else None
    return None if keep is None else surface[:keep] + alike(surface[keep:], draw, letters=False)


def _shaped(surface: str, draw: Draw) -> str | None:
    return alike(surface, draw, letters=False) if sum(map(str.isdigit, surface)) >= _SHORTEST else None
