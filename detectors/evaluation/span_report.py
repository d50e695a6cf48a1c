"""What is reported of the spans of one file: an object a type, `ALL` types together, and `ANY`, word by word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from detectors.evaluation.bootstrap import interval, weights
from detectors.evaluation.kinds import NEITHER, Kinds
from detectors.evaluation.label_report import Report, rounded, rounded_pair
from detectors.evaluation.rows import Row, groups
from detectors.evaluation.scoring import f_score, ratio
from detectors.evaluation.screening import Marked
from detectors.evaluation.spans import Span, matches
from detectors.evaluation.words import touched, words

ALL: Final = "ALL"
ANY: Final = "ANY"

Counts = NDArray[np.float64]
"""As [rows, 3]: how many spans (or words) match, were found, and are annotated."""


@dataclass(frozen=True, slots=True)
class SpanCounts:
    """What was counted in the rows of a file that have spans, under each name that is reported."""

    rows: Sequence[Row]
    seconds: NDArray[np.float64]
    counts: dict[str, Counts]
    skipped: tuple[str, ...]


def count_spans(rows: Sequence[Row], marked: Marked, kinds: Kinds, *, only_carried: bool = False) -> SpanCounts:
    """Compare found spans with annotated ones; `rows` must all have spans.

    Judged are the types that the file carries anywhere: a file says nothing about others, so findings of others are
    no faults among the types or in `ALL`. In `ANY` every annotated word counts, those of types included that no
    detector at hand finds, and every word in which any personal data was found; with `only_carried`, types that the
    file does not carry are left out there as well. `skipped` are the types that no detector at hand finds.
    """
    types = sorted({name for row in rows for _, _, name in row.spans or ()})
    names = kinds.names(types)
    counts = {name: np.zeros((len(rows), 3)) for name in (*names.values(), ALL, ANY)}
    for place, row in enumerate(rows):
        found = _of_kinds(marked.spans[place], kinds)
        wanted = _of_kinds(row.spans or (), kinds)
        for kind, name in names.items():
            counts[name][place] = _matching(wanted, found, kind)
        counts[ALL][place] = sum(counts[name][place] for name in names.values())
        shown = [span for span in found if not only_carried or span[2] in names]
        counts[ANY][place] = _in_words(row, wanted, shown)
    return SpanCounts(rows, marked.seconds, counts, tuple(name for name in types if kinds.of(name) is None))


def span_reports(file: str, counted: SpanCounts, by: Sequence[str]) -> Iterator[Report]:
    """Give the objects for all rows, then those of the groups, which carry `group` with its key and value."""
    everywhere = list(range(len(counted.rows)))
    for name, counts in counted.counts.items():
        yield _report(file, name, counts, counted.seconds, everywhere)
    for key in by:
        for value, members in groups(counted.rows, key).items():
            for name, counts in counted.counts.items():
                report = _report(file, name, counts, counted.seconds, members)
                yield report | {"group": {"key": key, "value": value}}


def _of_kinds(spans: Sequence[Span], kinds: Kinds) -> list[Span]:
    """Give spans their kind; one of no kind keeps an empty one: it matches nothing, but its words count."""
    return [(start, end, kinds.of(name) or "") for start, end, name in spans]


def _matching(wanted: Sequence[Span], found: Sequence[Span], kind: str) -> tuple[int, int, int]:
    wanted = [span for span in wanted if span[2] == kind]
    found = [span for span in found if span[2] == kind]
    return len(matches(wanted, found)), len(found), len(wanted)


def _in_words(row: Row, wanted: Sequence[Span], found: Sequence[Span]) -> tuple[int, int, int]:
    all_words = words(row.text)
    neither = touched(all_words, [span for span in wanted if span[2] == NEITHER])
    personal = touched(all_words, wanted) - neither
    noticed = touched(all_words, [span for span in found if span[2] not in {"", NEITHER}]) - neither
    return len(personal & noticed), len(noticed), len(personal)


def _report(file: str, name: str, counts: Counts, seconds: NDArray[np.float64], members: Sequence[int]) -> Report:
    inside = counts[members]
    true, found, wanted = (int(total) for total in inside.sum(axis=0))
    return {
        "file": file,
        "entity": name,
        "rows": len(members),
        "n": wanted,
        "found": found,
        "precision": rounded(ratio(true, found)),
        "recall": rounded(ratio(true, wanted)),
        "f1": rounded(f_score(true, found, wanted) if wanted else None),
        "f2": rounded(f_score(true, found, wanted, beta=2) if wanted else None),
        "interval": _intervals(inside),
        "seconds": rounded(float(seconds[members].sum())),
    }


def _intervals(counts: Counts) -> dict[str, Any]:
    """Draw rows, not spans: those in one text stand or fall together."""
    true, found, wanted = np.concatenate([held @ counts for held in weights(len(counts))]).T
    return {
        "precision": _interval_of(true, found),
        "recall": _interval_of(true, wanted),
        "f2": _interval_of(5 * true, np.where(wanted > 0, found + 4 * wanted, 0)),
    }


def _interval_of(part: NDArray[np.float64], whole: NDArray[np.float64]) -> list[float] | None:
    there = whole > 0
    return rounded_pair(interval(part[there] / whole[there]))
