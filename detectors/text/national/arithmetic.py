"""The sums behind check digits. Every function takes ASCII digits unless it says otherwise."""

from collections.abc import Sequence

_VERHOEFF_PRODUCT = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
_VERHOEFF_TURN = (
    "0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip
_ICAO_WEIGHTS = (7, 3, 1)


def weighted(digits: str, weights: Sequence[int]) -> int:
    """Add up digits times weights, as far as both go."""
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def digit_sums(digits: str, weights: Sequence[int]) -> int:
    """Add up the digits of each digit times its weight, of at most two digits each."""
    return sum(sum(divmod(int(digit) * weight, 10)) for digit, weight in zip(digits, weights, strict=False))


def luhn(digits: str) -> bool:
    """Check by Luhn's rule (ISO/IEC 7812-1), the last digit being the check digit."""
    return digit_sums(digits[::-1], (1, 2) * len(digits)) % 10 == 0


def mod_11_10(digits: str) -> bool:
    """Check by the hybrid system mod 11, 10 of ISO 7064, the last digit being the check digit."""
    product = 10
    for digit in digits[:-1]:
        product = ((int(digit) + product - 1) % 10 + 1) * 2 % 11
    return (product + int(digits[-1])) % 10 == 1


def mod_97_10(characters: str) -> bool:
    """Check by mod 97-10 of ISO 7064; letters stand for 10 to 35 in base 36."""
    return int("".join(str(int(character, 36)) for character in characters)) % 97 == 1


def verhoeff(digits: str) -> bool:
    """Check by Verhoeff's rule, the last digit being the check digit."""
    check = 0
    for place, digit in enumerate(reversed(digits)):
        check = int(_VERHOEFF_PRODUCT[check][int(_VERHOEFF_TURN[place % 8][int(digit)])])
    return check == 0


def icao(characters: str) -> bool:
    """Check the last digit by weights 7, 3, 1 (ICAO Doc 9303 part 3); letters stand for 10 to 35."""
    values = (int(character, 36) for character in characters[:-1])
    return sum(value * _ICAO_WEIGHTS[place % 3] for place, value in enumerate(values)) % 10 == int(characters[-1])
