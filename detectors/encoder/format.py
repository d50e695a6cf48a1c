"""What the fused encoder answers: the contract between training, export and inference."""

from typing import Final

FORMAT: Final = 1
"""Version of the layout of `encoder.json` and `thresholds.json`."""

TOXICITY: Final = ("toxic", "hate", "insult", "obscene", "threat", "sexual", "sexism")
AXES: Final = (
    "race",
    "gender",
    "religion",
    "nationality",
    "orientation",
    "disability",
    "age",
    "appearance",
    "socioeconomic",
)
BIAS: Final = ("bias", "stereotype", *AXES)
INJECTION: Final = ("injection", "jailbreak", "indirect")
LABELS: Final = (*TOXICITY, *BIAS, *INJECTION)
"""Labels of a whole text, in the order of the model's output `labels`."""

ENTITIES: Final = (
    "PERSON",
    "LOCATION",
    "ORGANIZATION",
    "ADDRESS",
    "DATE_TIME",
    "NRP",
    "USERNAME",
    "PHONE_NUMBER",
    "EMAIL_ADDRESS",
    "CREDIT_CARD",
    "IBAN_CODE",
    "US_SSN",
    "IP_ADDRESS",
    "URL",
    "ID",
)
"""Kinds of personal data, in Presidio's names where it has one. `ID`: any other number of a document or an account."""

TAGS: Final = ("O", *(f"{prefix}-{entity}" for entity in ENTITIES for prefix in ("B", "I")))
"""Tags of a token, in the order of the model's output `entities`: an entity's first token is `B-`, the rest `I-`."""

WINDOW: Final = 256
"""Tokens in one window, the two special ones included."""

OVERLAP: Final = 32
"""Tokens that a window shares with the one before it."""

CASINGS: Final = 4
"""Values of the input `casing`: no capital, first letter, all letters (two or more), any other mixture."""

READING: Final = 2
"""Changes with how texts are read before the model (`normalise.py`) and spans settled after it (`span_rules.py`)."""
