"""One way in which a language writes personal data.

What is found is the value alone: of `Herr Dr. Müller` it is `Müller`. Each form has words that stand for nothing else
(a title, a label, a kind of street), so that another language, which lacks these words, is not searched.
"""

from dataclasses import dataclass
from typing import Final

import regex

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

AGE: Final = r"(?<![\w.,:/%&$\u00a3\u20ac\u00a5+#-])(?:1[01][0-9]|[1-9][0-9]?)(?![0-9%]|[.,:/][0-9])"
"""A number of years that a person may have, or of months or weeks: 1 to 119, no part of another number."""

BLANK: Final = r"[ \t\n\u00a0\u202f]"
JOINT: Final = r"[ \t\n\u00a0\u202f\u2010\u2011-]"
"""Between two words of an expression; the second one also where they are joined, as in `76-year-old`."""

NO_RANGE: Final = rf"(?!{BLANK}?[\u2013-]{BLANK}?[0-9]|\+)"
"""Not behind an age that is one end of a range, or a limit."""


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
