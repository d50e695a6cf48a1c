"""Sweden, Denmark, Finland, Norway, Iceland, Estonia, Lithuania and Latvia."""

from detectors.text.national.arithmetic import luhn, weighted
from detectors.text.national.births import is_day
from detectors.text.national.number import FAINT, FAIR, IDENTITY, STRONG, TAX, WEAK, NumberRecognizer

_FINNISH_SIGNS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_SERIAL = (1, 2, 3, 4, 5, 6, 7, 8, 9, 1)
_LATER = (3, 4, 5, 6, 7, 8, 9, 1, 2, 3)


def swedish_person(number: str) -> bool:
    """Check a Swedish number; the day has 60 more for those who are registered without living there."""
    digits = number.replace("+", "")[-10:]
    return is_day(digits[4:6], digits[2:4], days=(0, 60)) and luhn(digits)


def danish_person(number: str) -> bool:
    """Check a Danish number's birth; the day has 60 more for substitutes. Since 2007 its last digit checks nothing."""
    return is_day(number[:2], number[2:4], days=(0, 60))


def finnish_person(number: str) -> bool:
    """Check a Finnish number, whose century's sign is not among its digits."""
    birth, serial = number[:6], number[-4:-1]
    return is_day(birth[:2], birth[2:4]) and _FINNISH_SIGNS[int(birth + serial) % 31] == number[-1]


def norwegian_person(number: str) -> bool:
    """Check a Norwegian number: the day has 40 more for those on a visit, the month 40 or 80 for substitutes."""
    return (
        is_day(number[:2], number[2:4], days=(0, 40), months=(0, 40, 80))
        and weighted(number, (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)) % 11 == 0
        and weighted(number, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0
    )


def icelandic_person(number: str) -> bool:
    """Check an Icelandic number; firms have 40 more in the day."""
    return is_day(number[:2], number[2:4], days=(0, 40)) and weighted(number, (3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0


def baltic_person(number: str) -> bool:
    """Check an Estonian or Lithuanian code, which have one rule: weights from 1, or from 3 where the rest is ten."""
    rest = weighted(number[:10], _SERIAL) % 11
    rest = rest if rest < 10 else weighted(number[:10], _LATER) % 11 % 10
    return is_day(number[5:7], number[3:5]) and rest == int(number[-1])


def latvian_person(number: str) -> bool:
    """Check a Latvian code. Those since 2017 begin with 32 and hold neither a birth nor a check digit."""
    if number.startswith("32"):
        return True
    check = (1 + weighted(number, (10, 5, 8, 4, 2, 1, 6, 3, 7, 9))) % 11 % 10
    return is_day(number[:2], number[2:4]) and check == int(number[-1])


def northern() -> list[NumberRecognizer]:
    """Make the recognisers of these countries."""
    return [*_scandinavian(), *_finnish(), *_baltic()]


def _scandinavian() -> list[NumberRecognizer]:
    return [
        NumberRecognizer(
            "SE_PERSONNUMMER",
            "se",
            {
                r"(?:18|19|20)[0-9]{6}[-+ ]?[0-9]{4}": STRONG,
                r"[0-9]{6}[-+][0-9]{4}": FAIR,
                r"[0-9]{10}": WEAK,
            },
            ("personnummer", "personnr", "pnr", "samordningsnummer", *IDENTITY),
            swedish_person,
        ),
        NumberRecognizer(
            "DK_CPR",
            "dk",
            {r"[0-9]{6}-[0-9]{4}": FAIR, r"[0-9]{6} ?[0-9]{4}": WEAK},
            ("cpr", "cpr nr", "cpr nummer", "personnummer", "civil registration", *IDENTITY),
            danish_person,
        ),
        NumberRecognizer(
            "NO_FNR",
            "no",
            {r"[0-9]{6} ?[0-9]{5}": FAIR},
            ("fødselsnummer", "fodselsnummer", "fnr", "personnummer", "d nummer", *IDENTITY),
            norwegian_person,
        ),
        NumberRecognizer(
            "IS_KENNITALA",
            "is",
            {r"[0-9]{6}-[0-9]{4}": FAIR, r"[0-9]{10}": WEAK},
            ("kennitala", "kt", *IDENTITY),
            icelandic_person,
        ),
    ]


def _finnish() -> list[NumberRecognizer]:
    return [
        NumberRecognizer(
            "FI_PERSONAL_IDENTITY_CODE",
            "fi",
            {r"[0-3][0-9][01][0-9]{3}[-+A-FU-Y][0-9]{3}[0-9A-FHJ-NPR-Y]": STRONG},
            ("henkilötunnus", "hetu", "personbeteckning", *IDENTITY),
            finnish_person,
        )
    ]


def _baltic() -> list[NumberRecognizer]:
    return [
        NumberRecognizer(
            "EE_LT_PERSONAL_CODE",
            "ee lt",
            {r"[1-8][0-9]{2}[01][0-9][0-3][0-9]{5}": FAIR},
            ("isikukood", "asmens kodas", "ak", *IDENTITY, *TAX),
            baltic_person,
        ),
        NumberRecognizer(
            "LV_PERSONAL_CODE",
            "lv",
            {r"[0-3][0-9][01][0-9]{3}-[0-2][0-9]{4}": FAIR, r"32[0-9]{4}-?[0-9]{5}": FAINT},
            ("personas kods", "personas kodu", *IDENTITY, *TAX),
            latvian_person,
        ),
    ]
