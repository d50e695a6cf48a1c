"""One form for the many ways to write the same value, so that it keeps one token."""

import re
import unicodedata
from typing import Final

_SPACES = re.compile(r"\s+")
_SEPARATORS = re.compile(r"[\s.()/-]+")
_NUMBERED: Final = (
    "PHONE", "CARD", "IBAN", "ACCOUNT", "BANK", "SSN", "PASSPORT", "LICENSE", "ITIN", "NHS", "NIF", "ROUTING",
)  # fmt: skip
"""Labels that hold one of these words name values that people group with spaces, dots and dashes as they like."""


def canonical(label: str, surface: str) -> str:
    """Give the canonical form of a value as it stands in a text.

    NFC always (UAX #15); an e-mail address has its domain case-folded (RFC 5321, 2.4: the part before `@` is the
    host's own matter); numbers lose their grouping; runs of white space count as one blank.
    """
    text = unicodedata.normalize("NFC", surface)
    name = label.upper()
    if "EMAIL" in name:
        local, at, domain = text.strip().rpartition("@")
        return f"{local}{at}{domain.casefold()}"
    if any(word in name for word in _NUMBERED):
        return _SEPARATORS.sub("", text).upper()
    return _SPACES.sub(" ", text.strip())
