"""Phone numbers by libphonenumber, asked only where a number can be and only as often as needed.

Presidio asks it once for each of eight regions over the whole text: a millisecond for one short sentence. The spans
are the same here, since
- a number has `SHORTEST_PHONE` digits or more, and no letters but those of "ext." and its like, so it is looked for in
  small windows between two other letters;
- a run of fewer digits than a region's numbers have is none of them, unless a plus or what is dialled before a country
  code makes it a foreign one, and it has the digits of the shortest foreign one;
- once a number spans a whole run, what another region finds there lies inside it, scores the same and is dropped.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from time import monotonic, sleep
from typing import Any, NamedTuple

import phonenumbers
import regex
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata
from presidio_analyzer.predefined_recognizers import PhoneRecognizer

from detectors.text.context import Context
from detectors.text.deadline import Deadline
from detectors.text.gates import PHONE_GATE, PUNCTUATION, SHORTEST_PHONE, Gate
from detectors.text.hits import Hit, without_contained

SHORTEST_INTERNATIONAL = 6
"""Digits of the shortest number with a country code that libphonenumber takes for valid (Austria, Germany, Iran)."""

STINT, REST = 0.0005, 0.00002
"""Seconds of work after which a matcher steps back, and for how long: enough for the system to run another thread."""

_ENOUGH_DIGITS = regex.compile(PHONE_GATE.expression)
_FOREIGN = r"[bcdfghjklmpqruvwyz\n]"
"""Letters that are in none of the words before an extension: extension, ext, xtn, anexo, int."""
_LETTER_ON = regex.compile(_FOREIGN, regex.IGNORECASE)
_LETTER_BACK = regex.compile(_FOREIGN, regex.IGNORECASE | regex.REVERSE)
_RUN = regex.compile(rf"[\d+\uff0b(\uff08\[\uff3b][{PUNCTUATION}\d+\uff0b]*+")
_TO_LAST_DIGIT = regex.compile(r"(?:\D*+\d++)*+")
_ADDED_DIGIT = regex.compile(r"(?<!\\)\d")
"""A digit that is no back-reference, in the rule that rewrites a number without its national prefix."""
_EXTENSION = regex.compile(
    r"[ \t,\u00a0-]*(?:;|e|x|int|an|#|~|\d|[\uff03\uff5e\uff45\uff58\uff49\u0434])", regex.IGNORECASE
)


class PhoneRule:
    """Presidio's `PhoneRecognizer`. A match scores 0.4 and more by its context words."""

    def __init__(self, recognizer: PhoneRecognizer) -> None:
        self.label: str = recognizer.supported_entities[0]
        self.gates: tuple[Gate, ...] = (PHONE_GATE,)
        self._regions = tuple(_region(code) for code in recognizer.supported_regions)
        self._leniency: int = recognizer.leniency or 0
        self._score = recognizer.SCORE
        self._context = Context(recognizer.context)

    def find(self, text: str, parts: Iterable[int], deadline: Deadline) -> list[Hit]:  # noqa: ARG002 - it has one part
        """Search where digits enough are together. Raises `TimeoutError` when the deadline has passed."""
        hits = []
        for start, end in _windows(text):
            spans = self._spans(text[start:end], deadline)
            hits += [Hit(start + first, start + last, self._score) for first, last in spans]
        return self._context.lift(text, without_contained(hits), deadline) if hits else hits

    def _spans(self, window: str, deadline: Deadline) -> set[tuple[int, int]]:
        runs = list(_runs(window, deadline))
        found: set[tuple[int, int]] = set()
        for region in self._regions:
            if any(run.may_be_of(region) for run in _open(runs, found, deadline)):
                matches = _TimedMatcher(window, region.code, self._leniency, deadline)
                found.update((match.start, match.end) for match in matches)
        return found


class _TimedMatcher(phonenumbers.PhoneNumberMatcher):
    """A matcher that looks at the clock before each candidate and each part of one: some 0.1 ms of work.

    Where a candidate begins depends on where the one before it ended, so a long text can't be cut instead. It is
    Python throughout, and would make each search in C that another thread begins wait 5 ms for its answer: so it steps
    back now and then.
    """

    def __init__(self, text: str, region: str, leniency: int, deadline: Deadline) -> None:
        super().__init__(text, region, leniency=leniency)
        self._deadline = deadline
        self._next_rest = monotonic() + STINT

    def _extract_match(self, candidate: str, offset: int) -> Any:
        self._look_at_the_clock()
        return super()._extract_match(candidate, offset)

    def _parse_and_verify(self, candidate: str, offset: int) -> Any:
        self._look_at_the_clock()
        return super()._parse_and_verify(candidate, offset)

    def _look_at_the_clock(self) -> None:
        self._deadline.seconds_left()
        if monotonic() > self._next_rest:
            sleep(REST)
            self._next_rest = monotonic() + STINT


class _Region(NamedTuple):
    """A region that numbers are searched for: its shortest number, and what stands before a country code there."""

    code: str
    shortest: int
    international_prefix: "regex.Pattern[str]"


class _Run(NamedTuple):
    """Digits and what may stand between them: `closed` if what follows can't be an extension of it.

    `year` holds the digits of a short run without anything between them: a year, mostly.
    """

    span: tuple[int, int]
    digits: str
    plus: bool
    closed: bool
    year: str

    def may_be_of(self, region: _Region) -> bool:
        """Say whether the region may have a number in this run, its own or one with a country code."""
        size = len(self.digits)
        if size < region.shortest and (size < SHORTEST_INTERNATIONAL or not self._is_foreign(region)):
            return False
        return not self.year or _is_number(self.year, region.code)

    def _is_foreign(self, region: _Region) -> bool:
        return self.plus or region.international_prefix.search(self.digits) is not None


def _open(runs: Iterable[_Run], found: set[tuple[int, int]], deadline: Deadline) -> Iterator[_Run]:
    """Give the runs in which another region's number would not lie inside one that is found already."""
    for run in runs:
        deadline.seconds_left()
        if not (run.closed and run.span in found):
            yield run


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Give the spans between two letters that no number can hold, these included, with digits enough for a number."""
    position = 0
    while match := _ENOUGH_DIGITS.search(text, position):
        before = _LETTER_BACK.search(text, position, match.start())
        after = _LETTER_ON.search(text, match.end())
        end = after.end() if after else len(text)
        yield before.start() if before else position, end
        position = max(end - 1, match.end())


def _runs(window: str, deadline: Deadline) -> Iterator[_Run]:
    """Give each run that can hold a number, from the first character that can open one to the last digit."""
    for match in _RUN.finditer(window):
        deadline.seconds_left()
        text = _TO_LAST_DIGIT.match(match.group()).group()
        digits = _ascii("".join(filter(str.isdecimal, text)))
        if len(digits) >= SHORTEST_PHONE:
            end = match.start() + len(text)
            short = text.isdecimal() and len(digits) < SHORTEST_INTERNATIONAL
            plus = "+" in text or "\uff0b" in text
            yield _Run((match.start(), end), digits, plus, not _EXTENSION.match(window, end), text if short else "")


def _ascii(digits: str) -> str:
    return digits if digits.isascii() else "".join(str(int(digit)) for digit in digits)


@lru_cache(maxsize=4096)
def _is_number(digits: str, region: str) -> bool:
    """Say whether a few digits are a valid number of the region: remembered, since the same years come again."""
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(digits, region))
    except phonenumbers.NumberParseException:
        return False


def _region(code: str) -> _Region:
    """Read libphonenumber's metadata of a region.

    A number of the region may turn out to be one of another with the same country code, so the shortest of all counts;
    where a digit can be added to what was written, all lengths do.
    """
    metadata: Any = PhoneMetadata.metadata_for_region(code)
    alike: list[Any] = [PhoneMetadata.metadata_for_region(name) for name in _same_country_code(metadata.country_code)]
    lengths = [length for other in alike for length in other.general_desc.possible_length if length > 0]
    adds = _ADDED_DIGIT.search(metadata.national_prefix_transform_rule or "")
    return _Region(code, SHORTEST_PHONE if adds else min(lengths), regex.compile(metadata.international_prefix))


def _same_country_code(country_code: int) -> tuple[str, ...]:
    return tuple(COUNTRY_CODE_TO_REGION_CODE[country_code])
