import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from detectors.encoder.calibration import sigmoid
from detectors.serving.errors import ModelUnusable
from detectors.serving.label_mapping import map_labels
from detectors.serving.token_classifier import map_tags

THEIRS = ("neutral", "Severe-Toxic", "mild", "INJECTION")
LOGITS = arrays(np.float32, (3, 4), elements=st.floats(-30, 30, width=32))


@given(LOGITS)
def test_a_softmax_adds_up_what_stands_for_a_label(logits):
    mapping = map_labels(THEIRS, {"Severe-Toxic": "toxic", "mild": "toxic", "INJECTION": "injection"}, "softmax")
    powers = np.exp(logits.astype(np.float64))
    chances = powers / powers.sum(axis=1, keepdims=True)
    assert mapping.labels == ("toxic", "injection")
    scores = sigmoid(mapping.log_odds(logits))
    assert scores[:, 0] == pytest.approx(chances[:, 1] + chances[:, 2], abs=1e-5)
    assert scores[:, 1] == pytest.approx(chances[:, 3], abs=1e-5)


@given(LOGITS)
def test_of_sigmoids_the_surest_counts(logits):
    mapping = map_labels(THEIRS, {"Severe-Toxic": "toxic", "mild": "toxic"}, "sigmoid")
    assert mapping.log_odds(logits)[:, 0] == pytest.approx(logits[:, 1:3].max(axis=1))


def test_without_a_mapping_the_names_are_the_models_own():
    assert map_labels(THEIRS, {}, "sigmoid").labels == ("neutral", "severe_toxic", "mild", "injection")


@pytest.mark.parametrize(
    ("theirs", "mapping", "told"),
    [
        (THEIRS, {"TOXIC": "toxic"}, "labels: TOXIC should be among the model's own: neutral, Severe-Toxic"),
        (("LABEL_0", "LABEL_1"), {}, "say what the model's labels mean"),
        (("1 star", "2 stars"), {}, "give names to 1 star, 2 stars"),
        (("a", "b"), {"a": "toxic", "b": "toxic"}, "which a softmax then gives to every text"),
    ],
)
def test_a_mapping_that_says_nothing_is_refused(theirs, mapping, told):
    with pytest.raises(ModelUnusable, match=told):
        map_labels(theirs, mapping, "softmax")


@pytest.mark.parametrize(
    ("tags", "columns"),
    [
        (("O", "B-PER", "I-PER"), [[0], [1], [2]]),
        (("O", "I-PER", "B-PER"), [[0], [2], [1]]),
        (("O", "PER"), [[0], [], [1]]),
        (("O", "B-PER", "I-PER", "E-PER", "S-PER"), [[0], [1, 4], [2, 3]]),
        (("O", "U-PER", "B-PER", "I-PER", "L-PER"), [[0], [1, 2], [3, 4]]),
        (("B-PER", "I-PER", "B-MISC", "I-MISC", "O"), [[2, 3, 4], [0], [1]]),
    ],
)
def test_tags_of_any_scheme_become_ours(tags, columns):
    mapping = map_tags(tags, {"PER": "PERSON"})
    assert mapping.entities == ("PERSON",)
    assert [one.tolist() for one in mapping.columns] == columns


def test_joined_tags_keep_their_chances():
    mapping = map_tags(("O", "B-GPE", "B-LOC", "I-LOC"), {"GPE": "LOCATION", "LOC": "LOCATION"})
    logits = mapping.logits(np.log(np.float32([[0.1, 0.2, 0.3, 0.4]])))
    assert np.exp(logits) == pytest.approx(np.float32([[0.1, 0.5, 0.4]]), abs=1e-6)


@pytest.mark.parametrize(
    ("tags", "mapping", "told"),
    [
        (("O", "B-PER"), {"PERSON": "PERSON"}, "should be among the model's own: PER"),
        (("B-PER", "I-PER"), {}, "no tag for what is no entity"),
        (("O",), {}, "no entities"),
        (("O", "B-full name"), {}, "give names to FULL NAME"),
    ],
)
def test_tags_that_can_not_be_read_are_refused(tags, mapping, told):
    with pytest.raises(ModelUnusable, match=told):
        map_tags(tags, mapping)
