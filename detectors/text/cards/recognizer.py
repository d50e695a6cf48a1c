"""Payment cards that Presidio leaves out: of ranges it doesn't know, of 12, 18 or 19 digits, with hard blanks."""

from collections.abc import Iterable, Sequence
from typing import Final

import regex
from presidio_analyzer import Pattern, PatternRecognizer
from presidio_analyzer.predefined_recognizers import CreditCardRecognizer

from detectors.text.cards.networks import TIME, heads
from detectors.text.national.arithmetic import luhn
from detectors.text.national.number import FAIR, WEAK, variants
from detectors.text.scans import Mark, Near, Scan

VERSION: Final = "1"
"""Changes with any range, form, score or word in this folder."""

LABEL: Final = "CREDIT_CARD"
RISE: Final = 0.8
"""A number of a network with its check digit and the word for it beside it is a card, whatever else it could be."""

WORDS: Final = (
    "card", "card number", "card no", "card nr", "card num", "credit", "credit card", "credit card number", "debit",
    "debit card", "bank card", "payment card", "cc", "ccn", "cc number", "cc no", "cc num", "pan", "pan number",
    "visa", "mastercard", "maestro", "amex", "american express", "jcb", "diners", "diners club", "union pay", "rupay",
    "uatp", "girocard", "karte", "kartennummer", "kartennr", "kredit karte", "kreditkartennummer", "debit karte",
    "bank karte", "ec karte", "carte", "carte bancaire", "carte bleue", "numéro de carte", "tarjeta",
    "tarjeta de crédito", "tarjeta de débito", "carta", "carta di credito", "carta di debito", "cartão", "cartao",
    "creditcard", "kaartnummer", "bankkaart", "karta", "karty", "kortnummer", "kreditkort", "betalingskort",
)  # fmt: skip
"""English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Scandinavian; in a phrase, a blank may be
missing, or be a hyphen or an underscore."""

_JOINT: Final = "[ \u00a0\u202f-]?"
"""The characters themselves: of their escapes the prefilter makes an expression that matches anywhere."""
_START: Final = r"(?=[0-9])(?<![\w+])(?<![0-9][-./])(?:(?<!\b[0-9][0-9A-F]{3} )|(?=[0-9]{12}))"
_END: Final = r"(?!\w)(?![-.][0-9])(?:(?! [0-9][0-9A-F]{3}\b)|(?<=[0-9]{12}))"
"""No further digits, and of a row of numbers of four digits each, some are no card. A comma may be a table's."""

_GROUPS: Final = {
    12: ((4, 4, 4),),
    13: ((4, 4, 5), (4, 3, 3, 3)),
    14: ((4, 6, 4), (4, 4, 4, 2)),
    15: ((4, 6, 5), (4, 4, 4, 3), (4, 5, 6)),
    16: ((4, 4, 4, 4),),
    17: ((4, 4, 4, 4, 1),),
    18: ((4, 4, 4, 4, 2), (6, 12)),
    19: ((4, 4, 4, 4, 3), (6, 13)),
}
"""How the digits of each length are grouped where they are printed; they may stand together as well."""

_DIGITS: Final = rf"[0-9](?:{_JOINT}[0-9]){{{min(_GROUPS) - 1},}}"
"""What every card holds, and nearly no prose."""
_MARK: Final = Mark(regex.compile(f"{_DIGITS}+"), 8, 8)

_FLAGS: Final = regex.IGNORECASE | regex.MULTILINE | regex.DOTALL
_MARKS: Final = str.maketrans("", "", " -\u00a0\u202f")
_PRESIDIO: Final = tuple(regex.compile(pattern.regex, _FLAGS) for pattern in CreditCardRecognizer.PATTERNS)


class CardRecognizer(PatternRecognizer):
    """A card that must pass Luhn's check. What Presidio finds is left to it, so that nothing is found twice.

    Lengths that a longer number in groups may begin with are expressions of their own: else `4-4-4-4` would never be
    tried where three further digits follow.
    """

    rise = RISE

    def __init__(self) -> None:
        scores = {_any_of((16,), plain=True): FAIR, _any_of((15, 19), plain=True): FAIR}
        scores |= {_any_of(lengths, plain=False): WEAK for lengths in ((12,), (13, 14, 15), (16, 17, 18, 19))}
        patterns = [Pattern(LABEL.lower(), f"{_START}(?:{form}){_END}", score) for form, score in scores.items()]
        words = [variant for word in WORDS for variant in variants(word)]
        super().__init__(LABEL, patterns=patterns, name="Payment cards", context=words, global_regex_flags=_FLAGS)

    def validate_result(self, pattern_text: str) -> bool | None:
        """Reject what fails the check or is Presidio's to find."""
        passes = luhn(pattern_text.translate(_MARKS))
        return None if passes and not any(known.fullmatch(pattern_text) for known in _PRESIDIO) else False

    def scan(self, expression: str, flags: int) -> Scan:
        """Give the scan for one of the expressions."""
        return Near(expression, flags, _MARK)


def card_recognizers() -> list[PatternRecognizer]:
    """Make the one recogniser of all networks' cards, which belong to no country in particular."""
    return [CardRecognizer()]


def _any_of(lengths: Iterable[int], *, plain: bool) -> str:
    return "|".join(_written(length, plain=plain) for length in lengths)


def _written(length: int, *, plain: bool) -> str:
    """Give the expression of all ways to write numbers of a length, of those networks."""
    time = rf"(?!{TIME})" if plain and length == 16 else ""
    return rf"{time}(?:{heads(length, plain=plain)})(?:{'|'.join(map(_behind_head, _GROUPS[length]))})"


def _behind_head(groups: Sequence[int]) -> str:
    first = f"[0-9]{{{groups[0] - 4}}}" if groups[0] > 4 else ""
    return first + "".join(f"{_JOINT}[0-9]{{{size}}}" for size in groups[1:])
