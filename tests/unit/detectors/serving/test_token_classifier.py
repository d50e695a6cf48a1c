from pathlib import Path

import pytest
from transformers import pipeline

from detectors.serving.errors import ModelUnusable
from detectors.serving.model_files import look_at
from detectors.serving.model_settings import TokenSettings
from detectors.serving.reading import read_now
from detectors.serving.token_classifier import TokenClassifier, load_token_classifier

LONG = "so it goes on and on . " * 40
OURS = {"PER": "PERSON", "LOC": "LOCATION"}


def load(folder: Path, **members: object) -> TokenClassifier:
    settings = TokenSettings(kind="token-classification", source=str(folder), **members)
    return load_token_classifier("small", settings, look_at(folder), "cpu")


@pytest.fixture(scope="module")
def model(token_folder: Path) -> TokenClassifier:
    return load(token_folder, labels=OURS)


def found(model: TokenClassifier, text: str) -> list[tuple[str, str]]:
    spans = read_now(model, [text])[0].spans
    return [(text[one.start : one.end], one.label) for one in spans if one.score >= model.thresholds[one.label]]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("so ann lee goes on to paris", [("ann lee", "PERSON"), ("paris", "LOCATION")]),
        ("Ann  LEE, paris.", [("Ann  LEE", "PERSON"), ("paris", "LOCATION")]),
        ("ann lee ann lee", [("ann lee", "PERSON"), ("ann lee", "PERSON")]),
        ("\uff41\uff4e\uff4e lee", [("\uff41\uff4e\uff4e lee", "PERSON")]),
        ("so it goes on", []),
        ("", []),
    ],
)
def test_values_are_found_where_they_stand(model, text, values):
    assert found(model, text) == values


def test_spans_are_those_of_a_pipeline_of_transformers(model, token_folder):
    text = "so ann lee goes on to paris and ann lee is all the rules"
    theirs = pipeline("token-classification", model=str(token_folder), aggregation_strategy="simple")(text)
    assert found(model, text) == [(text[one["start"] : one["end"]], OURS[one["entity_group"]]) for one in theirs]


def test_a_value_deep_in_a_long_text_is_found_once(model):
    text = LONG + "ann lee " + LONG + "paris"
    assert found(model, text) == [("ann lee", "PERSON"), ("paris", "LOCATION")]


def test_what_is_not_mapped_is_no_finding(token_folder):
    assert found(load(token_folder, labels={"LOC": "LOCATION"}), "ann lee is in paris") == [("paris", "LOCATION")]
    assert load(token_folder).labels == {"PER", "LOC"}


def test_answers_are_the_same_beside_others(model):
    texts = ["ann lee", LONG + "paris", "so it goes", "ann lee is in paris and " * 3]
    for alone, together in zip((read_now(model, [text])[0] for text in texts), read_now(model, texts), strict=True):
        assert [one.label for one in alone.spans] == [one.label for one in together.spans]
        assert [one.score for one in alone.spans] == pytest.approx([one.score for one in together.spans], abs=1e-5)


def test_thresholds_are_by_our_names(token_folder):
    assert load(token_folder, labels=OURS, thresholds={"PERSON": 0.9}).thresholds == pytest.approx(
        {"PERSON": 0.9, "LOCATION": 0.5}
    )
    with pytest.raises(ModelUnusable, match="thresholds name PER, but the labels are PERSON, LOCATION"):
        load(token_folder, labels=OURS, thresholds={"PER": 0.9})


def test_tags_share_one_temperature(token_folder):
    with pytest.raises(ModelUnusable, match="one number for all tags"):
        load(token_folder, labels=OURS, temperature={"PERSON": 2.0})


def test_a_model_for_another_purpose_is_refused(text_folder):
    with pytest.raises(ModelUnusable):
        load(text_folder, labels=OURS)
