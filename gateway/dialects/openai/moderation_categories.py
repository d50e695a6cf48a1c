"""Which labels of detectors stand for which category of a moderation. A new detector's labels are added here."""

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Final

CATEGORIES: Final[Mapping[str, tuple[str, ...]]] = {
    # OpenAI's own, https://platform.openai.com/docs/guides/moderation; nothing here looks for these yet.
    "harassment": (),
    "harassment/threatening": (),
    "hate": (),
    "hate/threatening": (),
    "illicit": (),
    "illicit/violent": (),
    "self-harm": (),
    "self-harm/instructions": (),
    "self-harm/intent": (),
    "sexual": (),
    "sexual/minors": (),
    "violence": (),
    "violence/graphic": (),
    # Ours.
    "pii": (
        "ABA_*", "AU_*", "CA_*", "CREDIT_CARD", "CRYPTO", "EMAIL_ADDRESS", "IBAN_CODE", "IN_*", "IP_ADDRESS",
        "LOCATION", "MAC_ADDRESS", "MEDICAL_LICENSE", "NG_*", "NRP", "ORGANIZATION", "PERSON", "PHONE_NUMBER",
        "PH_*", "SG_*", "UK_*", "US_*", "UUID", "ZA_*",
    ),
    "secrets": ("SECRET_*",),
}  # fmt: skip
"""Patterns of labels, shell style, by category. One that matches no label of an active detector is not looked for."""


def category_of(label: str) -> str | None:
    """Give the category of a label, None for one that stands for none, such as a date."""
    return next((name for name, patterns in CATEGORIES.items() if _matches(label, patterns)), None)


def covered(labels: Iterable[str]) -> frozenset[str]:
    """Give the categories that detectors with these labels look for."""
    return frozenset(filter(None, map(category_of, labels)))


def _matches(label: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(label, pattern) for pattern in patterns)
