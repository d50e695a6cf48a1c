"""All forms of all languages as recognisers, and words that speak for what any language's recognisers find."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from detectors.text.languages.recognizer import LanguageRecognizer
from detectors.text.languages.tables import FORMS

VERSION: Final = "2"
"""Changes with any form, score or word in this folder."""

CONTEXT: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "PHONE_NUMBER": (
            "telefon", "telefonnummer", "handy", "handynummer", "mobil", "mobilnummer", "rufnummer", "durchwahl",
            "téléphone", "tél", "téléphone portable", "teléfono", "móvil", "telefono", "cellulare", "recapito",
        ),
        "IBAN_CODE": ("kontonummer", "konto", "bankverbindung", "compte", "cuenta", "conto", "bonifico"),
        "CREDIT_CARD": ("kreditkarte", "kartennummer", "carte bancaire", "carte de crédit", "tarjeta",
                        "carta di credito"),
        "DATE_TIME": ("datum", "geburtsdatum", "geboren", "date de naissance", "fecha", "nacimiento",
                      "data di nascita"),
        "EMAIL_ADDRESS": ("e-mail-adresse", "courriel", "correo", "correo electrónico", "posta elettronica"),
    }
)  # fmt: skip
"""By label, beside Presidio's English words: so a German text lifts a hit as an English one does."""


def language_recognizers() -> list[LanguageRecognizer]:
    """Make a recogniser for each language and label."""
    return [
        LanguageRecognizer(language, label, forms)
        for language, forms in FORMS.items()
        for label in dict.fromkeys(form.label for form in forms)
    ]
