"""Spain, Portugal, Italy, Greece, Cyprus and Malta."""

from detectors.text.national.arithmetic import luhn, weighted
from detectors.text.national.births import is_day
from detectors.text.national.number import FAINT, FAIR, IDENTITY, SOCIAL, STRONG, TAX, WEAK, NumberRecognizer

_SPANISH_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
_ITALIAN_ODD = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
_ITALIAN_MONTHS = "ABCDEHLMPRST"
_ITALIAN_DIGITS = str.maketrans("LMNPQRSTUV", "0123456789")
"""Letters that stand for digits where two persons would have the same code."""


def spanish_identity(number: str) -> bool:
    """Check a Spanish number of eight digits, or X, Y, Z and seven, by its letter."""
    digits = number[:-1].translate(str.maketrans("XYZ", "012"))
    return _SPANISH_LETTERS[int(digits) % 23] == number[-1]


def spanish_insurance(number: str) -> bool:
    """Check a Spanish social security number: province, serial (of seven digits if it begins with 0), key by 97."""
    province, serial, key = number[:2], number[2:10], number[10:]
    return int(province + (serial[1:] if serial[0] == "0" else serial)) % 97 == int(key)


def portuguese_tax(number: str) -> bool:
    """Check a Portuguese tax number."""
    return -weighted(number, (9, 8, 7, 6, 5, 4, 3, 2)) % 11 % 10 == int(number[-1])


def portuguese_card(number: str) -> bool:
    """Check a Portuguese citizen card by Luhn's rule with letters for 10 to 35."""
    values = [int(character, 36) for character in number]
    doubled = [value * 2 - 9 if value * 2 > 9 else value * 2 for value in values[::2]]
    return (sum(doubled) + sum(values[1::2])) % 10 == 0


def italian_code(code: str) -> bool:
    """Check an Italian fiscal code: its day of birth (women's plus 40), and its letter."""
    odd = sum(_ITALIAN_ODD[_rank(character)] for character in code[:15:2])
    even = sum(_rank(character) for character in code[1:15:2])
    day = code[9:11].translate(_ITALIAN_DIGITS)
    month = f"{_ITALIAN_MONTHS.index(code[8]) + 1:02}"
    return is_day(day, month, days=(0, 40)) and (odd + even) % 26 == _rank(code[15])


def _rank(character: str) -> int:
    return int(character) if character.isdecimal() else ord(character) - ord("A")


def italian_vat(number: str) -> bool:
    """Check an Italian VAT number: a serial, an office (1 to 100 and four more), a digit by Luhn."""
    office = int(number[7:10])
    return int(number[:7]) > 0 and (1 <= office <= 100 or office in {120, 121, 888, 999}) and luhn(number)


def greek_tax(number: str) -> bool:
    """Check a Greek tax number."""
    return int(number) > 0 and weighted(number, (256, 128, 64, 32, 16, 8, 4, 2)) % 11 % 10 == int(number[-1])


def greek_insurance(number: str) -> bool:
    """Check a Greek social security number: a birth, a serial, a digit by Luhn."""
    return is_day(number[:2], number[2:4]) and luhn(number)


def cypriot_tax(number: str) -> bool:
    """Check a Cypriot tax number by its letter: digits in odd places count by the table of Italian codes."""
    odd = sum(_ITALIAN_ODD[int(digit)] for digit in number[:8:2])
    return number[:2] != "12" and (odd + sum(map(int, number[1:8:2]))) % 26 == _rank(number[8])


def southern() -> list[NumberRecognizer]:
    """Make the recognisers of these countries."""
    return [*_spanish(), *_portuguese(), *_italian(), *_greek(), *_islands()]


def _spanish() -> list[NumberRecognizer]:
    return [
        NumberRecognizer(
            "ES_NIF",
            "es",
            {r"[0-9]{2}\.?[0-9]{3}\.?[0-9]{3}[- ]?[A-HJ-NP-TV-Z]": FAIR},
            ("dni", "nif", "documento nacional de identidad", "documento de identidad", *IDENTITY, *TAX),
            spanish_identity,
        ),
        NumberRecognizer(
            "ES_NIE",
            "es",
            {r"[XYZ][- ]?[0-9]{7}[- ]?[A-HJ-NP-TV-Z]": STRONG},
            ("nie", "número de identidad de extranjero", "numero de identidad de extranjero", *IDENTITY),
            spanish_identity,
        ),
        NumberRecognizer(
            "ES_SOCIAL_SECURITY",
            "es",
            {r"[0-9]{2}[-/ ][0-9]{8}[-/ ][0-9]{2}": FAIR, r"[0-9]{12}": WEAK},
            ("seguridad social", "número de la seguridad social", "nss", "naf", "afiliación", *SOCIAL),
            spanish_insurance,
        ),
        NumberRecognizer(
            "ES_PASSPORT",
            "es",
            {r"[A-Z]{3}[0-9]{6}|[A-Z]{2}[0-9]{7}": FAINT},
            ("pasaporte", "número de pasaporte", "passport", "passport number"),
        ),
    ]  # fmt: skip


def _portuguese() -> list[NumberRecognizer]:
    return [
        NumberRecognizer(
            "PT_NIF",
            "pt",
            {r"[1-35689][0-9]{2} ?[0-9]{3} ?[0-9]{3}": WEAK},
            ("nif", "contribuinte", "número de contribuinte", "número de identificação fiscal", *TAX),
            portuguese_tax,
        ),
        NumberRecognizer(
            "PT_ID_CARD",
            "pt",
            {r"[0-9]{8}[ -]?[0-9][ -]?[A-Z][A-Z0-9][0-9]": FAIR},
            ("cartão de cidadão", "cartao de cidadao", "bilhete de identidade", "cc", *IDENTITY),
            portuguese_card,
        ),
    ]  # fmt: skip


def _italian() -> list[NumberRecognizer]:
    digit = "[0-9LMNPQRSTUV]"
    return [
        NumberRecognizer(
            "IT_FISCAL_CODE",
            "it",
            {
                rf"[A-Z]{{3}} ?[A-Z]{{3}} ?{digit}{{2}}[{_ITALIAN_MONTHS}]{digit}{{2}} ?[A-Z]{digit}{{3}}[A-Z]": STRONG,
            },
            ("codice fiscale", "cod fisc", "c.f", "cf", *TAX),
            italian_code,
            few_digits=True,
        ),
        NumberRecognizer(
            "IT_VAT_CODE",
            "it",
            {r"[0-9]{11}": WEAK},
            ("partita iva", "p.iva", "p. iva", "piva", "p.i", "vat", "vat number"),
            italian_vat,
        ),
        NumberRecognizer(
            "IT_IDENTITY_CARD",
            "it",
            {r"[A-Z]{2} ?[0-9]{7}|[0-9]{7}[A-Z]{2}|[A-Z]{2}[0-9]{5}[A-Z]{2}": FAINT},
            ("carta d'identità", "carta di identità", "carta d'identita", "carta identità", "cie", "id card",
             "identity card"),
            few_digits=True,
        ),
        NumberRecognizer(
            "IT_PASSPORT",
            "it",
            {r"[A-Z]{2}[0-9]{7}": FAINT},
            ("passaporto", "numero passaporto", "passport", "passport number"),
        ),
        NumberRecognizer(
            "IT_DRIVER_LICENSE",
            "it",
            {r"(?:[A-Z]{2}[0-9]{7}|U1[A-Z0-9]{7})[A-Z]": FAINT},
            ("patente", "patente di guida", "driving licence", "driving license", "driver license", "driver's license"),
        ),
    ]  # fmt: skip


def _greek() -> list[NumberRecognizer]:
    return [
        NumberRecognizer(
            "GR_AFM",
            "gr",
            {r"[0-9]{9}": WEAK},
            ("αφμ", "α.φ.μ", "afm", "αριθμός φορολογικού μητρώου", *TAX),
            greek_tax,
        ),
        NumberRecognizer(
            "GR_AMKA",
            "gr",
            {r"[0-9]{11}": WEAK},
            ("αμκα", "α.μ.κ.α", "amka", *SOCIAL, *IDENTITY),
            greek_insurance,
        ),
        NumberRecognizer(
            "GR_ID_CARD",
            "gr",
            {r"[ABEZHIKMNOPTYXΑΒΕΖΗΙΚΜΝΟΡΤΥΧ]{1,2}[- ]?[0-9]{6}": FAINT},
            ("ταυτότητα", "ταυτότητας", "αριθμός ταυτότητας", "αδτ", "α.δ.τ", *IDENTITY),
        ),
    ]


def _islands() -> list[NumberRecognizer]:
    return [
        NumberRecognizer(
            "CY_TAX_ID",
            "cy",
            {r"[0-9]{8}[A-Z]": WEAK},
            ("αφτ", "φορολογική ταυτότητα", "αριθμός φορολογικής ταυτότητας", "tic", *TAX),
            cypriot_tax,
        ),
        NumberRecognizer(
            "MT_ID_CARD",
            "mt",
            {r"[0-9]{6,7}[MGAPLHBZ]": FAINT},
            ("karta tal identità", "karta tal-identità", "identity card", "id card", "id number", "national id"),
        ),
    ]
