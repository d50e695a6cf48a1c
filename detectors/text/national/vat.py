"""VAT numbers of the European Union's states, of the United Kingdom and of Switzerland, with their prefixes."""

from typing import Final

import regex

from detectors.text.national.number import STRONG, NumberRecognizer
from detectors.text.national.vat_checks import VAT_CHECKS
from detectors.text.scans import Mark

_MARKED_DIGITS: Final = regex.compile(r"#(\d+)")
_PREFIX: Final = r"(?-i:(?=[A-Z]{2})|(?=[a-z]{2,3}[0-9u][0-9]))"
"""A prefix in small letters may be a word ("it", "at", "be"), so digits must follow at once."""
_MARK: Final = Mark(
    regex.compile(
        r"[0-9](?<=(?<!\w)(?:[A-Z]{2}(?i:[A-Z])?[ .-]?(?:(?i:[A-Z])[ .-]?)?|[a-z]{2,3}(?i:u)?)[0-9])"
        r"(?=(?:[ .-]?(?i:[0-9A-Z])){5})"
    ),
    12,
    32,
)
"""The first digit of a number, behind a prefix and perhaps a letter."""

_BODIES: Final = {
    "AT": ["U#8"],
    "BE": ["[01]#9"],
    "BG": ["#9", "#10"],
    "CHE": ["#9"],
    "CY": ["#8[A-Z]"],
    "CZ": ["#8", "#9", "#10"],
    "DE": ["[1-9]#8"],
    "DK": ["[1-9]#7"],
    "EE": ["#9"],
    "EL": ["#9"],
    "ES": ["[A-Z0-9]#7[A-Z0-9]"],
    "FI": ["#8"],
    "FR": ["#11"],
    "GB": ["#9"],
    "HR": ["#11"],
    "HU": ["#8"],
    "IE": ["#7[A-W][A-IW]?", "#1[A-Z]#5[A-W]"],
    "IT": ["#11"],
    "LT": ["#9", "#12"],
    "LU": ["#8"],
    "LV": ["#11"],
    "MT": ["#8"],
    "NL": ["#9B#2"],
    "PL": ["#10"],
    "PT": ["#9"],
    "RO": ["#6", "#7", "#8", "#9", "#10"],
    "SE": ["#12"],
    "SI": ["#8"],
    "SK": ["#10"],
    "XI": ["#9"],
}
"""What follows a prefix: `#8` stands for eight digits, each of which may have a mark before it."""

_CONTEXT: Final = (
    "vat", "vat number", "vat id", "vat no", "ust id", "ust idnr", "ust id nr", "umsatzsteuer", "mwst", "uid", "tva",
    "numéro de tva", "n° tva", "iva", "partita iva", "p.iva", "nif iva", "btw", "btw nummer", "btw id", "moms",
    "momsnummer", "alv", "nip", "dič", "dic", "adószám", "cif", "cui", "ддс", "pdv", "pvn", "pvm", "kmkr", "αφμ",
)  # fmt: skip


def vat_recognizers() -> list[NumberRecognizer]:
    """Make the one recogniser of all states' VAT numbers, which belongs to no country in particular."""
    return [NumberRecognizer("EU_VAT_ID", "", {_expression(): STRONG}, _CONTEXT, valid_vat, mark=_MARK)]


def valid_vat(number: str) -> bool:
    """Check a VAT number in capitals and without marks by the rule of its state."""
    prefix = "CHE" if number.startswith("CHE") else number[:2]
    return VAT_CHECKS[prefix](number[len(prefix) :])


def _expression() -> str:
    states = (f"{prefix}[ .-]?(?:{'|'.join(reversed(bodies))})" for prefix, bodies in _BODIES.items())
    return _PREFIX + f"(?:{_MARKED_DIGITS.sub(_digits, '|'.join(states))})"


def _digits(count: "regex.Match[str]") -> str:
    return rf"[0-9](?:[ .-]?[0-9]){{{int(count[1]) - 1}}}" if int(count[1]) > 1 else "[0-9]"
