"""All kinds of national numbers."""

from collections.abc import Iterable

from presidio_analyzer import PatternRecognizer

from detectors.text.national.east import eastern
from detectors.text.national.north import northern
from detectors.text.national.number import NumberRecognizer
from detectors.text.national.south import southern
from detectors.text.national.vat import vat_recognizers
from detectors.text.national.west import western

VERSION = "2"
"""Changes with any form, score, check or context word in this folder."""


def national_recognizers(countries: Iterable[str] | None = None) -> list[PatternRecognizer]:
    """Make the recognisers of European numbers.

    `countries` (ISO 3166 alpha-2) keeps these countries' numbers, and VAT numbers; None keeps all.
    """
    wanted = None if countries is None else frozenset(country.lower() for country in countries)
    return [recognizer for recognizer in _all() if _is_wanted(recognizer, wanted)]


def _all() -> list[NumberRecognizer]:
    return [*western(), *southern(), *northern(), *eastern(), *vat_recognizers()]


def _is_wanted(recognizer: NumberRecognizer, wanted: frozenset[str] | None) -> bool:
    return wanted is None or not recognizer.countries or not recognizer.countries.isdisjoint(wanted)
