from pathlib import Path

import numpy as np
import pytest

from detectors.encoder.format import LABELS
from detectors.training.entity_thresholds import entity_thresholds, f_beta
from detectors.training.example import Example
from detectors.training.mixture import made
from detectors.training.rules import CONTRAST, HARD, ORDINARY, RULES, Rule
from detectors.training.scoring import Scored, logits_of
from detectors.training.sources import SOURCES
from detectors.training.temperature import Scale, fitted
from detectors.training.thresholds import UNKNOWN, chosen, label_thresholds

TRUTH = np.array([True] * 4 + [False] * 6)
SCORES = np.array([0.9, 0.8, 0.4, 0.2, 0.7, 0.35, 0.3, 0.1, 0.05, 0.05])
OF_ROW = ["x"] * 4 + ["chat", "x", "chat", "chat", "chat", "chat"]
CHAT = frozenset({"chat"})


@pytest.mark.parametrize(
    ("rule", "lowest", "highest"),
    [
        (Rule("recall", ((CHAT, 0.0),)), 0.7, 0.8),  # .7 is chat, so .8 and .9 are found
        (Rule("recall", ((CHAT, 0.2),)), 0.3, 0.4),  # one of five may be stopped: .4 is found as well
        (Rule("recall", (), highest=True), 0.195, 0.2),  # without limits all are found, by the highest such threshold
        (Rule("recall", ()), 0.09, 0.12),  # or by the middle one of 0.01 to 0.2
        (Rule("recall", (), slack=0.25, highest=True), 0.39, 0.4),  # a quarter of them given for a higher one
        (Rule("balanced", ()), 0.35, 0.4),
        (Rule("f1", ()), 0.35, 0.8),
        (Rule("recall", ((frozenset({"nowhere"}), 0.0),), highest=True), 0.195, 0.2),
    ],
)
def test_the_best_threshold_within_the_limits(rule: Rule, lowest: float, highest: float) -> None:
    assert lowest < chosen(rule, SCORES, TRUTH, OF_ROW) <= highest


def test_where_no_threshold_keeps_to_the_limits_it_is_the_highest() -> None:
    always = np.ones(10)
    assert chosen(Rule("recall", ((CHAT, 0.0),)), always, TRUTH, OF_ROW) == 0.99


def test_attacks_are_held_to_ordinary_prompts_and_to_look_alikes() -> None:
    assert RULES["jailbreak"] == Rule("recall", ((ORDINARY, 0.003), (HARD, 0.03)), 0.03, highest=True)
    assert RULES["injection"].limits == RULES["jailbreak"].limits


def test_scores_become_the_shares_that_they_promise() -> None:
    rng = np.random.default_rng(2)
    logits = rng.normal(size=20_000).astype(np.float32) * 3
    truth = rng.random(20_000) < 1 / (1 + np.exp(-(logits / 2.5 - 0.7)))
    scale = fitted(logits, truth)
    assert abs(scale.temperature - 2.5) < 0.15
    assert abs(scale.bias + 0.7) < 0.1
    near = np.abs(scale.scores(logits) - 0.8) < 0.02
    assert abs(truth[near].mean() - 0.8) < 0.05


def test_a_label_with_few_examples_keeps_its_scores() -> None:
    assert fitted(np.zeros(30, dtype=np.float32), np.arange(30) < 10) == Scale()


def row(logit: float, label: float, source: str = "x") -> Scored:
    logits = np.full(len(LABELS), logit, dtype=np.float32)
    return Scored(Example("t", {"toxic": label}, source), logits, ())


def test_only_rows_that_know_a_label_decide_about_it() -> None:
    rows = [row(2.0, 1.0) for _ in range(40)] + [row(-2.0, 0.0) for _ in range(40)] + [row(9.0, 0.5)]
    entries = label_thresholds(rows)
    assert entries["toxic"]["provenance"]["n"] == 80
    assert entries["toxic"]["provenance"]["recall"] == 1.0
    assert entries["toxic"]["provenance"]["fpr"] == 0.0
    assert entries["hate"]["threshold"] == UNKNOWN


def test_logits_come_back_from_scores() -> None:
    logits = np.array([-20.0, -3.0, 0.0, 5.0, 12.0], dtype=np.float32)
    scores = (1 / (1 + np.exp(-logits.astype(np.float64)))).astype(np.float32)
    np.testing.assert_allclose(logits_of(scores), logits, rtol=2e-2)


def test_an_entity_counts_from_the_score_with_the_best_f2() -> None:
    person = Example("Ann Lee", {}, "x", ((0, 7, "PERSON"),), frozenset({"PERSON"}))
    empty = Example("nobody", {}, "x", (), frozenset({"PERSON"}))
    silent = Example("Ann", {}, "x")
    right, wrong = ((0, 7, "PERSON"), 0.6), ((0, 6, "PERSON"), 0.3)
    rows = [
        Scored(example, np.zeros(len(LABELS), dtype=np.float32), found)
        for example, found in ((person, (right,)), (empty, (wrong,)), (silent, (wrong,)))
        for _ in range(30)
    ]
    entry = entity_thresholds(rows)["PERSON"]
    assert 0.3 < entry["threshold"] <= 0.6
    assert (entry["provenance"]["precision"], entry["provenance"]["recall"]) == (1.0, 1.0)
    assert entity_thresholds(rows)["IBAN_CODE"]["threshold"] == 0.5


def test_f2_counts_recall_more() -> None:
    assert f_beta(0.5, 0.9) > f_beta(0.9, 0.5)
    assert f_beta(0.0, 0.0) == 0.0


def test_rules_name_sources_that_exist(tmp_path: Path) -> None:
    names = {source.name for source in SOURCES} | {pool.name for pool in made(tmp_path, seed=1)}
    assert {*ORDINARY, *HARD, *CONTRAST} <= names
