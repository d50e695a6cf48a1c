"""Gates: expressions that match at least wherever a recogniser's pattern does, for the prefilter's one pass.

Mostly a gate is the pattern itself. Where the prefilter would drop the part that makes a pattern selective (a
look-ahead, say), a sharper gate stands here. It is keyed by the pattern's exact text: should Presidio change the
pattern, the gate no longer applies and the pattern stands for itself again.
"""

from dataclasses import dataclass

import regex


@dataclass(frozen=True, slots=True)
class Gate:
    """An expression in PCRE's syntax: where it does not match, neither does the pattern that it stands for."""

    expression: str
    caseless: bool = True


ALWAYS = Gate(".")
"""Matches in any text that is not empty: for a pattern that has no better gate."""


PUNCTUATION = (
    "-x\u2010-\u2015\u2212\u30fc\uff0d\uff0f \u00a0\u00ad\u200b\u2060\u3000"
    "()\uff08\uff09\uff3b\uff3d.\\[\\]/~\u2053\u223c\uff5e"
)
"""What libphonenumber allows between the digits of a number, as the inside of a character class."""

SHORTEST_PHONE = 4
"""Digits of the shortest number that libphonenumber takes for valid in the regions searched (Germany: 1640)."""

PHONE_GATE = Gate(rf"\d(?:[{PUNCTUATION}]{{0,4}}\d){{{SHORTEST_PHONE - 1}}}")
"""As many digits as the shortest number has, with at most four marks between two: libphonenumber allows no more."""

_SHARPER = {
    # The look-ahead for a digit is all that tells a member number from any word of six letters.
    r"\b(?=[A-Z0-9-]{6,20}\b)(?=[A-Z0-9-]*[A-Z])(?=[A-Z0-9-]*\d)[A-Z]{1,5}-?[A-Z0-9]{5,14}\b": r"[A-Z][A-Z0-9-]*\d",
    # A mark that must be the same one again could be anything to the prefilter.
    r"\b[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}\b": r"\b[0-9A-F]{2}(?:[:-][0-9A-F]{2}){5}\b",
    r"\b[1-79]\d{2}([- ])\d{3}\1\d{3}\b": r"\b[1-79]\d{2}[- ]\d{3}[- ]\d{3}\b",
}


_LOOK_BEHIND = regex.compile(r"^\(\?<=")
_LONG_REPEAT = regex.compile(r"\{(\d+),\d{3,}\}")
"""Counting far costs Hyperscan minutes and megabytes; counting from the lower bound on matches at least as much."""


def gate_of(pattern: str, flags: int) -> Gate:
    """Give the gate of one pattern of the `regex` module, compiled with `flags`.

    The prefilter would drop what must stand before a match; here it is part of the match.
    """
    sharper = _SHARPER.get(pattern, pattern).replace(r"\K", "")
    expression = _LONG_REPEAT.sub(r"{\1,}", _LOOK_BEHIND.sub("(?:", sharper))
    return Gate(expression, caseless=bool(flags & regex.IGNORECASE))


_SAME_IN_BOTH = regex.compile(
    r"""(?x)
    (?: [^\\\[\](){}]                                    # a character, an operator of one character
      | \\ (?:[dDwWsSbBnrtf]|[^\w])                       # an escape
      | \[ \^? (?:[^\\\[\]&|~^-]|-(?!-)|\\(?:[dDwWsSnrtf]|[^\w]))+ \]      # a set without sets in it
      | \( (?!\?|\*) | \(\? (?::|=|!|<=|<!|P<\w+>) | \)    # a group
      | \{ \d{1,2} (?:,\d{0,2})? \}                       # a bounded repeat
    )*+"""
)
"""What PCRE, as far as Hyperscan knows it, and the `regex` module read alike."""


def careful_gate_of(pattern: str, flags: int) -> Gate:
    """Give the gate of a pattern that nobody has read: itself where both engines read it alike, else `ALWAYS`.

    `x{e<=1}` is a fuzzy match to one engine and four characters to the other; a wrong gate would hide matches.
    """
    lines = regex.MULTILINE | regex.DOTALL
    if not pattern.isascii() or flags & lines != lines or not _SAME_IN_BOTH.fullmatch(pattern):
        return ALWAYS
    return gate_of(pattern, flags)
