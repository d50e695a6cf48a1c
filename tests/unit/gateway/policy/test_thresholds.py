"""A new encoder's thresholds in policy data: written where they belong, with all else as it was."""

import json
from typing import Any

import pytest

from detectors.encoder.format import ENTITIES, LABELS
from gateway.policy.archive import BundleUnusable
from gateway.policy.bundle import shipped
from gateway.policy.thresholds import retuned

DATA = (shipped() / "data.json").read_text()


def told(**more: float) -> bytes:
    """Write thresholds: 0.8 but for those that are named."""
    values = {**dict.fromkeys((*LABELS, *ENTITIES), 0.8), **more}
    parts = {"labels": LABELS, "entities": ENTITIES}
    return json.dumps({part: {name: {"threshold": values[name]} for name in of} for part, of in parts.items()}).encode()


def data(customers: int, others: int) -> str:
    profiles = {"minors": others, "customer_facing": customers}
    rules = {name: {"hate": {"user": "record", "threshold": threshold}} for name, threshold in profiles.items()}
    return json.dumps({"profiles": rules, "labels": {"axes": {}, "personal": {"UUID": 4}}})


def of_hate(text: str) -> dict[str, Any]:
    return {name: profile["hate"]["threshold"] for name, profile in json.loads(text)["profiles"].items()}


def test_every_threshold_of_the_shipped_data_is_written_and_nothing_else() -> None:
    got = json.loads(retuned(DATA, told(hate=0.7, PERSON=0.6, gender=0.9)))
    assert {label: rule["threshold"] for label, rule in got["profiles"]["customer_facing"].items()} == {
        label: 700_000 if label == "hate" else 800_000 for label in got["labels"]["classifiers"]
    }
    assert (got["labels"]["personal"]["PERSON"], got["labels"]["axes"]["gender"]) == (600_000, 900_000)
    assert got["labels"]["personal"]["EMAIL_ADDRESS"] == json.loads(DATA)["labels"]["personal"]["EMAIL_ADDRESS"]


def test_writing_the_same_again_changes_nothing() -> None:
    once = retuned(DATA, told(hate=0.7))
    assert retuned(once, told(hate=0.7)) == once
    assert [len(line) for line in once.splitlines()] == [len(line) for line in DATA.splitlines()]


@pytest.mark.parametrize(
    ("customers", "others", "expected"),
    [
        pytest.param(500_000, 500_000, 800_000, id="as strict"),
        pytest.param(500_000, 250_000, 571_429, id="a third of the odds"),
        pytest.param(500_000, 750_000, 923_077, id="three times the odds"),
        pytest.param(500_000, 0, 0, id="always"),
        pytest.param(1_000_000, 500_000, 500_000, id="no ratio"),
    ],
)
def test_a_stricter_profile_stays_as_much_stricter(customers: int, others: int, expected: int) -> None:
    assert of_hate(retuned(data(customers, others), told())) == {"minors": expected, "customer_facing": 800_000}


@pytest.mark.parametrize(
    ("text", "thresholds"),
    [
        pytest.param("profiles: {}", told(), id="no JSON"),
        pytest.param("{}", told(), id="no profiles"),
        pytest.param(DATA, b"{}", id="no thresholds"),
        pytest.param(DATA, b'{"labels": {}, "entities": {}}', id="a label is missing"),
        pytest.param(DATA.replace('"toxic"', r'"\u0074oxic"'), told(), id="a name that is written in another way"),
    ],
)
def test_what_does_not_belong_together_is_told(text: str, thresholds: bytes) -> None:
    with pytest.raises(BundleUnusable):
        retuned(text, thresholds)
