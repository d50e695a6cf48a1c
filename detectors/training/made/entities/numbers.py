"""PHONE_NUMBER, CREDIT_CARD, IBAN_CODE, US_SSN and ID: numbers of people and of their papers."""

from typing import Final

from detectors.training.made.entities.maker import Kind, Maker, entity, one_of
from detectors.training.made.entities.word_lists import words

PHONE_LOCALES: Final = (
    *(
        "en_US",
        "en_US",
        "en_US",
        "en_GB",
        "en_GB",
        "en_CA",
        "en_AU",
        "en_NZ",
        "en_IN",
        "de_DE",
        "de_AT",
        "de_CH",
        "fr_FR",
    ),
    *(
        "fr_CH",
        "es_ES",
        "es_MX",
        "es_AR",
        "es_CO",
        "es_CL",
        "it_IT",
        "nl_NL",
        "nl_BE",
        "pl_PL",
        "pt_PT",
        "pt_BR",
        "sv_SE",
    ),
    *(
        "da_DK",
        "no_NO",
        "fi_FI",
        "cs_CZ",
        "sk_SK",
        "sl_SI",
        "hr_HR",
        "hu_HU",
        "ro_RO",
        "tr_TR",
        "id_ID",
        "ja_JP",
        "zh_CN",
    ),
    *("lt_LT", "lv_LV", "bg_BG", "uk_UA", "ru_RU", "el_GR", "az_AZ", "tw_GH", "vi_VN"),
)
PHONES: Final = words("numbers", "phones")
CARD_STARTS: Final = (
    ("4", 16),
    ("4", 16),
    ("51", 16),
    ("55", 16),
    ("2221", 16),
    ("34", 15),
    ("37", 15),
    ("6011", 16),
    ("36", 14),
    ("35", 16),
    ("4", 13),
    ("62", 16),
)
IBANS: Final = {
    "DE": "##################",
    "GB": "NWBK##############",
    "FR": "#######################",
    "ES": "####################",
    "IT": "X######################",
    "NL": "INGB##########",
    "CH": "#################",
    "AT": "################",
    "BE": "############",
    "PL": "########################",
    "PT": "#####################",
    "SE": "####################",
    "DK": "##############",
    "NO": "###########",
    "FI": "##############",
    "IE": "AIBK##############",
    "CZ": "####################",
    "GR": "#######################",
    "RO": "BTRL################",
    "HU": "########################",
    "LU": "################",
    "HR": "#################",
    "MT": "VALL#######################",
    "SA": "####################",
    "AE": "###################",
    "TR": "######################",
    "IL": "###################",
    "LT": "################",
}
SSNS: Final = words("numbers", "ssns")
DOCUMENTS: Final = (
    "licence",
    "passport",
    "account",
    "order",
    "policy",
    "student",
    "patient",
    "employee",
    "tax",
    "national",
    "plate",
    "member",
    "case",
    "serial",
    "tracking",
    "routing",
)
"""Kinds of ID, each a section of `words/numbers.txt`."""

FAMILIAR: Final = ("account", "order", "policy", "case", "member", "national", "passport", "licence", "tax", "patient")


def phone(maker: Maker) -> str:
    """Make a phone number in a form of some country."""
    if maker.chance(0.45):
        return maker.faker(maker.choice(PHONE_LOCALES)).phone_number()
    return maker.digits(maker.choice(PHONES))


def card(maker: Maker) -> str:
    """Make a card number that passes Luhn's check, in one piece or in groups."""
    start, length = maker.choice(CARD_STARTS)
    body = start + maker.digits("#" * (length - 1 - len(start)))
    number = body + str(-_luhn(body + "0") % 10)
    gap = maker.choice(("", "", " ", "-"))
    sizes = (4, 6, 5) if length == 15 else (4, 4, 4, 4)
    return gap.join(_cut(number, sizes))


def _luhn(number: str) -> int:
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(number)))
    return sum(value - 9 if value > 9 else value for value in doubled)


def _cut(number: str, sizes: tuple[int, ...]) -> list[str]:
    parts = []
    for size in sizes:
        parts.append(number[:size])
        number = number[size:]
    return [part for part in [*parts, number] if part]


def iban(maker: Maker) -> str:
    """Make an IBAN whose check digits are right, in one piece or in groups of four."""
    country = maker.choice(tuple(IBANS))
    rest = maker.digits(IBANS[country])
    check = 98 - int("".join(str(int(sign, 36)) for sign in f"{rest}{country}00")) % 97
    number = f"{country}{check:02d}{rest}"
    return " ".join(_cut(number, (4,) * 8)) if maker.chance(0.4) else number


def document(maker: Maker, kind: str) -> str:
    """Make a number of one of DOCUMENTS."""
    return maker.digits(maker.choice(words("numbers", kind)))


def _document(kind: str) -> Kind:
    return entity("ID", lambda maker: document(maker, kind))


NUMBER_KINDS: Final[dict[str, Kind]] = {
    "phone": entity("PHONE_NUMBER", phone),
    "card": entity("CREDIT_CARD", card),
    "iban": entity("IBAN_CODE", iban),
    "ssn": entity("US_SSN", lambda maker: maker.digits(maker.choice(SSNS))),
    **{kind: _document(kind) for kind in DOCUMENTS},
    "id": one_of([_document(kind) for kind in FAMILIAR], [1] * len(FAMILIAR)),
}
