"""Measure detectors on one file: its labels by the encoder's scores, its spans by what the suite finds."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from detectors.evaluation.kinds import Kinds
from detectors.evaluation.label_report import LabelScores, Names, Report, label_reports, label_scores
from detectors.evaluation.rows import Row
from detectors.evaluation.screening import Advance, Scorer, Stretch, mark, score
from detectors.evaluation.span_report import count_spans, span_reports
from detectors.finding import Finding
from detectors.suite import Suite


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is reported and how names are read.

    `by` are the keys of groups, such as `meta.target`; `labels` and `types` say which name in a file counts as which;
    `only_carried` is as in `count_spans`.
    """

    by: Sequence[str] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    only_carried: bool = False


@dataclass(frozen=True, slots=True)
class Subjects:
    """What is measured: a scorer of labels, if there is one, and the suite that finds spans.

    `counts` says whether a finding's score is high enough, `resolve` makes disjoint stretches of those in one text.
    """

    scorer: Scorer | None
    suite: Suite
    counts: Callable[[Finding], bool]
    resolve: Callable[[Iterable[Finding]], Iterable[Stretch]]


@dataclass(frozen=True, slots=True)
class Measured:
    """One file's reports, what the pictures are made of, and the names of labels and types that nobody knows."""

    reports: Sequence[Report]
    curves: Sequence[LabelScores]
    skipped: Sequence[str]


class Measuring:
    """Measures one file after the other with the same detectors."""

    def __init__(self, subjects: Subjects, wishes: Wishes) -> None:
        self._subjects, self._wishes = subjects, wishes
        self._kinds = Kinds(subjects.suite.labels, wishes.types)
        self._names = Names(frozenset(subjects.scorer.labels if subjects.scorer else ()), wishes.labels)

    def work(self, rows: Sequence[Row]) -> int:
        """Say how many steps these rows are: one for each row with a known label, one for each with spans."""
        return len(self._labelled(rows)) + len(_with_spans(rows))

    def measure(self, file: str, rows: Sequence[Row], advance: Advance) -> Measured:
        """Measure; `file` is the name that reports carry.

        Raises:
            NotScreened: a detector did not do its work on some row.
        """
        labels, curves = self._measure_labels(file, rows, advance)
        spans, types = self._measure_spans(file, rows, advance)
        return Measured([*labels, *spans], curves, [*self._names.skipped(rows), *types])

    def _measure_labels(
        self, file: str, rows: Sequence[Row], advance: Advance
    ) -> tuple[Iterator[Report], list[LabelScores]]:
        scorer, labelled = self._subjects.scorer, self._labelled(rows)
        if scorer is None or not labelled:
            return iter(()), []
        scored = score(scorer, [row.text for row in labelled], advance)
        curves = list(label_scores(labelled, scored, scorer, self._names))
        each = (label_reports(file, labelled, scored, judged, self._wishes.by) for judged in curves)
        return ({**report, "model": scorer.version} for report in chain.from_iterable(each)), curves

    def _measure_spans(
        self, file: str, rows: Sequence[Row], advance: Advance
    ) -> tuple[Iterator[Report], tuple[str, ...]]:
        marked_rows, subjects = _with_spans(rows), self._subjects
        if not marked_rows:
            return iter(()), ()
        marked = mark(subjects.suite, [row.text for row in marked_rows], self._counts, subjects.resolve, advance)
        counted = count_spans(marked_rows, marked, self._kinds, only_carried=self._wishes.only_carried)
        model = " ".join(f"{detector.name}:{detector.version}" for detector in subjects.suite.detectors)
        return ({**report, "model": model} for report in span_reports(file, counted, self._wishes.by)), counted.skipped

    def _counts(self, finding: Finding) -> bool:
        if finding.is_judgement:  # `age`, what a bias is about, is none of the values that are an `AGE`
            return False
        return self._kinds.of(finding.label) is not None and self._subjects.counts(finding)

    def _labelled(self, rows: Sequence[Row]) -> list[Row]:
        return [row for row in rows if self._names.known(row)]


def _with_spans(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row.spans is not None]
