"""Run the detectors over many rows: in batches of like length, each row timed by its share of its batch."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from detectors.evaluation.errors import NotScreened
from detectors.evaluation.spans import Span
from detectors.finding import Finding, Passage, Screening, Status
from detectors.suite import TOO_LONG, Limits, Suite

BATCH_ROWS: Final = 64
BATCH_CHARS: Final = 32_000

PATIENT: Final = Limits(inline_chars=0, least_seconds=300.0, seconds=600.0)
"""Limits of a suite that is measured: figures are about what is found, not about what a busy machine had time for."""

Advance = Callable[[int], None]
"""Is told how many more rows are done."""


class Scorer(Protocol):
    """Gives texts their labels' scores: the encoder."""

    @property
    def version(self) -> str:
        """Name the model, by its digest."""
        ...

    @property
    def labels(self) -> Sequence[str]:
        """The labels, in the order of the scores."""
        ...

    def threshold(self, label: str) -> float:
        """Give the score from which a label counts as found."""
        ...

    def scores(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Give calibrated scores, 0 to 1, as [texts, labels]; that of a long text is the highest of its windows."""
        ...


class Stretch(Protocol):
    """A stretch of a text with the label that masking would use."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102
    @property
    def label(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores as [rows, labels], and the seconds that each row took."""

    scores: NDArray[np.float64]
    seconds: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Marked:
    """The spans that were found in each row, by label, and the seconds that each row took."""

    spans: Sequence[Sequence[Span]]
    seconds: NDArray[np.float64]


def score(scorer: Scorer, texts: Sequence[str], advance: Advance) -> Scored:
    """Score all texts.

    Raises:
        NotScreened: some score is no number.
    """
    scores, seconds = np.zeros((len(texts), len(scorer.labels))), np.zeros(len(texts))
    for batch in batches(texts):
        before = perf_counter()
        scores[batch] = scorer.scores([texts[position] for position in batch])
        seconds[batch] = (perf_counter() - before) / len(batch)
        advance(len(batch))
    if not np.isfinite(scores).all():
        raise NotScreened("the encoder gave scores that are no numbers")
    return Scored(scores, seconds)


def mark(
    suite: Suite,
    texts: Sequence[str],
    counts: Callable[[Finding], bool],
    resolve: Callable[[Iterable[Finding]], Iterable[Stretch]],
    advance: Advance,
) -> Marked:
    """Find spans in all texts: of the findings that count, overlapping ones resolved as masking does it.

    Raises:
        NotScreened: a detector was unavailable for some text, or a text is longer than the suite admits.
    """
    spans: list[Sequence[Span]] = [()] * len(texts)
    seconds = np.zeros(len(texts))
    with asyncio.Runner() as runner:
        for batch in batches(texts):
            before = perf_counter()
            passages = [Passage(str(position), texts[position]) for position in batch]
            found = _by_slot(runner.run(suite.screen(passages)), counts)
            seconds[batch] = (perf_counter() - before) / len(batch)
            for position in batch:
                stretches = resolve(found.get(str(position), ()))
                spans[position] = [(stretch.start, stretch.end, stretch.label) for stretch in stretches]
            advance(len(batch))
    return Marked(spans, seconds)


def batches(texts: Sequence[str]) -> Iterator[list[int]]:
    """Give the positions of all texts in batches, the shortest texts first, so that little is padded."""
    batch: list[int] = []
    for position in sorted(range(len(texts)), key=lambda place: len(texts[place])):
        if batch and (len(batch) == BATCH_ROWS or (len(batch) + 1) * len(texts[position]) > BATCH_CHARS):
            yield batch
            batch = []
        batch.append(position)
    if batch:
        yield batch


def _by_slot(screening: Screening, counts: Callable[[Finding], bool]) -> dict[str, list[Finding]]:
    for report in screening.coverage.reports:
        if report.status is not Status.OK:
            raise NotScreened(f"the detector {report.detector} was unavailable ({report.reason})")
    if any(part.reason == TOO_LONG for part in screening.coverage.unscanned):
        raise NotScreened("a text is too long to be screened")
    found: dict[str, list[Finding]] = {}
    for finding in screening.findings:
        if counts(finding):
            found.setdefault(finding.slot, []).append(finding)
    return found
