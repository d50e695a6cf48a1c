import json
from pathlib import Path

from detectors.training import curve
from detectors.training.data import Splits
from detectors.training.example import Example
from detectors.training.mixture import MADE, PLANTED
from detectors.training.provenance import PROVENANCE, Length, points, record, thinned
from detectors.training.sources import SOURCES

SPLITS = Splits([Example("a", {}, "edos"), Example("b", {}, "edos"), Example("c", {}, "edos_gender")], [], [])


def note(folder: Path, *steps: int) -> None:
    for step in steps:
        curve.note(folder, dict.fromkeys(curve.COLUMNS, 0.5) | {"step": step, "minutes": step / 10})


def recorded(folder: Path) -> dict:
    (folder / "encoder.json").write_text(json.dumps({"sha256": {"encoder.safetensors": "of these"}}))
    record(folder, Length(steps=80, minutes=7.96, rows=5120), SPLITS, folder)
    return json.loads((folder / PROVENANCE).read_text())


def test_a_record_is_of_these_weights_and_that_run(tmp_path: Path) -> None:
    note(tmp_path, 25, 50, 75)
    found = recorded(tmp_path)
    assert found["weights"] == "of these"
    assert found["run"] == {"steps": 80, "minutes": 8.0, "rows": 5120}
    assert [point["step"] for point in found["curve"]] == [25, 50, 75]


def test_a_record_holds_the_whole_mixture(tmp_path: Path) -> None:
    found = recorded(tmp_path)
    assert found["curve"] == []
    assert [(one["file"], one["per_round"]) for one in found["sets"]] == [(one.file, one.per_round) for one in SOURCES]
    assert [(one["name"], one["per_round"]) for one in found["made"]] == [(one[0], one[2]) for one in (*MADE, *PLANTED)]
    rows = {one["file"]: one["rows"] for one in found["sets"]}
    assert rows["toxicity/edos"] == 2
    assert rows["bias/edos_gender"] == 0  # it lends its labels to rows of another set and is never drawn from


def test_what_a_run_did_twice_counts_once(tmp_path: Path) -> None:
    note(tmp_path, 25, 50, 75, 60, 85)
    assert [point["step"] for point in points(tmp_path / curve.CSV)] == [25, 50, 60, 85]


def test_of_a_long_curve_a_few_points_are_kept_the_ends_among_them(tmp_path: Path) -> None:
    note(tmp_path, *range(25, 25 * 90, 25))
    steps = [point["step"] for point in thinned(points(tmp_path / curve.CSV), most=5)]
    assert (len(steps), steps[0], steps[-1]) == (5, 25, 25 * 89)
    assert thinned(points(tmp_path / "none.csv")) == []
