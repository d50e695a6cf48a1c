"""Poland, Czechia, Slovakia, Hungary, Romania, Bulgaria, Croatia and Slovenia."""

from detectors.text.national.arithmetic import mod_11_10, weighted
from detectors.text.national.births import is_day
from detectors.text.national.number import FAINT, FAIR, IDENTITY, SOCIAL, TAX, WEAK, NumberRecognizer

_CENTURIES = (0, 20, 40, 60, 80)
_POLISH_LETTERS = (7, 3, 1, -1, 7, 3, 1, 7, 3)


def polish_person(number: str) -> bool:
    """Check a Polish PESEL number, whose month tells the century."""
    sums = weighted(number, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1))
    return is_day(number[4:6], number[2:4], months=_CENTURIES) and sums % 10 == 0


def polish_tax(number: str) -> bool:
    """Check a Polish tax number."""
    return weighted(number, (6, 5, 7, 2, 3, 4, 5, 6, 7, -1)) % 11 == 0


def polish_card(number: str) -> bool:
    """Check a Polish identity card: three letters for 10 to 35, a check digit, a serial."""
    values = (int(character, 36) for character in number)
    return sum(value * weight for value, weight in zip(values, _POLISH_LETTERS, strict=True)) % 10 == 0


def czech_birth(number: str) -> bool:
    """Check a Czech or Slovak birth number: women's months have 50 more, either 20 more where a day ran out.

    Those of nine digits, for births until 1953, hold no check digit. Until 1985 a rest of ten became a 0.
    """
    if not is_day(number[4:6], number[2:4], months=(0, 20, 50, 70)):
        return False
    return len(number) == 9 or int(number) % 11 == 0 or (int(number[:9]) % 11 == 10 and number[9] == "0")


def hungarian_person(number: str) -> bool:
    """Check a Hungarian number; the weights go up for births until 1996, down for later ones."""
    rising = sum(int(digit) * place for place, digit in enumerate(number[:10], 1))
    falling = weighted(number[:10], range(10, 0, -1))
    return is_day(number[5:7], number[3:5]) and int(number[10]) in {rising % 11, falling % 11}


def hungarian_tax(number: str) -> bool:
    """Check a Hungarian tax number of a person."""
    return weighted(number[:9], range(1, 10)) % 11 == int(number[9])


def hungarian_insurance(number: str) -> bool:
    """Check a Hungarian social security number."""
    return int(number) > 0 and weighted(number[:8], (3, 7) * 4) % 10 == int(number[8])


def romanian_person(number: str) -> bool:
    """Check a Romanian number: a sex, a birth, a county, a serial, a check digit."""
    check = weighted(number, (2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9)) % 11
    return is_day(number[5:7], number[3:5]) and min(check, 10) % 10 + (check == 10) == int(number[-1])


def bulgarian_person(number: str) -> bool:
    """Check a Bulgarian number, whose month tells the century."""
    check = weighted(number, (2, 4, 8, 5, 10, 9, 7, 3, 6)) % 11 % 10
    return is_day(number[4:6], number[2:4], months=(0, 20, 40)) and check == int(number[-1])


def yugoslav_person(number: str) -> bool:
    """Check a number as Yugoslavia gave them out, and Slovenia and others still do."""
    check = -weighted(number, (7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return is_day(number[:2], number[2:4]) and check % 10 == int(number[-1])


def slovenian_tax(number: str) -> bool:
    """Check a Slovenian tax number."""
    check = 11 - weighted(number, (8, 7, 6, 5, 4, 3, 2)) % 11
    return check != 11 and check % 10 == int(number[-1])


def eastern() -> list[NumberRecognizer]:
    """Make the recognisers of these countries."""
    return [*_polish(), *_czech(), *_hungarian(), *_balkan()]


def _polish() -> list[NumberRecognizer]:
    return [
        NumberRecognizer(
            "PL_PESEL", "pl", {r"[0-9]{11}": WEAK}, ("pesel", "numer pesel", "nr pesel", *IDENTITY), polish_person
        ),
        NumberRecognizer(
            "PL_NIP",
            "pl",
            {r"[0-9]{3}-[0-9]{3}-[0-9]{2}-[0-9]{2}|[0-9]{3}-[0-9]{2}-[0-9]{2}-[0-9]{3}": FAIR, r"[0-9]{10}": WEAK},
            ("nip", "numer identyfikacji podatkowej", *TAX),
            polish_tax,
        ),
        NumberRecognizer(
            "PL_ID_CARD",
            "pl",
            {r"[A-Z]{3} ?[0-9]{6}": WEAK},
            ("dowód osobisty", "dowodu osobistego", "nr dowodu", "seria i numer", *IDENTITY),
            polish_card,
        ),
        NumberRecognizer(
            "PL_PASSPORT",
            "pl",
            {r"[A-Z]{2} ?[0-9]{7}": FAINT},
            ("paszport", "paszportu", "numer paszportu", "passport", "passport number"),
        ),
    ]


def _czech() -> list[NumberRecognizer]:
    return [
        NumberRecognizer(
            "CZ_SK_BIRTH_NUMBER",
            "cz sk",
            {r"[0-9]{6}/[0-9]{3,4}": FAIR, r"[0-9]{10}": WEAK},
            ("rodné číslo", "rodne cislo", "rodného čísla", "rodným číslem", "rč", "r.č", "rc", *IDENTITY),
            czech_birth,
        ),
        NumberRecognizer(
            "CZ_SK_ID_CARD",
            "cz sk",
            {r"[0-9]{9}|[A-Z]{2}[0-9]{6}": FAINT},
            ("občanský průkaz", "číslo občanského průkazu", "občiansky preukaz", "číslo občianskeho preukazu", "op"),
        ),
    ]


def _hungarian() -> list[NumberRecognizer]:
    return [
        NumberRecognizer(
            "HU_PERSONAL_ID",
            "hu",
            {r"[1-8][- ][0-9]{6}[- ][0-9]{4}": FAIR, r"[1-8][0-9]{10}": WEAK},
            ("személyi szám", "személyi azonosító", "személyazonosító jel", *IDENTITY),
            hungarian_person,
        ),
        NumberRecognizer(
            "HU_TAX_ID", "hu", {r"8[0-9]{9}": WEAK}, ("adóazonosító", "adóazonosító jel", *TAX), hungarian_tax
        ),
        NumberRecognizer(
            "HU_TAJ",
            "hu",
            {r"[0-9]{3}[- ]?[0-9]{3}[- ]?[0-9]{3}": WEAK},
            ("taj", "taj szám", "tajszám", "társadalombiztosítási azonosító", *SOCIAL),
            hungarian_insurance,
        ),
    ]


def _balkan() -> list[NumberRecognizer]:
    return [
        NumberRecognizer(
            "RO_CNP",
            "ro",
            {r"[1-9][0-9]{2}[01][0-9][0-3][0-9](?:[0-4][0-9]|5[0-2]|70|80)[0-9]{4}": FAIR},
            ("cnp", "cod numeric personal", *IDENTITY),
            romanian_person,
        ),
        NumberRecognizer(
            "BG_EGN",
            "bg",
            {r"[0-9]{10}": WEAK},
            ("егн", "единен граждански номер", "egn", *IDENTITY),
            bulgarian_person,
        ),
        NumberRecognizer(
            "HR_OIB",
            "hr",
            {r"[0-9]{11}": WEAK},
            ("oib", "osobni identifikacijski broj", *IDENTITY, *TAX),
            mod_11_10,
        ),
        NumberRecognizer(
            "SI_EMSO",
            "si hr",
            {r"[0-3][0-9][01][0-9]{4}[0-9]{6}": FAIR},
            ("emšo", "emso", "jmbg", "matični broj", "enotna matična številka občana", *IDENTITY),
            yugoslav_person,
        ),
        NumberRecognizer(
            "SI_TAX_ID",
            "si",
            {r"[1-9][0-9]{7}": WEAK},
            ("davčna številka", "davcna stevilka", "davčne številke", *TAX),
            slovenian_tax,
        ),
    ]
