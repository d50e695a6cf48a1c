import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.encoder.calibration import FLOOR_ODDS, Calibration, floor_of, sigmoid, softmax
from detectors.encoder.format import ENTITIES, LABELS


def calibration(**changes: float) -> Calibration:
    columns = {"temperature": 1.0, "bias": 0.0, "thresholds": 0.5} | changes
    arrays = {name: np.full(len(LABELS), value, dtype=np.float32) for name, value in columns.items()}
    return Calibration(**arrays, entity_thresholds=np.full(len(ENTITIES), 0.7, dtype=np.float32))


def test_a_score_is_the_sigmoid_of_the_logit_by_temperature_and_bias():
    logits = np.full(len(LABELS), 3.0, dtype=np.float32)
    assert calibration(temperature=2.0, bias=-0.5).scores(logits) == pytest.approx(1 / (1 + np.exp(-1)), abs=1e-6)


def test_sigmoid_keeps_the_order_of_unlikely_values_and_never_overflows():
    values = np.array([-1e9, -60, -50, -40, 0, 40, 1e9], dtype=np.float32)
    with np.errstate(all="raise"):
        result = sigmoid(values)
    assert result.dtype == np.float32
    assert (np.diff(result[:5]) > 0).all()
    assert result[4] == 0.5


def test_softmax_adds_up_to_one():
    chances = softmax(np.array([[1e4, 0, -1e4], [0, 0, 0]], dtype=np.float32))
    assert chances.sum(axis=1) == pytest.approx([1, 1])
    assert chances[1] == pytest.approx([1 / 3] * 3)


@given(st.floats(0.01, 0.99))
def test_the_floor_has_a_fifth_of_the_odds(threshold: float):
    floor = float(floor_of(np.float32([threshold]))[0])
    assert floor / (1 - floor) == pytest.approx(FLOOR_ODDS * threshold / (1 - threshold), rel=1e-4)


def test_thresholds_are_by_name_of_label_or_entity():
    one = calibration()
    assert (one.threshold("hate"), one.threshold("PERSON")) == (0.5, pytest.approx(0.7))
    with pytest.raises(ValueError, match="no label nothing"):
        one.threshold("nothing")
