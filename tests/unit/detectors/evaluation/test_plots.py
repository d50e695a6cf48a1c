"""Pictures are drawn where there is something to draw."""

import sys

import numpy as np
import pytest

from detectors.evaluation.errors import PlotsMissing
from detectors.evaluation.label_report import LabelScores
from detectors.evaluation.plots import draw, require_matplotlib

PICK = np.random.default_rng(5)
TRUTH = PICK.random(200) < 0.3
JUDGED = LabelScores("hate", 0.5, range(200), TRUTH, np.clip(TRUTH * 0.3 + PICK.random(200) * 0.7, 0, 1))


def test_a_curve_and_the_reliability_are_drawn(tmp_path):
    drawn = draw(tmp_path / "pictures", "set", [JUDGED])
    assert [file.name for file in drawn] == ["set-roc.png", "set-reliability.png"]
    assert all(file.read_bytes().startswith(b"\x89PNG") for file in drawn)


def test_rows_of_one_class_make_no_picture(tmp_path):
    only = LabelScores("hate", 0.5, range(200), np.ones(200, dtype=bool), JUDGED.scores)
    assert draw(tmp_path, "set", [only]) == []
    assert draw(tmp_path, "set", []) == []


def test_without_matplotlib_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(PlotsMissing, match=r"airlock-gateway\[plots\]"):
        require_matplotlib()
