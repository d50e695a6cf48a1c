"""What is reported of the labels of one file: an object a label, and one more for each group of rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from detectors.evaluation.bootstrap import accuracy_interval, auc_interval
from detectors.evaluation.curves import Scores, Truth
from detectors.evaluation.rows import Row, groups
from detectors.evaluation.scoring import figures
from detectors.evaluation.screening import Scored, Scorer

Report = dict[str, Any]
"""An object of the JSON: figures are numbers, or null where a figure says nothing."""

DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Names:
    """The labels that a scorer knows, and other names that files give them."""

    known_labels: frozenset[str]
    renamed: Mapping[str, str]

    def known(self, row: Row) -> dict[str, bool]:
        """Give a row's labels by the scorer's names; a label's own name goes before its other ones."""
        named = {self.renamed.get(name, name): positive for name, positive in row.labels.items()}
        return {label: positive for label, positive in (named | dict(row.labels)).items() if label in self.known_labels}

    def skipped(self, rows: Sequence[Row]) -> list[str]:
        """Give the names in these rows that lead to no label of the scorer, sorted."""
        names = {name for row in rows for name in row.labels}
        return sorted(name for name in names if self.renamed.get(name, name) not in self.known_labels)


@dataclass(frozen=True, slots=True)
class LabelScores:
    """The rows of a file that say something about one label: where they stand, what is true, what the score is."""

    label: str
    threshold: float
    rows: Sequence[int]
    truth: Truth
    scores: Scores


def label_scores(rows: Sequence[Row], scored: Scored, scorer: Scorer, names: Names) -> Iterator[LabelScores]:
    """Give what can be judged, label by label in the scorer's order. A row that lacks a label is not counted for it."""
    known = [names.known(row) for row in rows]
    for column, label in enumerate(scorer.labels):
        truth = {place: marks[label] for place, marks in enumerate(known) if label in marks}
        if truth:
            places = list(truth)
            scores = scored.scores[places, column]
            yield LabelScores(label, scorer.threshold(label), places, np.array(list(truth.values())), scores)


def label_reports(
    file: str, rows: Sequence[Row], scored: Scored, judged: LabelScores, by: Sequence[str]
) -> Iterator[Report]:
    """Give a label's object for all rows, then those of the groups, which carry `group` with its key and value."""
    yield _report(file, judged, np.arange(len(judged.rows)), scored)
    place_of = {row: place for place, row in enumerate(judged.rows)}
    for key in by:
        for value, members in groups(rows, key).items():
            inside = np.array([place_of[row] for row in members if row in place_of], dtype=np.intp)
            if len(inside):
                yield _report(file, judged, inside, scored) | {"group": {"key": key, "value": value}}


def _report(file: str, judged: LabelScores, inside: np.ndarray[Any, np.dtype[np.intp]], scored: Scored) -> Report:
    truth, scores = judged.truth[inside], judged.scores[inside]
    correct = (scores >= judged.threshold) == truth
    return {
        "file": file,
        "label": judged.label,
        "n": len(truth),
        "positives": int(truth.sum()),
        "threshold": rounded(judged.threshold),
        **{name: rounded(value) for name, value in figures(truth, scores, judged.threshold).items()},
        "interval": {
            "accuracy": rounded_pair(accuracy_interval(correct)),
            "auc": rounded_pair(auc_interval(truth, scores)),
        },
        "seconds": rounded(float(scored.seconds[np.asarray(judged.rows)[inside]].sum())),
    }


def rounded(value: float | None) -> float | None:
    """Round a figure for the report."""
    return None if value is None else round(value, DECIMALS)


def rounded_pair(pair: tuple[float, float] | None) -> list[float] | None:
    """Round an interval for the report."""
    return None if pair is None else [round(value, DECIMALS) for value in pair]
