"""Our own texts for the entity head: exact, varied, reproducible, and none of them from a set to measure with."""

import csv
import io
import json
import os
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from detectors.encoder.format import ENTITIES
from detectors.training.example import Example
from detectors.training.made import (
    entities,
    entity_chats,
    entity_forms,
    entity_logs,
    entity_mail,
    entity_mix,
    entity_negatives,
    entity_paragraphs,
    entity_sentences,
    entity_structures,
)
from detectors.training.made.entities.maker import Maker
from detectors.training.made.entities.template import KINDS, SLOT, fill, sentences

MODULES = (
    entity_sentences,
    entity_paragraphs,
    entity_forms,
    entity_structures,
    entity_mix,
    entity_mail,
    entity_chats,
    entity_logs,
    entity_negatives,
)
PATTERNS_AT_LEAST = 10
WORDS_THAT_TELL = 3
SENTENCES = Path(entities.__file__).parent / "sentences"


@cache
def made(module: int, count: int = 300) -> tuple[Example, ...]:
    return tuple(MODULES[module].examples(random.Random(5), count))


def each_module() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("module", range(len(MODULES)), ids=lambda at: MODULES[at].__name__.split(".")[-1])


def kinds_of(entity: str) -> set[str]:
    maker = Maker(random.Random(1))
    return {name for name, kind in KINDS.items() if any(p.entity == entity for p in kind(maker, maker.persona()))}


@each_module()
def test_the_same_seed_makes_the_same_texts(module: int) -> None:
    assert tuple(MODULES[module].examples(random.Random(5), 300)) == made(module)
    assert tuple(MODULES[module].examples(random.Random(6), 300)) != made(module)


@each_module()
def test_spans_are_exact_apart_and_in_order(module: int) -> None:
    for example in made(module):
        at = 0
        assert example.annotated == frozenset(ENTITIES)
        for start, end, entity in example.spans:
            assert at <= start < end <= len(example.text)
            assert entity in ENTITIES
            assert example.text[start:end] == example.text[start:end].strip()
            at = end


@each_module()
def test_hardly_a_text_comes_twice(module: int) -> None:
    assert len({example.text for example in made(module)}) > 0.97 * 300


@pytest.mark.parametrize("entity", ENTITIES)
def test_every_entity_stands_in_many_patterns(entity: str) -> None:
    kinds = kinds_of(entity)
    templates = [template for idea in entity_sentences.IDEAS for template in sentences(idea)]
    using = [template for template in templates if kinds & {slot[2] for slot in SLOT.finditer(template)}]
    assert len(using) >= PATTERNS_AT_LEAST, using


def test_values_are_too_many_to_be_learnt_by_heart() -> None:
    values = defaultdict(Counter)
    for example in entity_sentences.examples(random.Random(3), 4000):
        for start, end, entity in example.spans:
            values[entity][example.text[start:end]] += 1
    share = {entity: len(found) / found.total() for entity, found in values.items()}
    assert share["PERSON"] > 0.85
    assert share["ADDRESS"] > 0.95
    assert share["PHONE_NUMBER"] > 0.98
    assert share["LOCATION"] > 0.4
    assert share["ORGANIZATION"] > 0.6


def of_form(name: str) -> Iterator[str]:
    return (text.text for text in made(3, 900) if text.source.endswith(name))


def test_json_parses() -> None:
    texts = list(of_form("as_json"))
    assert texts
    assert all(json.loads(text) for text in texts)


def test_yaml_parses() -> None:
    texts = list(of_form("as_yaml"))
    assert texts
    assert all(isinstance(yaml.safe_load(text), list) for text in texts)


def test_rows_of_csv_are_of_one_width() -> None:
    for text in of_form("as_csv"):
        widths = [{len(row) for row in csv.reader(io.StringIO(text), delimiter=sign)} for sign in ",;\t"]
        assert any(len(width) == 1 and width != {1} for width in widths), text


@cache
def shapes_to_measure_with() -> frozenset[str]:
    data = os.environ.get("AIRLOCK_DATA")
    if not data:
        pytest.skip("AIRLOCK_DATA names no folder of data sets")
    lines = (line for file in Path(data).glob("eval/pii/*.jsonl") for line in file.read_text("utf-8").splitlines())
    return frozenset(shape(row["text"], row["spans"]) for row in map(json.loads, lines))


@each_module()
def test_no_sentence_is_from_a_set_to_measure_with(module: int) -> None:
    known = shapes_to_measure_with()
    ours = [shape(example.text, example.spans) for example in made(module)]
    assert known
    assert [text for text in ours if len(text.split()) >= WORDS_THAT_TELL and text in known] == []


def shape(text: str, spans: Iterable[Sequence[Any]]) -> str:
    """What a template leaves of itself in all its texts: the small words around the entities."""
    for start, end, _ in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return " ".join(re.findall(r"[a-z']+", text.lower()))


def test_every_template_can_be_filled_and_stands_there_once() -> None:
    maker = Maker(random.Random(4))
    files = sorted(path.stem for path in SENTENCES.glob("*.txt"))
    templates = [template for idea in files for template in sentences(idea)]
    assert len(templates) > 700
    assert len(set(templates)) == len(templates)
    for template in templates:
        assert any(piece.text.strip() for piece in fill(template, maker))


def test_names_that_are_words_are_marked_and_the_words_are_not() -> None:
    texts = list(entity_negatives.examples(random.Random(2), 400))
    empty = [text for text in texts if not text.spans]
    assert 100 < len(empty) < 300
    assert {"PERSON", "LOCATION", "ORGANIZATION", "DATE_TIME"} >= {
        entity for text in texts for *_, entity in text.spans
    }


def test_first_and_last_name_side_by_side_are_one_person() -> None:
    people = [piece for piece in fill("{a.first} {a.last}, {b.first}", Maker(random.Random(1))) if piece.entity]
    assert len(people) == 2
    assert " " in people[0].text
