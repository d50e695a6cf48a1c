"""What own-made texts about toxicity and bias promise: decided by a seed, distinct, two-sided, nobody's rows."""

import json
import os
import random
import re
from collections import Counter
from pathlib import Path

import pytest

from detectors.encoder.format import LABELS
from detectors.training.made.harms import HARMS, Examples

COUNT = 5000
OWN_WORDS = 6
"""Shorter sentences ("Cats are people") come about by themselves in thousands; longer ones would have been copied."""
JUDGED = ("hate", "toxic", "stereotype", "bias", "sexual", "threat")
"""A module decides at least one of these both ways, in good balance."""

modules = pytest.mark.parametrize("make", [pytest.param(make, id=name) for name, make, _ in HARMS])


@modules
def test_a_seed_decides_everything(make: Examples) -> None:
    assert list(make(random.Random(1), 50)) == list(make(random.Random(1), 50))
    assert list(make(random.Random(1), 50)) != list(make(random.Random(2), 50))


@modules
def test_texts_hardly_ever_occur_twice(make: Examples) -> None:
    texts = {example.text for example in make(random.Random(3), COUNT)}
    assert len(texts) >= 0.9 * COUNT


@modules
def test_labels_are_known_names_and_some_of_them_say_yes_as_often_as_no(make: Examples) -> None:
    examples = list(make(random.Random(4), 2000))
    assert {name for example in examples for name in example.labels} <= set(LABELS)
    shares = [Counter(e.labels[name] > 0.5 for e in examples if name in e.labels) for name in JUDGED]
    assert any(min(share[True], share[False]) >= 0.25 * len(examples) for share in shares)


@modules
def test_nothing_of_a_pattern_is_left_in_a_text(make: Examples) -> None:
    for example in make(random.Random(5), 1000):
        assert not re.search(r"[{}\[\]|]|\(n\)|  ", example.text), example
        assert 2 <= len(example.text.split()) <= 220, example


@modules
def test_no_sentence_of_the_evaluation_sets_is_made(make: Examples, evaluation_texts: set[str]) -> None:
    made = {plain(example.text) for example in make(random.Random(6), 2000)}
    assert not made & evaluation_texts


@pytest.fixture(scope="module")
def evaluation_texts() -> set[str]:
    data = os.environ.get("AIRLOCK_DATA")
    if not data or not Path(data, "eval").is_dir():
        pytest.skip("AIRLOCK_DATA names no folder with the evaluation sets")
    files = sorted(Path(data, "eval").rglob("*.jsonl"))
    rows = (json.loads(line) for file in files for line in file.read_text().splitlines())
    return {text for row in rows if len((text := plain(row["text"])).split()) >= OWN_WORDS}


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
