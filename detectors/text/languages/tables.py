"""The forms of all languages, for whoever needs them without the library that runs recognisers."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from detectors.text.languages.english import ENGLISH
from detectors.text.languages.form import Form
from detectors.text.languages.french import FRENCH
from detectors.text.languages.german import GERMAN
from detectors.text.languages.italian import ITALIAN
from detectors.text.languages.spanish import SPANISH

FORMS: Final[Mapping[str, tuple[Form, ...]]] = MappingProxyType(
    {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH, "it": ITALIAN}
)
"""The forms by language, in ISO 639-1."""
