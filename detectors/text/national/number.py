"""One kind of number that a state gives out: how it is written, what it must fulfil, and which words speak for it."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from itertools import product

import regex
from presidio_analyzer import Pattern, PatternRecognizer

from detectors.text.scans import Mark, Near, NearDigits, Scan, WholeText

Check = Callable[[str], bool]
"""Takes a number in capitals without the marks between its parts, and says whether it can be one."""

STRONG = 0.85
"""Form and check together leave less than one chance hit in a thousand numbers of the same length."""
FAIR = 0.5
"""They leave less than one in a hundred, or the form is used for nothing else."""
WEAK = 0.2
"""A bare number with a check digit: one in ten passes by chance, so it takes a context word to count."""
FAINT = 0.1
"""Nothing to check: it takes a context word to count, just so."""

START = r"(?<!\w)(?<![0-9][-.,/+])"
END = r"(?!\w)(?![-.,/+][0-9])"
"""A number begins and ends where no longer one and no decimal goes on."""

_FLAGS = regex.IGNORECASE | regex.MULTILINE | regex.DOTALL
_MARKS = str.maketrans("", "", " .-/\u00a0\u202f")
_JOINTS = (" ", "-", "_", "")

IDENTITY = (
    "national id", "national identity", "national identification", "national number", "personal id", "personal number",
    "personal code", "personal identity", "personal identification", "id number", "identity number", "id card",
    "identity card", "identification number", "citizen id", "birth number", "ssn",
)  # fmt: skip
TAX = ("tax id", "tax number", "tax identification", "tax code", "taxpayer", "tin", "fiscal code", "fiscal number")
SOCIAL = ("social security", "social insurance", "national insurance", "insurance number", "health insurance", "ssn")


class NumberRecognizer(PatternRecognizer):
    """A kind of number. A check that fails drops a hit; one that passes leaves it the score that its form states.

    Presidio lets a passed check prove a hit. One digit can't: of all numbers of eleven digits every tenth passes.
    """

    def __init__(
        self,
        label: str,
        countries: str,
        forms: Mapping[str, float],
        context: Iterable[str],
        check: Check | None = None,
        *,
        few_digits: bool = False,
        mark: Mark | None = None,
    ) -> None:
        """Take expressions with their scores. `countries` are ISO 3166 codes with blanks between.

        In `context`, a blank in a phrase may be missing, or be a hyphen or an underscore. A number has six digits or
        more, with at most three other characters between two of them, and no more than 20 characters before and after
        these; `few_digits` says that this one may not have them. `mark` tells more of what each form must hold.
        """
        patterns = [Pattern(label.lower(), f"{START}(?:{form}){END}", score) for form, score in forms.items()]
        words = [variant for phrase in context for variant in variants(phrase)]
        super().__init__(label, patterns=patterns, name=label, context=words, global_regex_flags=_FLAGS)
        self.countries = frozenset(countries.split())
        self._few_digits = few_digits
        self._mark = mark
        self._check = check

    def scan(self, pattern: str, flags: int) -> Scan:
        """Give the search for one of its forms."""
        if self._mark:
            return Near(pattern, flags, self._mark)
        return WholeText(pattern, flags) if self._few_digits else NearDigits(pattern, flags)

    def validate_result(self, pattern_text: str) -> bool | None:
        """Reject a number that fails the check, or has a letter that none has: case-folding lets a few pass."""
        if self._check is None:
            return None
        number = unicodedata.normalize("NFKC", pattern_text).upper().translate(_MARKS)
        try:
            return None if self._check(number) else False
        except ValueError:
            return False


def variants(phrase: str) -> Iterable[str]:
    """Give a phrase with each of its blanks as it is, missing, or as a hyphen or an underscore."""
    words = phrase.split(" ")
    for joints in product(_JOINTS, repeat=len(words) - 1):
        yield words[0] + "".join(map("".join, zip(joints, words[1:], strict=True)))
