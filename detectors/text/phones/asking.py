"""Asks libphonenumber about candidates, each once in a call: a table may have the same number in all its rows.

What it says depends on the candidate, one character before and three behind it, and the region. It is remembered only
as long as one text is searched, since the answers are about somebody's numbers.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

import phonenumbers

from detectors.text.gates import SHORTEST_PHONE
from detectors.text.phones.candidates import Written
from detectors.text.phones.first_look import FirstLook
from detectors.text.phones.numbering import Numbering, plain_digits

MOST: Final = 1_000
"""Answers of each kind that are remembered at the same time."""

T = TypeVar("T")
K = TypeVar("K")

Span = tuple[int, int]


class Asking:
    """One call's questions. `tick` is called before each piece of work of some 0.1 ms, and may raise."""

    def __init__(
        self, numberings: Sequence[Numbering], first_look: FirstLook, leniency: int, tick: Callable[[], None]
    ) -> None:
        self._numberings = numberings
        self._first_look = first_look
        self._leniency = leniency
        self._tick = tick
        self._regions: dict[Written, frozenset[str]] = {}
        self._spans: dict[tuple[str, Written], Span | None] = {}

    def regions_of(self, written: Written) -> frozenset[str]:
        """Give the regions in which there may be a valid number in a candidate. That others have none is certain."""
        self._tick()
        return _remembered(self._regions, written, lambda: frozenset(self._look(written)))

    def number_in(self, written: Written, region: str) -> Span | None:
        """Give where a candidate has its first number of a region, from the candidate's start on."""
        return _remembered(self._spans, (region, written), lambda: self._ask(written, region))

    def _look(self, written: Written) -> list[str]:
        if not self._first_look.may_be(written.text, written.behind):
            return []
        tried = _Recorder(written, self._leniency).tried()
        return [one.code for one in self._numberings if any(digits is None or one.may_be(digits) for digits in tried)]

    def _ask(self, written: Written, region: str) -> Span | None:
        match = _Matcher(written, region, self._leniency, self._tick).first()
        offset = len(written.before)
        return (match.start - offset, match.end - offset) if match else None


def _remembered(known: dict[K, T], key: K, work_out: Callable[[], T]) -> T:
    if key in known:
        return known[key]
    answer = work_out()
    if len(known) < MOST:
        known[key] = answer
    return answer


class _Matcher(phonenumbers.PhoneNumberMatcher):
    """The matcher of one region, shown one candidate and what is beside it."""

    def __init__(self, written: Written, region: str | None, leniency: int, tick: Callable[[], None]) -> None:
        super().__init__("".join(written), region, leniency=leniency)
        self._written = written
        self._tick = tick

    def first(self) -> Any:
        """Give the first number in the candidate, None if there is none."""
        return self._extract_match(self._written.text, len(self._written.before))

    def _parse_and_verify(self, candidate: str, offset: int) -> Any:
        self._tick()
        return super()._parse_and_verify(candidate, offset)


class _Recorder(_Matcher):
    """A matcher that finds nothing, and so tries everything."""

    def __init__(self, written: Written, leniency: int) -> None:
        super().__init__(written, None, leniency, lambda: None)
        self._tried: set[str | None] = set()

    def tried(self) -> set[str | None]:
        """Give the digits of all that is tried of the candidate, None for what has more than digits."""
        self.first()
        return self._tried

    def _parse_and_verify(self, candidate: str, offset: int) -> Any:  # noqa: ARG002 - as the matcher calls it
        self._max_tries += 1  # they are counted down, and there is no end to trying here
        digits = plain_digits(candidate)
        if digits is None or len(digits) >= SHORTEST_PHONE:
            self._tried.add(digits)
