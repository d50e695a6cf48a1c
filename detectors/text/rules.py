"""One recogniser as the detector runs it: its gates, and the search behind them."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from presidio_analyzer import EntityRecognizer, Pattern, PatternRecognizer, RecognizerResult

from detectors.text.context import RISE, Context
from detectors.text.deadline import Deadline
from detectors.text.gates import Gate, gate_of
from detectors.text.hits import Hit, without_contained
from detectors.text.scan_choice import scan_of
from detectors.text.scans import Mark, Scan


class Rule(Protocol):
    """One recogniser. `gates` has one gate for each of its parts; a part whose gate didn't fire finds nothing."""

    @property
    def label(self) -> str:
        """The label of all that it finds."""
        ...

    @property
    def gates(self) -> tuple[Gate, ...]:
        """What must match for the parts to be worth running, in their order."""
        ...

    def find(self, text: str, parts: Iterable[int], deadline: Deadline) -> list[Hit]:
        """Run the named parts over a text.

        Raises:
            TimeoutError: `deadline` has passed.
        """
        ...


class PatternRule:
    """A Presidio `PatternRecognizer` that searches by its patterns alone.

    It finds what the recogniser's own `analyze` finds. It is quicker, since it runs single patterns and writes no
    explanations, and it fails closed: a pattern that takes too long raises, where Presidio skips it.
    """

    def __init__(
        self,
        recognizer: PatternRecognizer,
        scan: Callable[[str, int], Scan] = scan_of,
        gate: Callable[[str, int], Gate] = gate_of,
    ) -> None:
        patterns, flags = patterns_of(recognizer), flags_of(recognizer)
        self.label: str = recognizer.supported_entities[0]
        self.gates = tuple(gate(pattern.regex, flags) for pattern in patterns)
        self._parts = [(scan(pattern.regex, flags), float(pattern.score)) for pattern in patterns]
        self._context = context_of(recognizer)
        self._validate = _overridden(recognizer, "validate_result")
        self._invalidate = _overridden(recognizer, "invalidate_result")

    def find(self, text: str, parts: Iterable[int], deadline: Deadline) -> list[Hit]:
        """Run the named patterns over a text. Raises `TimeoutError` when the deadline has passed."""
        hits = []
        for index in parts:
            scan, stated = self._parts[index]
            for start, end in scan.spans(text, deadline):
                score = self._score(text[start:end], stated)
                if score > 0:
                    hits.append(Hit(start, end, score))
        if len(hits) > 1:
            hits = without_contained(hits)
        return self._context.lift(text, hits, deadline) if hits and self._context else hits

    def _score(self, found: str, score: float) -> float:
        if self._validate and (valid := self._validate(found)) is not None:
            score = 1.0 if valid else 0.0
        return 0.0 if self._invalidate and self._invalidate(found) else score


class AnalyzeRule:
    """A recogniser with a search of its own, run through its own `analyze` when any of its gates fires.

    It is shown the windows around `mark`, one by one, or without a mark the whole text.
    """

    def __init__(self, recognizer: PatternRecognizer, gates: Sequence[Gate], mark: Mark | None = None) -> None:
        self.label: str = recognizer.supported_entities[0]
        self.gates = tuple(gates)
        self._mark = mark
        self._analyze: Callable[[str, list[str]], list[RecognizerResult]] = recognizer.analyze
        self._context = context_of(recognizer)

    def find(self, text: str, parts: Iterable[int], deadline: Deadline) -> list[Hit]:  # noqa: ARG002 - all or nothing
        """Run the recogniser over a text. Raises `TimeoutError` when the deadline has passed already."""
        hits = []
        for start, end in self._mark.windows(text) if self._mark else [(0, len(text))]:
            deadline.seconds_left()
            hits += [
                Hit(start + found.start, start + found.end, found.score)
                for found in self._analyze(text[start:end], [self.label])
            ]
        hits = without_contained(hits)
        return self._context.lift(text, hits, deadline) if hits and self._context else hits


def patterns_of(recognizer: PatternRecognizer) -> list[Pattern]:
    """Give a recogniser's patterns, with the type that mypy can't work out through Presidio's import cycle."""
    return list(recognizer.patterns)  # type: ignore[has-type]


def flags_of(recognizer: PatternRecognizer) -> int:
    """Give the `regex` flags of a recogniser's patterns."""
    return recognizer.global_regex_flags or 0


def context_of(recognizer: EntityRecognizer) -> Context | None:
    """Give a recogniser's context words, None for one without. One may have a `rise` of its own."""
    return Context(recognizer.context, getattr(recognizer, "rise", RISE)) if recognizer.context else None


def _overridden(recognizer: PatternRecognizer, method: str) -> Callable[[str], bool | None] | None:
    """Give a recogniser's own check, or None where it has only the base class's, which says nothing."""
    own = getattr(type(recognizer), method) is not getattr(PatternRecognizer, method)
    check: Callable[[str], bool | None] = getattr(recognizer, method)
    return check if own else None
