"""The candidates for a phone number in a piece of text: the same for all regions, so they are worked out once.

`phonenumbers.PhoneNumberMatcher` looks for runs of digits, tries each whole, then its parts. What it tries doesn't
depend on the region, as long as nothing is found.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import regex
from phonenumbers.phonenumbermatcher import _PATTERN
from phonenumbers.phonenumberutil import _SECOND_NUMBER_START_PATTERN

from detectors.text.phones.first_look import BEHIND

_EXTENSION = regex.compile(
    r"[ \t,\u00a0-]*(?:;|e|x|int|an|#|~|\d|[\uff03\uff5e\uff45\uff58\uff49\u0434])", regex.IGNORECASE
)


class Written(NamedTuple):
    """A run of digits that the matcher tries, with all beside it that it looks at."""

    before: str
    text: str
    behind: str


class Candidate(NamedTuple):
    """A run of digits at its place.

    `closed` says that what follows can't be an extension of it, so that no number reaches beyond. `regions` are those
    in which there may be a valid number in it.
    """

    start: int
    written: Written
    closed: bool
    regions: frozenset[str]

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""
        return self.start + len(self.written.text)


class Candidates:
    """The candidates in a text. `regions_of` says in which regions what is written may hold a number."""

    def __init__(self, text: str, regions_of: Callable[[Written], frozenset[str]]) -> None:
        self._text = text
        self._regions_of = regions_of
        self._known: dict[int, Candidate | None] = {}
        self.regions = frozenset[str]().union(*(candidate.regions for candidate in self._all()))
        """All in which there is anything to try."""

    def after(self, index: int) -> Candidate | None:
        """Give the first candidate from an index on, None if there is no more."""
        if index not in self._known:
            self._known[index] = self._search(index)
        return self._known[index]

    def _all(self) -> Iterator[Candidate]:
        """Give the candidates that are tried while nothing is found."""
        index = 0
        while candidate := self.after(index):
            yield candidate
            index = candidate.end

    def _search(self, index: int) -> Candidate | None:
        match = _PATTERN.search(self._text, index)
        if match is None:
            return None
        start, text = match.start(), match.group()
        second = _SECOND_NUMBER_START_PATTERN.search(text)
        text = text[: second.start()] if second else text
        end = start + len(text)
        written = Written(self._text[max(0, start - 1) : start], text, self._text[end : end + BEHIND])
        return Candidate(start, written, not _EXTENSION.match(self._text, end), self._regions_of(written))
