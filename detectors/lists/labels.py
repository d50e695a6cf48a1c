"""Which labels lists may speak of: those of values; no secret, no judgement."""

import re
from typing import Final

SECRET: Final = "SECRET_"  # noqa: S105 - the start of a label, as policy data has it
CARDS: Final = frozenset({"CREDIT_CARD"})
LONGEST: Final = 40

_VALUE: Final = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")


def is_deniable(label: str) -> bool:
    """Tell whether values can be listed as ones of this label: a known label or one's own."""
    return len(label) <= LONGEST and _VALUE.fullmatch(label) is not None and not label.startswith(SECRET)


def is_allowable(label: str) -> bool:
    """Tell whether a finding of this label can be let go: no list makes a secret or a card harmless."""
    return is_deniable(label) and label not in CARDS
