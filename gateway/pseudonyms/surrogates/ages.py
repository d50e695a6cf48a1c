"""Ages a few years off, and where in a model's text a number is one of them.

A number of two digits may stand anywhere: in a list, before a percent sign. So an age is put back only where words
beside it say that it is one, as in `74-year-old` and `aged 74`; any other 74 stays as the model wrote it.
"""

import re
from typing import Final

from gateway.pseudonyms.surrogates.draw import Draw

_OFF: Final = 5
_OF_AGE: Final = 18
_OLDEST: Final = 119

_NUMBER: Final = re.compile(r"[1-9][0-9]{0,2}")

BEHIND: Final = (
    *(joint + unit for unit in ("year", "yr", "month", "week") for joint in "- "), " y/o", "-j\u00e4hr", "-J\u00e4hr",
    " Jahr", " Monat", " Woche", " ans", " mois", " semaine", " a\u00f1o", " mes", " anni", " settiman",
)  # fmt: skip
"""What makes the number before it an age: enough of it to tell."""

_BEFORE: Final = (
    "aged ", "Aged ", "age ", "age of ", "age: ", "Age: ", "turn ", "turned ", "turning ", "Alter: ", "Edad: ",
    "Et\u00e0: ", "\u00c2ge : ",
)  # fmt: skip
LOOK_BACK: Final = 1 + max(map(len, _BEFORE))
"""Characters before a number that say whether it is an age."""

_LEAD: Final = "|".join(rf"(?<=\b{re.escape(words)})" for words in _BEFORE)
_TAIL: Final = "|".join(map(re.escape, BEHIND))


def age(surface: str, draw: Draw) -> str | None:
    """Give another age, of as many digits, at most five years off and on the same side of 18; None for no age."""
    if not _NUMBER.fullmatch(surface):
        return None
    own, digits = int(surface), len(surface)
    low = max(own - _OFF, 10 ** (digits - 1), _OF_AGE if own >= _OF_AGE else 1)
    high = min(own + _OFF, 10**digits - 1, _OLDEST if own >= _OF_AGE else _OF_AGE - 1)
    others = [str(years) for years in range(low, high + 1) if years != own]
    return draw.one(others) if others else None


def is_made_age(entry: str) -> bool:
    """Tell whether a surrogate is an age: no other kind gets one of so few digits and nothing else (`makers.py`)."""
    return _NUMBER.fullmatch(entry) is not None


def as_age(entry: str) -> str:
    """Give the expression of a number where it is an age; what is before and behind it is not part of the match."""
    return rf"(?:(?:{_LEAD}){entry}(?!\w)|(?<!\w){entry}(?={_TAIL}))"
