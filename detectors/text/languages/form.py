"""One way in which a language writes personal data, and the recogniser of a language's ways for one label.

What is found is the value alone: of `Herr Dr. Müller` it is `Müller`. Each form has words that stand for nothing else
(a title, a label, a kind of street), so that English, which lacks these words, is not searched.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import regex
from presidio_analyzer import Pattern, PatternRecognizer

from detectors.text.gates import Gate

SCORE: Final = 0.6
"""Of a name, an address, a number beside the words for it: enough for each shipped threshold, and no proof."""

FLAGS: Final = regex.MULTILINE
"""Capitals count: they tell a name from what follows it."""

_PART: Final = r"\p{Lu}[\p{L}'\u2019]++(?:-\p{Lu}[\p{L}'\u2019]++)*+"
NUMBER: Final = (
    r"(?=[A-Z0-9./-]*[0-9])(?:[A-Z0-9][A-Z0-9./-]{2,19}(?<=[A-Z0-9])|[0-9]{2}(?= [0-9]))(?![\w@])(?: [0-9]{2,6}\b){0,4}"
)
"""A value with a digit, such as `KD-4711` or `12 345 678`."""

IS: Final = r"(?:[ \t]*+:|[ \t])[ \t]*+\K"
"""Between a label and its value; the value begins behind it."""


@dataclass(frozen=True, slots=True)
class Form:
    """What `expression`, of the `regex` module, finds is `label`. `gate` matches at least where it does."""

    label: str
    gate: str
    expression: str


def name(stop: str, particles: str = "") -> str:
    """Give the expression of a name: up to four words in capitals, none of them in `stop`, with initials.

    `particles` may stand before each of them. Without them, what follows a name in a sentence is not taken for a part.
    """
    word = rf"(?!(?:{stop})\b){_PART}"
    particle = f"(?:(?:{particles}) )?" if particles else ""
    return rf"{particle}(?:\p{{Lu}}\. ?){{0,2}}+{word}(?: {particle}{word}){{0,3}}"


def town(stop: str, particles: str) -> str:
    """Give the expression of a town's name."""
    word = rf"(?!(?:{stop})\b){_PART}"
    return rf"{word}(?:[ -](?:(?:{particles})[ -]?)?{word}){{0,2}}"


def day(months: str) -> str:
    """Give the expression of a day: in digits, or with one of the names of months."""
    return (
        r"(?:[0-9]{1,2}(?:\. ?|/|-)[0-9]{1,2}(?:\. ?|/|-)[0-9]{2,4}\b|[0-9]{4}-[0-9]{2}-[0-9]{2}\b"
        rf"|[0-9]{{1,2}}(?:\.|er|º|°)? (?:de )?(?:{months})\.?,? (?:de(?:l)? )?[0-9]{{4}}\b)"
    )


class LanguageRecognizer(PatternRecognizer):
    """The forms of a language for one label."""

    def __init__(self, language: str, label: str, forms: Iterable[Form]) -> None:
        """Take forms of that label. `language` is a code of ISO 639-1."""
        own = [form for form in forms if form.label == label]
        patterns = [Pattern(f"{language} {label} {place}", form.expression, SCORE) for place, form in enumerate(own)]
        super().__init__(label, name=f"{language} {label}", patterns=patterns, global_regex_flags=FLAGS)
        self._gates = {form.expression: Gate(form.gate, caseless=False) for form in own}

    def gate(self, expression: str, _flags: int) -> Gate:
        """Give the gate of one of the expressions."""
        return self._gates[expression]
