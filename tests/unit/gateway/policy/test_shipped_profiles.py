"""The shipped profiles: complete, ordered by strictness, with the thresholds that the encoder was shipped with."""

import json
from pathlib import Path
from typing import Any

import pytest

import detectors
from detectors.encoder.format import AXES, BIAS, ENTITIES, INJECTION, TOXICITY
from gateway.policy import thresholds
from gateway.policy.bundle import shipped

DATA: dict[str, Any] = json.loads((shipped() / "data.json").read_text())
PROFILES: dict[str, dict[str, dict[str, Any]]] = DATA["profiles"]
LABELS = {
    **dict.fromkeys(TOXICITY, "toxicity"),
    **dict.fromkeys([label for label in BIAS if label not in AXES], "bias"),
    **dict.fromkeys(INJECTION, "injection"),
}
STRICTNESS = ("ignore", "record", "flag", "review", "block")
THRESHOLDS = Path(detectors.__file__).parent / "weights" / "thresholds.json"


def actions(rule: dict[str, Any]) -> dict[str, str]:
    return {origin: action for origin, action in rule.items() if origin != "threshold"}


def ppm(entry: dict[str, Any]) -> int:
    """Give a shipped threshold, a probability, in the parts per million of policy's data."""
    return round(entry["threshold"] * 1_000_000)


def test_what_the_encoder_judges_has_a_rule_in_every_profile() -> None:
    assert DATA["labels"]["classifiers"] == LABELS
    assert tuple(DATA["labels"]["axes"]) == AXES
    assert list(PROFILES) == ["observe", "internal", "customer_facing", "minors"]
    for profile in PROFILES.values():
        assert list(profile) == list(LABELS)


def test_what_the_encoder_finds_in_a_text_is_classed() -> None:
    labels = DATA["labels"]
    assert {*ENTITIES} <= {*labels["personal"], *labels["neutral"]}
    # These have a threshold for use cases that list them in `also_personal`.
    assert {*labels["personal"]} & {*labels["neutral"]} == {"LOCATION", "NRP", "ORGANIZATION"}


def test_observing_says_what_the_profile_for_customers_would_have_done() -> None:
    for label, rule in PROFILES["customer_facing"].items():
        watched = {origin: "flag" if action == "block" else action for origin, action in actions(rule).items()}
        assert PROFILES["observe"][label] == {"threshold": rule["threshold"], **watched}


def test_nobody_is_refused_for_being_angry_but_a_model_is() -> None:
    for label in ("toxic", "insult", "obscene"):
        assert PROFILES["customer_facing"][label]["user"] == "record"
        assert PROFILES["customer_facing"][label]["model"] == "block"


@pytest.mark.parametrize(("milder", "stricter"), [("internal", "customer_facing"), ("customer_facing", "minors")])
def test_a_stricter_profile_is_nowhere_milder(milder: str, stricter: str) -> None:
    for label, rule in PROFILES[stricter].items():
        other = PROFILES[milder][label]
        assert rule["threshold"] <= other["threshold"]
        for origin, action in actions(rule).items():
            assert STRICTNESS.index(action) >= STRICTNESS.index(other[origin]), (label, origin)


@pytest.mark.skipif(not THRESHOLDS.exists(), reason="The encoder's weights are not here yet (detectors/weights).")
def test_the_profile_for_customers_has_the_encoders_own_thresholds() -> None:
    told = json.loads(THRESHOLDS.read_text())
    customers = {label: rule["threshold"] for label, rule in PROFILES["customer_facing"].items()}
    assert customers == {label: ppm(told["labels"][label]) for label in LABELS}
    assert DATA["labels"]["axes"] == {axis: ppm(told["labels"][axis]) for axis in AXES}


@pytest.mark.skipif(not THRESHOLDS.exists(), reason="The encoder's weights are not here yet (detectors/weights).")
@pytest.mark.parametrize("entity", thresholds.ENTITIES)
def test_names_and_addresses_have_the_encoders_own_thresholds(entity: str) -> None:
    assert DATA["labels"]["personal"][entity] == ppm(json.loads(THRESHOLDS.read_text())["entities"][entity])
