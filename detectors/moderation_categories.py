"""Which labels of detectors stand for which category of a moderation. A new detector's labels are added here."""

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Final

CATEGORIES: Final[Mapping[str, tuple[str, ...]]] = {
    # OpenAI's own, https://platform.openai.com/docs/guides/moderation. A threat of violence is judged and any other
    # talk of it is not, so `violence` stays open; so does what no label stands for.
    "harassment": ("insult",),
    "harassment/threatening": ("threat",),
    "hate": ("hate", "sexism"),
    "hate/threatening": (),
    "illicit": (),
    "illicit/violent": (),
    "self-harm": (),
    "self-harm/instructions": (),
    "self-harm/intent": (),
    "sexual": ("sexual",),
    "sexual/minors": (),
    "violence": (),
    "violence/graphic": (),
    # Ours.
    "toxicity": ("toxic", "obscene"),
    "bias": ("bias", "stereotype"),
    "injection": ("injection", "jailbreak", "indirect"),
    "pii": (
        "[A-Z][A-Z]_*",  # the numbers of a country
        "ABA_*", "ADDRESS", "CREDIT_CARD", "CRYPTO", "DATE_OF_BIRTH", "EMAIL_ADDRESS", "IBAN_CODE", "ID", "MAC_ADDRESS",
        "MEDICAL_LICENSE", "PERSON", "PHONE_NUMBER", "USERNAME", "UUID",
    ),
    "secrets": ("SECRET_*",),
}  # fmt: skip
"""Patterns of labels, shell style, by category. One that matches no label of an active detector is not looked for."""


TOGETHER: Final[Mapping[str, tuple[str, ...]]] = {"hate/threatening": ("hate", "threat")}
"""Categories that several labels stand for only together, with the lowest of their scores."""


def scores(labels: Mapping[str, int]) -> dict[str, int]:
    """Give the categories that these labels of one text stand for, each with its score (parts per million)."""
    found: dict[str, int] = {}
    for label, score in labels.items():
        if category := category_of(label):
            found[category] = max(score, found.get(category, 0))
    together = (
        (name, [labels[label] for label in needed]) for name, needed in TOGETHER.items() if labels.keys() >= {*needed}
    )
    return found | {name: min(values) for name, values in together}


def category_of(label: str) -> str | None:
    """Give the category of a label, None for one that stands for none, such as a date or a country."""
    return next((name for name, patterns in CATEGORIES.items() if _matches(label, patterns)), None)


def covered(labels: Iterable[str]) -> frozenset[str]:
    """Give the categories that detectors with these labels look for."""
    return frozenset(scores(dict.fromkeys(labels, 0)))


def _matches(label: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(label, pattern) for pattern in patterns)
