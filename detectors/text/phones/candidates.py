"""The candidates for a phone number in a piece of text: the same for all regions, so they are worked out once.

`phonenumbers.PhoneNumberMatcher` looks for runs of digits, tries each whole, then its parts. What it tries doesn't
depend on the region, as long as nothing is found.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import phonenumbers
import regex
from phonenumbers.phonenumbermatcher import _PATTERN
from phonenumbers.phonenumberutil import _SECOND_NUMBER_START_PATTERN

from detectors.text.gates import SHORTEST_PHONE
from detectors.text.phones.numbering import Numbering, plain_digits

_EXTENSION = regex.compile(
    r"[ \t,\u00a0-]*(?:;|e|x|int|an|#|~|\d|[\uff03\uff5e\uff45\uff58\uff49\u0434])", regex.IGNORECASE
)


class Candidate(NamedTuple):
    """A run of digits that the matcher tries.

    `readings` are the digits of all that it tries of it, None for what has more than digits. `closed` says that what
    follows can't be an extension of it, so that no number reaches beyond.
    """

    start: int
    text: str
    readings: frozenset[str | None]
    closed: bool

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""
        return self.start + len(self.text)

    def may_hold(self, numbering: Numbering) -> bool:
        """Say whether a number that is valid there may be in it. False is certain."""
        return any(digits is None or numbering.may_be(digits) for digits in self.readings)


class Candidates:
    """The candidates in a text. `tick` is called before each piece of work of some 0.1 ms, and may raise."""

    def __init__(self, text: str, leniency: int, tick: Callable[[], None]) -> None:
        self._text = text
        self._tick = tick
        self._recorder = _Recorder(text, leniency)
        self._known: dict[int, Candidate | None] = {}
        self._readings = frozenset[str | None]().union(*(candidate.readings for candidate in self._all()))

    def may_hold(self, numbering: Numbering) -> bool:
        """Say whether there is anything to try for a region at all. False is certain."""
        return any(digits is None or numbering.may_be(digits) for digits in self._readings)

    def after(self, index: int) -> Candidate | None:
        """Give the first candidate from an index on, None if there is no more."""
        if index not in self._known:
            self._tick()
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
        closed = not _EXTENSION.match(self._text, start + len(text))
        return Candidate(start, text, self._recorder.readings(text, start), closed)


class _Recorder(phonenumbers.PhoneNumberMatcher):
    """A matcher that finds nothing, and so tries everything."""

    def __init__(self, text: str, leniency: int) -> None:
        super().__init__(text, None, leniency=leniency)
        self._tried: set[str | None] = set()

    def readings(self, candidate: str, offset: int) -> frozenset[str | None]:
        """Give the digits of all that is tried of a candidate."""
        self._tried = set()
        self._extract_match(candidate, offset)
        return frozenset(self._tried)

    def _parse_and_verify(self, candidate: str, offset: int) -> Any:  # noqa: ARG002 - as the matcher calls it
        self._max_tries += 1  # they are counted down, and there is no end to trying here
        digits = plain_digits(candidate)
        if digits is None or len(digits) >= SHORTEST_PHONE:
            self._tried.add(digits)
