"""Phone numbers by libphonenumber, asked only where a number can be and only as often as needed.

Presidio asks it once for each of eight regions over the whole text: a millisecond for one short sentence. The spans
are the same here, since
- a number has `SHORTEST_PHONE` digits or more, and no letters but those of "ext." and its like, so it is looked for in
  small windows between two other letters, and only where a first look at the digits does not rule it out
  (`first_look.py`);
- where it would search in a window, and what it would try of that, is the same for all regions; it is asked for a
  region only if the region's metadata allow one of these as a number (`numbering.py`), and once for the same digits
  with the same beside them (`asking.py`);
- once a number spans a whole candidate, what another region finds there lies inside it, scores the same and is dropped.
"""

from collections.abc import Iterable, Iterator
from time import monotonic, sleep

import regex
from phonenumbers import Leniency
from presidio_analyzer.predefined_recognizers import PhoneRecognizer

from detectors.text.context import Context
from detectors.text.deadline import Deadline
from detectors.text.gates import PHONE_GATE, Gate
from detectors.text.hits import Hit, without_contained
from detectors.text.phones.asking import Asking, Span
from detectors.text.phones.candidates import Candidates
from detectors.text.phones.first_look import CHAIN, FirstLook
from detectors.text.phones.numbering import Numbering

STINT, REST = 0.0005, 0.00002
"""Seconds of work after which a search steps back, and for how long: enough for the system to run another thread."""

_FOREIGN = r"[bcdfghjklmpqruvwyz\n]"
"""Letters that are in none of the words before an extension: extension, ext, xtn, anexo, int."""
_LETTER_ON = regex.compile(_FOREIGN, regex.IGNORECASE)
_LETTER_BACK = regex.compile(_FOREIGN, regex.IGNORECASE | regex.REVERSE)


class PhoneRule:
    """Presidio's `PhoneRecognizer`. A match scores 0.4 and more by its context words."""

    def __init__(self, recognizer: PhoneRecognizer) -> None:
        """Take a recogniser of `Leniency.VALID` or stricter. Raises `ValueError` for another."""
        self.label: str = recognizer.supported_entities[0]
        self.gates: tuple[Gate, ...] = (PHONE_GATE,)
        self._numberings = tuple(Numbering(code) for code in recognizer.supported_regions)
        self._first_look = FirstLook(self._numberings)
        self._leniency = recognizer.leniency or Leniency.POSSIBLE
        if self._leniency < Leniency.VALID:
            raise ValueError("Numbers that need not be valid can be anything: nothing would be left out.")
        self._score = recognizer.SCORE
        self._context = Context(recognizer.context)

    def find(self, text: str, parts: Iterable[int], deadline: Deadline) -> list[Hit]:  # noqa: ARG002 - it has one part
        """Search where digits enough are together. Raises `TimeoutError` when the deadline has passed."""
        clock = _Clock(deadline)
        asking = Asking(self._numberings, self._first_look, self._leniency, clock.look)
        hits = []
        for start, end in self._windows(text, clock):
            spans = self._spans(text[start:end], asking)
            hits += [Hit(start + first, start + last, self._score) for first, last in spans]
        return self._context.lift(text, without_contained(hits), deadline) if hits else hits

    def _windows(self, text: str, clock: "_Clock") -> Iterator[Span]:
        """Give the spans between two letters that no number can hold, these included, where there may be one."""
        position = 0
        for chain in CHAIN.finditer(text):
            if chain.start() < position:
                continue
            clock.look()
            if self._first_look.may_hold(text, chain.start(), chain.end()):
                before = _LETTER_BACK.search(text, position, chain.start())
                after = _LETTER_ON.search(text, chain.end())
                end = after.end() if after else len(text)
                yield before.start() if before else position, end
                position = end - 1

    def _spans(self, window: str, asking: Asking) -> set[Span]:
        candidates = Candidates(window, asking.regions_of)
        found: set[Span] = set()
        for numbering in self._numberings:
            if numbering.code in candidates.regions:
                found.update(_numbers(candidates, numbering.code, asking, frozenset(found)))
        return found


class _Clock:
    """Keeps a search in Python to its time, and from making others wait.

    Each search in C that another thread begins would wait 5 ms for its answer: so this one steps back now and then.
    """

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._next_rest = monotonic() + STINT

    def look(self) -> None:
        """Raise `TimeoutError` when the deadline has passed."""
        self._deadline.seconds_left()
        if monotonic() > self._next_rest:
            sleep(REST)
            self._next_rest = monotonic() + STINT


def _numbers(candidates: Candidates, region: str, asking: Asking, whole: frozenset[Span]) -> Iterator[Span]:
    """Give the numbers of a region, those left out that lie in a candidate which is a number as a `whole`."""
    index = 0
    while candidate := candidates.after(index):
        start, index = candidate.start, candidate.end
        is_known = candidate.closed and (start, index) in whole
        if not is_known and region in candidate.regions and (span := asking.number_in(candidate.written, region)):
            index = start + span[1]
            yield start + span[0], index
