"""Numbers that check: cards (Luhn, ISO/IEC 7812-1), bank accounts (mod 97-10, ISO 13616), UUIDs (RFC 9562)."""

import re
import string
from typing import Final

from gateway.pseudonyms.surrogates.draw import Draw
from gateway.pseudonyms.surrogates.shape import filled

_TEST_CARDS: Final = (
    ("34", "343434"), ("37", "378282"), ("300", "300000"), ("36", "361489"), ("38", "385200"), ("35", "353011"),
    ("51", "510510"), ("52", "520082"), ("53", "530000"), ("54", "545454"), ("55", "555555"), ("2205", "220500"),
    ("220", "220000"), ("2131", "213100"), ("2", "222300"), ("1800", "180000"), ("0604", "060400"), ("56", "560000"),
    ("57", "570000"), ("58", "580000"), ("508", "508000"), ("50", "500000"), ("6011", "601111"), ("60", "600000"),
    ("62", "620000"), ("64", "644000"), ("65", "650000"), ("6", "630000"), ("81", "810000"), ("82", "820000"),
    ("86", "860000"), ("9704", "970400"), ("9792", "979200"), ("98", "986000"), ("4", "400000"),
)  # fmt: skip
"""How numbers of an issuer begin, and how those begin with which its kind of card is tested: with zeros where none is
known. The first that fits counts."""

_UUID: Final = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
_SHORTEST_CARD, _LONGEST_CARD = 12, 19


def card(surface: str, draw: Draw) -> str | None:
    """Give a card number of the same length and kind of issuer, from a range for tests, that passes Luhn's check.

    Hard blanks in it become blanks.
    """
    digits = "".join(character for character in surface if character.isdigit())
    if not _SHORTEST_CARD <= len(digits) <= _LONGEST_CARD:
        return None
    begin = next((test for prefix, test in _TEST_CARDS if digits.startswith(prefix)), digits[:1] + "00000")
    body = begin + draw.digits(len(digits) - len(begin) - 1)
    return filled(" ".join(re.split(r"\s", surface)), body + str(-luhn(body + "0") % 10))


def luhn(digits: str) -> int:
    """Give Luhn's sum of a number, modulo 10: 0 for one that passes."""
    odd, even = digits[-1::-2], digits[-2::-2]
    return (sum(map(int, odd)) + sum(sum(divmod(2 * int(digit), 10)) for digit in even)) % 10


def iban(surface: str, draw: Draw) -> str | None:
    """Give an account number of the same country, length and pattern of letters that passes the check."""
    plain = "".join(character for character in surface if character.isalnum()).upper()
    if not (plain.isascii() and plain[:2].isalpha() and plain[2:4].isdigit() and len(plain) > 4):
        return None
    account = "".join(draw.one(string.digits if sign.isdigit() else string.ascii_uppercase) for sign in plain[4:])
    number = plain[:2] + f"{98 - mod97(account + plain[:2] + '00'):02}" + account
    return filled(surface, number.lower() if surface.islower() else number)


def mod97(text: str) -> int:
    """Give the remainder of a text whose letters stand for 10 to 35."""
    return int("".join(str(int(character, 36)) for character in text)) % 97


def uuid(surface: str, draw: Draw) -> str | None:
    """Give one of the same version and variant."""
    if not _UUID.fullmatch(surface):
        return None
    plain = surface.replace("-", "")
    signs = [kept if place in (12, 16) else draw.one("0123456789abcdef") for place, kept in enumerate(plain)]
    made = filled(surface, "".join(signs))
    return made.upper() if made and surface.isupper() else made
