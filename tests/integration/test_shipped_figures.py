"""The figures that ship with the encoder, shown again: the same rows give the same figures, within a tolerance.

`make figures` writes `figures.json` (all rows of the sets) and `figures_sample.json` (some rows of each, always the
same ones) beside the weights. Here the sample is measured anew; the figures of all rows must fit what the sample says.
"""

import json
import math
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import detectors
from detectors.evaluation.measuring import Wishes
from gateway.commands.detectors import BOTH
from gateway.commands.detectors_steps import Choice, Sources, measure
from gateway.commands.detectors_text import SHOWN

pytestmark = [pytest.mark.integration, pytest.mark.timeout(300)]

WEIGHTS = Path(detectors.__file__).parent / "weights"
ALL_ROWS, SAMPLE = WEIGHTS / "figures.json", WEIGHTS / "figures_sample.json"
SAMPLE_ROWS = 150
NEAR_COPIES = "eval/near_copies_of_training_rows.json"

TOLERANCE = 0.02
"""Int8 arithmetic rounds a little differently from one kind of processor to another."""

UNSTEADY = {"recall_at_fpr_1"}
"""In a small sample, its threshold hangs on one row."""

Reports = Sequence[dict[str, Any]]


def reports(file: Path) -> Reports:
    if not (WEIGHTS / "encoder.onnx").is_file():
        pytest.skip("No encoder in detectors/weights: `make train` makes one.")
    assert file.is_file(), f"no {file.name} beside the weights: `make figures DATA=/path/to/data` writes it"
    return json.loads(file.read_text())


def spare(report: dict[str, Any]) -> float:
    """Allow that one row or span changes sides, however few of its class there are."""
    positives = report.get("positives", report["n"])
    counts = [count for count in (positives, report["n"] - positives) if count]
    return max(TOLERANCE, 1.01 / min(counts, default=1))


def standard_error(report: dict[str, Any], share: float) -> float:
    """Tell how far a share of all rows is from that of a sample of so few: of those found, where these are fewer."""
    return math.sqrt(share * (1 - share) / max(1, min(report["n"], report.get("found", report["n"]))))


def by_name(found: Reports) -> dict[tuple[str, str], dict[str, Any]]:
    return {(one["file"], one.get("label") or one["entity"]): one for one in found if "group" not in one}


@pytest.fixture(scope="module")
def data() -> Path:
    folder = Path(os.environ.get("AIRLOCK_DATA", ""))
    if not (folder / "eval").is_dir():
        pytest.skip("Name the folder of the data sets in AIRLOCK_DATA to show the shipped figures again.")
    return folder


@pytest.fixture(scope="module")
def measured(data: Path) -> Reports:
    files = list(dict.fromkeys(Path(one["file"]) for one in reports(SAMPLE)))
    skip = data / NEAR_COPIES
    sources = Sources(files, data, SAMPLE_ROWS, skip if skip.is_file() else None)
    return [report for one in measure(sources, Wishes(), Choice(BOTH)).values() for report in one.reports]


def test_the_figures_are_those_of_the_shipped_weights(measured):
    for file in (ALL_ROWS, SAMPLE):
        shipped = {one["model"] for one in reports(file)}
        assert shipped == {one["model"] for one in measured}, f"{file.name} is of other weights: run `make figures`"


def test_the_sample_gives_its_figures_again(measured):
    ours, shipped = by_name(measured), by_name(reports(SAMPLE))
    assert ours.keys() == shipped.keys()
    for name, one in ours.items():
        assert one["n"] == shipped[name]["n"], name
        for figure in (SHOWN - UNSTEADY) & one.keys():
            assert one[figure] == pytest.approx(shipped[name][figure], abs=spare(one)), (name, figure)


def test_the_figures_of_all_rows_fit_the_sample(measured):
    everywhere, compared = by_name(reports(ALL_ROWS)), 0
    for name, one in by_name(measured).items():
        for figure, interval in one["interval"].items():
            if interval is not None:
                low, high = interval
                # There are many intervals of 95 %, and one of few rows that are all right has no width at all.
                margin = max(high - low, 4 * spare(one), 4 * standard_error(one, everywhere[name][figure]))
                assert low - margin <= everywhere[name][figure] <= high + margin, (name, figure)
                compared += 1
    assert compared > 10
