"""What `airlock detectors` says to people. Legible at 80 columns; all shares are in per cent."""

from collections.abc import Callable, Mapping, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from detectors.evaluation.label_report import Report
from detectors.evaluation.measuring import Measured, Subjects
from detectors.evaluation.subjects import PATTERNS
from detectors.text.patterns import PPM

_UNKNOWN = "-"
_OF_LABELS = {
    "acc": "accuracy",
    "pos": "accuracy_positive",
    "neg": "accuracy_negative",
    "prec": "precision",
    "F1": "f1",
    "mF1": "macro_f1",
    "AUC": "auc",
    "R@1%": "recall_at_fpr_1",
}
_OF_SPANS = {"precision": "precision", "recall": "recall", "F1": "f1", "F2": "f2"}

SHOWN = frozenset((*_OF_LABELS.values(), *_OF_SPANS.values()))
"""Members of reports that are figures of quality."""


def figures(measured: Mapping[str, Measured]) -> None:
    """Print one table for the labels of each file, one for its spans, and what could not be judged."""
    console = Console(highlight=False)
    for file, one in measured.items():
        _print(console, file, _label_table([report for report in one.reports if "label" in report]))
        _print(console, file, _span_table([report for report in one.reports if "entity" in report]))
        if not one.reports:
            console.print(f"{escape(file)}: nothing that these detectors know.")
        if one.skipped:
            console.print(f"[dim]Not judged, since no detector knows them: {escape(', '.join(one.skipped))}[/]\n")


def labels(subjects: Subjects, pattern_threshold: Callable[[str], int]) -> None:
    """Print the labels by detector, with the score from which each counts."""
    table = Table("Label", "Detector", "From score", box=None, pad_edge=False)
    for detector in subjects.suite.detectors:
        scorer = None if detector.name == PATTERNS else subjects.scorer
        for label in sorted(detector.labels):
            start = scorer.threshold(label) if scorer else pattern_threshold(label) / PPM
            table.add_row(label, detector.name, f"{start:.2f}")
    Console(highlight=False).print(table)


def _print(console: Console, file: str, table: Table) -> None:
    if table.row_count:
        table.title, table.title_justify, table.title_style = escape(file), "left", "bold"
        console.print(table)
        console.print()


def _label_table(reports: Sequence[Report]) -> Table:
    table = _table("Label", ("n", "yes", "from", *_OF_LABELS))
    for report in reports:
        shares = (_share(report[name]) for name in _OF_LABELS.values())
        counts = (str(report["n"]), str(report["positives"]), f"{report['threshold']:.2f}")
        table.add_row(_name(report, "label"), *counts, *shares)
    return table


def _span_table(reports: Sequence[Report]) -> Table:
    table = _table("Type", ("n", "found", *_OF_SPANS))
    for report in reports:
        shares = (_share(report[name]) for name in _OF_SPANS.values())
        table.add_row(_name(report, "entity"), str(report["n"]), str(report["found"]), *shares)
    return table


def _table(first: str, numbers: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(first, overflow="fold")
    for name in numbers:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _name(report: Report, member: str) -> str:
    group = report.get("group")
    return escape(report[member] if group is None else f"  {report[member]} {group['value']}")


def _share(value: float | None) -> str:
    return _UNKNOWN if value is None else f"{100 * value:.1f}"
