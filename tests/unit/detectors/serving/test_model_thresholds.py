import json
from pathlib import Path

import numpy as np
import pytest

from detectors.serving.errors import ModelUnusable
from detectors.serving.model_settings import TextSettings, TokenSettings
from detectors.serving.thresholds import entity_thresholds, label_calibration

LABELS = ("toxic", "hate")


def text(**members: object) -> TextSettings:
    return TextSettings(kind="text-classification", source="x", **members)


def written(folder: Path, **changes: object) -> Path:
    rows = {
        "toxic": {"temperature": 2.0, "bias": 0.5, "threshold": 0.7, "rule": "how it came about"},
        "hate": {"temperature": 1.0, "bias": 0.0, "threshold": 0.4},
    }
    document = {"format": 1, "labels": rows, "entities": {"PERSON": {"threshold": 0.6}}} | changes
    file = folder / "thresholds.json"
    file.write_text(json.dumps(document))
    return file


def test_thresholds_and_temperature_by_label_or_one_for_all():
    one = label_calibration(LABELS, text(thresholds={"hate": 0.8}, temperature={"toxic": 2}))
    assert one.by_name() == pytest.approx({"toxic": 0.5, "hate": 0.8})
    assert one.scores(np.float32([2.0, 2.0])) == pytest.approx([1 / (1 + np.exp(-1)), 1 / (1 + np.exp(-2))])
    assert label_calibration(LABELS, text(thresholds=0.9)).by_name() == pytest.approx({"toxic": 0.9, "hate": 0.9})


def test_a_file_in_the_format_of_the_encoder(tmp_path):
    one = label_calibration(LABELS, text(thresholds=written(tmp_path)))
    assert one.by_name() == pytest.approx({"toxic": 0.7, "hate": 0.4})
    assert one.scores(np.float32([1.0, 1.0])) == pytest.approx([1 / (1 + np.exp(-1)), 1 / (1 + np.exp(-1))])
    settings = TokenSettings(kind="token-classification", source="x", thresholds=tmp_path / "thresholds.json")
    assert entity_thresholds(("PERSON",), settings) == pytest.approx([0.6])


def test_what_is_no_number_stays_none():
    assert np.isnan(label_calibration(LABELS, text()).scores(np.float32([np.nan, -np.inf]))).tolist() == [True, False]


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ({"thresholds": {"toxik": 0.5}}, "thresholds name toxik, but the labels are toxic, hate"),
        ({"temperature": {"toxik": 2}}, "temperature name toxik"),
    ],
)
def test_a_label_that_is_not_there_is_named(members, told):
    with pytest.raises(ModelUnusable, match=told):
        label_calibration(LABELS, text(**members))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"format": 2}, "is not of format 1"),
        ({"labels": {"toxic": {}}}, "differ in hate"),
        ({"labels": {"toxic": {}, "hate": {}, "more": {}}}, "differ in more"),
        ({"labels": {"toxic": {"temperature": 1, "bias": 0}, "hate": {}}}, "missing or no number"),
        ({"labels": {name: {"temperature": 0, "bias": 0, "threshold": 0.5} for name in LABELS}}, "not positive"),
        ({"labels": {name: {"temperature": 1, "bias": 0, "threshold": 1.5} for name in LABELS}}, "between 0 and 1"),
        ({"labels": []}, "lacks `labels`"),
    ],
)
def test_a_file_with_a_hole_or_a_wrong_number_is_refused(tmp_path, changes, told):
    with pytest.raises(ModelUnusable, match=told):
        label_calibration(LABELS, text(thresholds=written(tmp_path, **changes)))


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ModelUnusable, match=r"none.json can't be read"):
        label_calibration(LABELS, text(thresholds=tmp_path / "none.json"))
