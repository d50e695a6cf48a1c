"""What the digits of a VAT number must fulfil, by the prefix of its state.

The rules are those that the states tell the Commission for VIES, and that their tax offices publish.
"""

from collections.abc import Callable, Mapping
from typing import Final

from detectors.text.national.arithmetic import digit_sums, luhn, mod_11_10, mod_97_10, weighted
from detectors.text.national.east import (
    bulgarian_person,
    czech_birth,
    polish_tax,
    slovenian_tax,
)
from detectors.text.national.north import latvian_person
from detectors.text.national.south import cypriot_tax, greek_tax, italian_vat, portuguese_tax, spanish_identity
from detectors.text.national.west import dutch_service, irish_service

_SPANISH_CONTROL = "JABCDEFGHI"


def _austrian(body: str) -> bool:
    return (10 - (digit_sums(body[1:8], (1, 2, 1, 2, 1, 2, 1)) + 4) % 10) % 10 == int(body[8])


def _belgian(body: str) -> bool:
    return 97 - int(body[:8]) % 97 == int(body[8:])


def _bulgarian(body: str) -> bool:
    if len(body) == 10:
        other = weighted(body[:9], (4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
        foreign = weighted(body[:9], (21, 19, 17, 13, 11, 9, 7, 3, 1)) % 10 == int(body[9])
        return bulgarian_person(body) or foreign or -other % 11 == int(body[9])
    check = weighted(body[:8], range(1, 9)) % 11
    check = check if check < 10 else weighted(body[:8], range(3, 11)) % 11
    return check % 10 == int(body[8])


def _czech(body: str) -> bool:
    if len(body) == 8:
        check = -weighted(body, (8, 7, 6, 5, 4, 3, 2)) % 11
        return body[0] != "9" and (check or 1) % 10 == int(body[7])
    if len(body) == 9 and body[0] == "6":
        return (8 - (10 - weighted(body[1:8], (8, 7, 6, 5, 4, 3, 2))) % 11) % 10 == int(body[8])
    return czech_birth(body)


def _spanish(body: str) -> bool:
    if body[0].isdecimal() or body[0] in "XYZ":
        return body[:-1].translate(str.maketrans("XYZ", "012")).isdecimal() and spanish_identity(body)
    if body[0] in "KLM":
        return spanish_identity(body[1:])
    check = -digit_sums(body[1:8], (2, 1, 2, 1, 2, 1, 2)) % 10
    return body[8] in {str(check), _SPANISH_CONTROL[check]}


def _french(body: str) -> bool:
    return int(body[2:] + "12") % 97 == int(body[:2]) and (luhn(body[2:]) or body.startswith("000", 2))


def _irish(body: str) -> bool:
    if body[1].isdecimal():
        return irish_service(body)
    return irish_service(f"0{body[2:7]}{body[0]}{body[7]}")  # as they were until 2013


def _lithuanian(body: str) -> bool:
    places = range(len(body) - 1)
    check = weighted(body, [1 + place % 9 for place in places]) % 11
    check = check if check < 10 else weighted(body, [1 + (place + 2) % 9 for place in places]) % 11
    return body[-2] == "1" and check % 10 == int(body[-1])


def _latvian(body: str) -> bool:
    if body[0] in "456789":
        return weighted(body, (9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1)) % 11 == 3
    return latvian_person(body)


def _dutch(body: str) -> bool:
    return body[10:] != "00" and (dutch_service(body[:9]) or mod_97_10(f"NL{body}"))


def _romanian(body: str) -> bool:
    padded = body.zfill(10)
    return weighted(padded, (7, 5, 3, 2, 1, 7, 5, 3, 2)) * 10 % 11 % 10 == int(padded[9])


def _slovak(body: str) -> bool:
    return czech_birth(body) or (body[0] != "0" and body[2] in "234789" and int(body) % 11 == 0)


def _british(body: str) -> bool:
    rest = weighted(body, (8, 7, 6, 5, 4, 3, 2, 10, 1)) % 97
    return rest in ({0, 42, 55} if int(body[:3]) >= 100 else {0})


def _by_eleven(*weights: int) -> Callable[[str], bool]:
    return lambda body: weighted(body, weights) % 11 == 0


def _by_ten(*weights: int) -> Callable[[str], bool]:
    return lambda body: weighted(body, weights) % 10 == 0


VAT_CHECKS: Final[Mapping[str, Callable[[str], bool]]] = {
    "AT": _austrian,
    "BE": _belgian,
    "BG": _bulgarian,
    "CHE": _by_eleven(5, 4, 3, 2, 7, 6, 5, 4, 1),
    "CY": cypriot_tax,
    "CZ": _czech,
    "DE": mod_11_10,
    "DK": _by_eleven(2, 7, 6, 5, 4, 3, 2, 1),
    "EE": _by_ten(3, 7, 1, 3, 7, 1, 3, 7, 1),
    "EL": greek_tax,
    "ES": _spanish,
    "FI": _by_eleven(7, 9, 10, 5, 8, 4, 2, 1),
    "FR": _french,
    "GB": _british,
    "HR": mod_11_10,
    "HU": _by_ten(9, 7, 3, 1, 9, 7, 3, 1),
    "IE": _irish,
    "IT": italian_vat,
    "LT": _lithuanian,
    "LU": lambda body: int(body[:6]) % 89 == int(body[6:]),
    "LV": _latvian,
    "MT": lambda body: weighted(body, (3, 4, 6, 7, 8, 9, 10, 1)) % 37 == 0,
    "NL": _dutch,
    "PL": polish_tax,
    "PT": portuguese_tax,
    "RO": _romanian,
    "SE": lambda body: body.endswith("01") and luhn(body[:10]),
    "SI": slovenian_tax,
    "SK": _slovak,
    "XI": _british,
}
"""Each takes what follows the prefix, in capitals, without marks between."""
