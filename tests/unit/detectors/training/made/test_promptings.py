"""Own-made prompts: the same chance gives the same texts, hardly one comes twice, and words alone betray nothing."""

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from detectors.encoder.format import LABELS
from detectors.training.example import Example
from detectors.training.made import (
    attacks,
    bare_questions,
    chat,
    code_and_docs,
    foreign,
    hard_negatives,
    indirect,
    jailbreaks,
    long_contexts,
    role_play,
)

Maker = Callable[[Random, int], Iterator[Example]]
MAKERS: dict[str, Maker] = {
    "attacks": attacks.examples,
    "bare_questions": bare_questions.examples,
    "chat": chat.examples,
    "code_and_docs": code_and_docs.examples,
    "foreign": foreign.examples,
    "hard_negatives": hard_negatives.examples,
    "indirect": indirect.examples,
    "jailbreaks": jailbreaks.examples,
    "long_contexts": long_contexts.examples,
    "role_play": role_play.examples,
}
TRIGGERS = ("ignore", "override", "bypass", "forget", "system", "prompt", "admin", "instructions", "reveal", "pretend")
OPEN_HOLE = re.compile(r"(?<!\$)\{\^?[a-z_]+\}|\{[^{}\n]*\|[^{}\n]*\}")


def made(name: str, count: int, seed: int = 7) -> list[Example]:
    return list(MAKERS[name](Random(seed), count))


@pytest.fixture(scope="module", params=MAKERS)
def many(request: pytest.FixtureRequest) -> list[Example]:
    return made(request.param, 1000 if request.param == "long_contexts" else 5000)


@pytest.mark.parametrize("name", MAKERS)
def test_the_same_chance_gives_the_same_texts_and_another_gives_others(name: str) -> None:
    assert made(name, 60) == made(name, 60)
    assert made(name, 60) != made(name, 60, seed=8)


def test_nine_in_ten_texts_or_more_are_distinct(many: list[Example]) -> None:
    assert len({example.text for example in many}) >= 0.9 * len(many)


def test_labels_have_known_names_and_are_sure(many: list[Example]) -> None:
    for example in many:
        assert set(example.labels) <= set(LABELS)
        assert set(example.labels.values()) <= {0.0, 1.0}
        assert {"injection", "indirect"} <= set(example.labels)


def test_every_hole_is_filled_and_no_text_is_empty(many: list[Example]) -> None:
    assert [example.text for example in many if not example.text.strip() or OPEN_HOLE.search(example.text)] == []


@pytest.mark.parametrize("word", TRIGGERS)
def test_a_word_alone_does_not_make_an_attack(word: str) -> None:
    harmful = sum(word in example.text.lower() for example in made("attacks", 3000))
    harmless = sum(word in example.text.lower() for example in made("hard_negatives", 3000))
    assert harmful >= 5
    assert harmless >= 5


@pytest.mark.parametrize("name", ["indirect", "long_contexts"])
def test_documents_come_with_and_without_an_order(name: str) -> None:
    planted = sum(example.labels["indirect"] for example in made(name, 400))
    assert 160 < planted < 260


@pytest.mark.skipif("AIRLOCK_DATA" not in os.environ, reason="needs the data folder AIRLOCK_DATA")
def test_no_sentence_of_an_evaluation_set_is_made() -> None:
    folder = Path(os.environ["AIRLOCK_DATA"]) / "eval"
    rows = (
        json.loads(line)
        for path in sorted(folder.rglob("*.jsonl"))
        for line in path.read_text("utf-8").split("\n")
        if line
    )
    judged = {plain(row["text"]) for row in rows if len(row["text"].split()) > 4}
    texts = (example.text for name in MAKERS for example in made(name, 1000))
    assert [text for text in texts if plain(text) in judged] == []


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
