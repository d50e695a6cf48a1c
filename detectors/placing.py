"""Which of what a model read in a passage counts beside patterns, and where in the passage it is.

One set of rules for a model in this process and for one in a detector service, so that both lead to the same decisions.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

from detectors.finding import Passage
from detectors.text.languages.ages import is_age

Score = TypeVar("Score", int, float)

LEFT_TO_PATTERNS: Final = frozenset(
    {"EMAIL_ADDRESS", "CREDIT_CARD", "IBAN_CODE", "US_SSN", "IP_ADDRESS", "URL", "USERNAME"}
)
"""Of the encoder's: values that patterns find to the character, and names of accounts, where it is too often wrong.

A model of somebody else's leaves nothing to patterns: which of its labels are reported is said in `detectors.yaml`."""

_DATE: Final = "DATE_TIME"
"""What models that know no ages call them. Ages are left to patterns, too, whoever's the model is: they are `AGE`."""

_NAME: Final = re.compile(r"(?=[^_./]*[_./])[\w./:-]+")
"""One word that programs write: the name or the id of a tool call, a path."""

_BRIEF: Final = 32
"""Characters of a name that is too brief to hold an order."""

_PSEUDONYM: Final = re.compile(r"<[A-Z][A-Z_]*_[a-z0-9]+>")
"""What stands for a value already, as `<EMAIL_ADDRESS_at7gg>`: there is no further value in it."""


def placed(passage: Passage, spans: Iterable[tuple[int, int, str, Score]]) -> Iterator[tuple[int, int, str, Score]]:
    """Give the spans of `passage.before + passage.text` that count, with their places in `passage.text`.

    A label in upper case is a value, any other a judgement. What is over before the passage begins counts nothing.
    """
    lead, whole = len(passage.before), passage.before + passage.text
    known = [match.span() for match in _PSEUDONYM.finditer(whole)]
    is_name = _NAME.fullmatch(passage.text) is not None
    is_brief = len(passage.text) < _BRIEF
    for start, end, label, score in spans:
        is_value = label.isupper()
        # An id looks like the number of a paper, and it can't be masked: it would block the call.
        if end <= lead or (is_name and (is_value or is_brief)):
            continue
        if is_value and any(start < last and first < end for first, last in known):
            continue
        if label != _DATE or not is_age(whole, start, end):
            yield max(start - lead, 0), end - lead, label, score
