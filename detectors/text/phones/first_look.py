"""The first look at digits, for all regions at once: most in a log or a table are seen to be no number in any of them.

A number lies in one chain: digits with so few marks between them that libphonenumber could take them for one. What it
would try of a chain is worked out here in a few steps; where it may try anything else, the look says "may be".
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from re import _parser  # type: ignore[attr-defined] # knows how long a match can be
from typing import Final

import regex
from phonenumbers.phonenumbermatcher import _SLASH_SEPARATED_DATES, _TIME_STAMPS, _TIME_STAMPS_SUFFIX
from phonenumbers.phonenumberutil import _EXTN_PATTERNS_FOR_MATCHING, _REGEX_FLAGS

from detectors.text.gates import PUNCTUATION, SHORTEST_PHONE
from detectors.text.phones.numbering import Form, Numbering, plain_digits

CHAIN: Final = regex.compile(rf"\d(?:[{PUNCTUATION}X]{{0,4}}\d){{{SHORTEST_PHONE - 1},}}+")
"""Digits enough for a number: all of a number lies in one, but for a plus before it and an extension behind it."""

BEHIND: Final = 3
"""Code points behind a candidate that the matcher looks at, to tell a time."""

_LONGEST = 20
"""Digits of a chain that the matcher is sure to take whole."""

_PLUS = regex.compile("[+\uff0b]")
_PLUS_REACH = 10
"""Code points before the first digit in which the matcher takes a plus for the number's."""
_EXTENSION = re.compile(f"#|(?:{_EXTN_PATTERNS_FOR_MATCHING})", _REGEX_FLAGS)
_IS_EXTENSION = regex.compile(
    r"(?:;ext=|(?:xt(?:ensi(?:o\u0301?|\u00f3))?n?|\uff58\uff54\uff4e?|\u0434\u043e\u0431|anexo|int|\uff49\uff4e\uff54"
    r"|[x\uff58#\uff03~\uff5e])[:.\uff0e]?[ \u00a0\t,-]*)",
    regex.IGNORECASE | regex.REVERSE,
)
"""What stands before the digits of an extension: the matcher gives some of them to the digits before it."""

_CUTS = re.compile(r"/|\s-|-\s|[\u2012-\u2015\uff0d]")
"""Where the matcher tries what is before and all that is behind; at brackets, dots and blanks it tries the pieces."""
_ASCII_MARKS = str.maketrans("", "", "-/ ().[]")


class FirstLook:
    """Says whether there may be a number that is valid in one of the regions."""

    def __init__(self, numberings: Iterable[Numbering]) -> None:
        forms = dict.fromkeys(form for numbering in numberings for form in numbering.forms())
        self._by_length = [_compiled(forms, count) for count in range(_LONGEST + 1)]

    def may_hold(self, text: str, start: int, end: int) -> bool:
        """Say whether a number may be in, or begin in, the chain between these two places. False is certain."""
        return (
            self.may_be(text[start:end], text[end : end + BEHIND])
            or _PLUS.search(text, max(0, start - _PLUS_REACH), start) is not None
            or _EXTENSION.match(text, end) is not None
            or _IS_EXTENSION.match(text, 0, start) is not None
        )

    def may_be(self, candidate: str, behind: str) -> bool:
        """Say whether a number may be in what the matcher tries, before what is `behind`. False is certain."""
        digits = _plain(candidate)
        if digits is None or len(digits) > _LONGEST:
            return True
        if len(digits) == len(candidate):
            return self._is_one(digits)
        return any(self._is_one(tried) for tried in _tried(candidate, digits, behind))

    def _is_one(self, digits: str) -> bool:
        return any(form.match(digits) for form in self._by_length[len(digits)])


def _plain(written: str) -> str | None:
    digits = written.translate(_ASCII_MARKS) if written.isascii() else ""
    return digits if digits.isdecimal() else plain_digits(written)


def _tried(candidate: str, digits: str, behind: str) -> Iterator[str]:
    """Give the digits of all that the matcher may try of a candidate: itself, then parts."""
    if _SLASH_SEPARATED_DATES.search(candidate) or (
        _TIME_STAMPS.search(candidate) and _TIME_STAMPS_SUFFIX.match(behind)
    ):
        return
    yield digits
    for part in _parts(candidate):
        if len(part) >= SHORTEST_PHONE:
            yield _plain(part) or ""


def _parts(candidate: str) -> Iterator[str]:
    for cut in _CUTS.finditer(candidate):
        yield candidate[: cut.start()]
        yield candidate[cut.end() :]
    for pieces in (candidate.split("("), candidate.split("."), candidate.split()):
        if len(pieces) > 1:
            yield from pieces


def _compiled(forms: Iterable[Form], count: int) -> tuple["re.Pattern[str]", ...]:
    """Give expressions for so many digits."""
    together: list[str] = []
    apart: list[str] = []
    for form in forms:
        numbers = [one for one in form.numbers if count in _lengths(form.before, one)]
        if numbers:
            whole = rf"{form.before}(?:{'|'.join(numbers)})\Z"
            expression = rf"(?={whole})(?:{form.condition})" if form.condition else whole
            (apart if form.apart else together).append(expression)
    return tuple(re.compile(one, re.ASCII) for one in ("|".join(together), *apart) if one)


@cache
def _lengths(before: str, number: str) -> range:
    """Give how many digits may be in what matches these expressions one after the other."""
    widths = [_parser.parse(expression).getwidth() for expression in (before, number)]
    return range(sum(fewest for fewest, _ in widths), min(sum(most for _, most in widths), _LONGEST) + 1)
