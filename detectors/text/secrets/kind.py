r"""One kind of secret: how it is written, what speaks for it, and what lets the prefilter see that it may be there.

`\K` in an expression starts the hit there: of `password = "..."` only the value is the secret.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import regex
from presidio_analyzer import Pattern, PatternRecognizer

from detectors.text.gates import Gate, gate_of
from detectors.text.scan_choice import scan_of
from detectors.text.scans import Mark, Near, Scan

VERSION: Final = "3"
"""Changes with any expression, score or check in this folder."""

Check = Callable[[str], bool | None]

NAMED: Final = 0.9
"""The form names its vendor."""
LIKELY: Final = 0.7
"""The form could be another's."""
ASSIGNED: Final = 0.6
"""Only the name that it is given says so."""

START: Final = r"(?:(?<![A-Za-z0-9_-])|(?<=\\[nrt])|(?<=%[0-9A-Fa-f]{2}))"
"""A token begins at no letter's side, but for the letters of an escape such as `\n` in JSON or `%3D` in a URL."""
END: Final = r"(?![A-Za-z0-9_-])"
HEX: Final = "[a-f0-9]"
ALNUM: Final = "[A-Za-z0-9]"
URLSAFE: Final = "[A-Za-z0-9_-]"
BASE64: Final = "[A-Za-z0-9+/]"
UUID: Final = "[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}"

_FLAGS = regex.MULTILINE | regex.DOTALL


@dataclass(frozen=True, slots=True)
class Form:
    """An expression, what it scores, its gate, by default the expression itself, and what a match must hold."""

    expression: str
    score: float = NAMED
    gate: Gate | None = None
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A label, what it is in words, its forms, and a check that may prove (True) or disprove (False) a hit."""

    label: str
    what: str
    forms: tuple[Form, ...]
    check: Check | None = None


def token(prefix: str, body: str, end: str = END, *, score: float = NAMED, gate: str = "") -> Form:
    """Give the form of a token that tells its vendor by a prefix, or by `gate`, what it holds for certain elsewhere."""
    return Form(f"{START}(?:{prefix}){body}{end}", score, Gate(gate or prefix, caseless=False))


def near(names: str, value: str) -> Form:
    """Give the form of a value without a mark of its own, assigned to a name that holds one of `names`, in any case.

    `DATADOG_API_KEY="..."`, `"datadog.key": "..."`, `datadog api key is ...`; never a value that only stands near by.
    """
    name = rf"(?<![A-Za-z])(?i:{names})(?i:[a-z0-9_.\[\]\"' -]{{0,32}}?)"
    between = r"[\"'\]]{0,2}\s{0,3}(?:=>|:=|[:=]|,(?=\s?[\"'])|\bis\b)\s{0,3}[\"'`]?"
    return Form(rf"{name}{between}\K{value}(?![A-Za-z0-9_/+-])", LIKELY, Gate(names))


class SecretRecognizer(PatternRecognizer):
    """One kind of secret as a recogniser of Presidio's. A check that proves a hit lets it score 1.0."""

    def __init__(
        self,
        label: str,
        patterns: Mapping[str, float],
        check: Check | None = None,
        gates: Mapping[str, Gate] | None = None,
        marks: Mapping[str, Mark] | None = None,
    ) -> None:
        """Take expressions with their scores, the gates of those that are not their own, and what some must hold."""
        named = [Pattern(label.lower(), expression, score) for expression, score in patterns.items()]
        super().__init__(label, patterns=named, name=label, global_regex_flags=_FLAGS, version=VERSION)
        self._check = check
        self._gates = gates or {}
        self._marks = marks or {}

    def validate_result(self, pattern_text: str) -> bool | None:
        """Give the check's verdict on a hit."""
        return self._check(pattern_text) if self._check else None

    def gate(self, pattern: str, flags: int) -> Gate:
        """Give the gate of one of the expressions."""
        return self._gates.get(pattern) or gate_of(pattern, flags)

    def scan(self, pattern: str, flags: int) -> Scan:
        """Give the search for one of the expressions."""
        mark = self._marks.get(pattern)
        return Near(pattern, flags, mark) if mark else scan_of(pattern, flags)


def recognizer_of(kind: Kind) -> SecretRecognizer:
    """Make the recogniser of a kind."""
    scores = {form.expression: form.score for form in kind.forms}
    gates = {form.expression: form.gate for form in kind.forms if form.gate}
    marks = {form.expression: form.mark for form in kind.forms if form.mark}
    return SecretRecognizer(kind.label, scores, kind.check, gates, marks)
