"""Noise changes a text; its spans hold the same values as before, changed alike, and nothing else."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.training.example import Example
from detectors.training.made import entity_noise
from detectors.training.made.entities.pieces import rebuilt, split

TEXT = 'Dr. Ann Lee (34 years old) said: "I moved to 5 Elm Road, Leeds", then called ann@lee.example.'
GIVEN = Example(
    TEXT,
    {"toxic": 0.0},
    "a test",
    ((4, 11, "PERSON"), (13, 25, "DATE_TIME"), (43, 60, "ADDRESS"), (75, 91, "EMAIL_ADDRESS")),
    frozenset({"PERSON", "DATE_TIME", "ADDRESS", "EMAIL_ADDRESS"}),
)


def values(example: Example) -> list[tuple[str, str]]:
    return [(example.text[start:end], entity) for start, end, entity in example.spans]


@pytest.mark.parametrize("noise", [noise for noise, _ in entity_noise.NOISES], ids=lambda noise: noise.__name__)
def test_entities_keep_their_values_whatever_happens_around_them(noise: entity_noise.Noise) -> None:
    for seed in range(30):
        noisy = noise(random.Random(seed), GIVEN)
        plain = [(value.lower(), entity) for value, entity in values(GIVEN)]
        assert [(value.lower(), entity) for value, entity in values(noisy)] == plain
        assert (noisy.labels, noisy.source, noisy.annotated) == (GIVEN.labels, GIVEN.source, GIVEN.annotated)


@pytest.mark.parametrize(
    ("noise", "text"),
    [
        (entity_noise.lower, TEXT.lower()),
        (entity_noise.upper, TEXT.upper()),
        (entity_noise.shout_names, TEXT.replace("Ann Lee", "ANN LEE")),
        (
            entity_noise.unpunctuated,
            "Dr Ann Lee 34 years old said I moved to 5 Elm Road, Leeds then called ann@lee.example",
        ),
    ],
)
def test_what_a_noise_does(noise: entity_noise.Noise, text: str) -> None:
    assert noise(random.Random(1), GIVEN).text == text


def test_a_text_in_json_parses_to_itself() -> None:
    for seed in range(20):
        found = json.loads(entity_noise.as_json(random.Random(seed), GIVEN).text)
        assert TEXT in (found[0] if isinstance(found, list) else found).values()


def test_joined_texts_are_complete_only_for_what_all_of_them_are() -> None:
    only_people = Example("Bo met Cy in Rome.", {}, "b", ((0, 2, "PERSON"), (7, 9, "PERSON")), frozenset({"PERSON"}))
    both = entity_noise.joined(random.Random(1), (GIVEN, only_people))
    assert both.annotated == {"PERSON"}
    assert values(both) == [("Ann Lee", "PERSON"), ("Bo", "PERSON"), ("Cy", "PERSON")]


@given(text=st.text(min_size=1), cuts=st.lists(st.integers(0, 40), max_size=6, unique=True))
def test_splitting_and_rebuilding_changes_nothing(text: str, cuts: list[int]) -> None:
    at = sorted(cut for cut in cuts if cut <= len(text))
    spans = [(start, end, "PERSON") for start, end in zip(at[::2], at[1::2], strict=False)]
    clean = tuple(span for span in spans if text[span[0] : span[1]] == text[span[0] : span[1]].strip())
    example = Example(text, {}, "a test", clean, frozenset({"PERSON"}))
    assert rebuilt(example, split(example)) == example


@given(seed=st.integers(0, 10_000))
def test_noise_comes_from_its_source_of_chance_alone(seed: int) -> None:
    assert entity_noise.noisy(random.Random(seed), GIVEN, 1) == entity_noise.noisy(random.Random(seed), GIVEN, 1)
