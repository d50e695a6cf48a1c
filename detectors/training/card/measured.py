"""The figures of every set that was measured: a table for its labels, and one for its spans."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Final

from detectors.training.card.folder import Object
from detectors.training.card.markdown import between, decimal, linked, percent, sourced, table
from detectors.training.licences import MEASURED_ON

NOT_MEASURED: Final = "These weights were not measured yet: `make figures DATA=/path/to/data` does it."

EVALUATE: Final = "airlock detectors evaluate --data DATA --skip DATA/eval/near_copies_of_training_rows.json"
"""What `make figures` runs. The rows that are skipped are all but copies of rows that training saw."""

_LABELS: Final = (
    *("label", "rows", "with it", "from score", "accuracy %", "interval", "of those with it (recall) %"),
    *("of those without %", "precision %", "AUC", "interval", "recall at 1 % false positives, %"),
)
_SPANS: Final = ("entity", "annotated", "found", "precision %", "recall %", "F1 %", "F2 %", "interval of F2")


def measured(figures: Sequence[Object]) -> str:
    """Return a section for each file, in the order of the reports; groups of rows are left out."""
    whole = [report for report in figures if "group" not in report]
    files = dict.fromkeys(report["file"] for report in whole)
    sections = (_section(file, [report for report in whole if report["file"] == file]) for file in files)
    return "\n\n".join(sections) or NOT_MEASURED


def _section(file: str, reports: Sequence[Object]) -> str:
    return "\n\n".join((f"### {file.removesuffix('.jsonl')}", *_about(file), *_tables(file, reports)))


def _about(file: str) -> Iterator[str]:
    if known := MEASURED_ON.get(PurePath(file).stem):
        yield f"{linked(known.title, known.link)}{': ' if known.note else ''}{known.note}."


def _tables(file: str, reports: Sequence[Object]) -> Iterator[str]:
    labels = [_label(report) for report in reports if "label" in report]
    spans = [_span(report) for report in reports if "entity" in report]
    for head, rows in ((_LABELS, labels), (_SPANS, spans)):
        if rows:
            yield sourced(table(head, rows), f"{EVALUATE} {file}")


def _label(report: Object) -> Sequence[str]:
    interval = report["interval"]
    return (
        f"`{report['label']}`",
        f"{report['n']:,}",
        f"{report['positives']:,}",
        decimal(report["threshold"]),
        percent(report["accuracy"]),
        between(interval["accuracy"], 100, 1),
        percent(report["accuracy_positive"]),
        percent(report["accuracy_negative"]),
        percent(report["precision"]),
        decimal(report["auc"]),
        between(interval["auc"]),
        percent(report["recall_at_fpr_1"]),
    )


def _span(report: Object) -> Sequence[str]:
    shares = (percent(report[name]) for name in ("precision", "recall", "f1", "f2"))
    counts = (f"{report['n']:,}", f"{report['found']:,}")
    return (f"`{report['entity']}`", *counts, *shares, between(report["interval"]["f2"], 100, 1))
