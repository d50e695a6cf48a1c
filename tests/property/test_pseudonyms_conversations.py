"""A small part of `make soak`: generated conversations, and tokens bent in every way."""

from collections import Counter

import pytest

from tests.bench.pseudonyms.report import measure
from tests.bench.pseudonyms.trial import try_one


def test_conversations_come_back_as_they_were_and_nobody_elses_token_is_restored() -> None:
    made = sum((try_one(seed) for seed in range(1_000_000, 1_000_200)), Counter[str]())
    assert made["conversations"] == 200
    assert made["tokens"] > 500
    assert made["foreign"] > 500
    assert [made[name] for name in ("lost", "false", "leaked", "moved")] == [0, 0, 0, 0]


@pytest.fixture(scope="module")
def bent() -> dict[str, Counter[str]]:
    return measure(16)


def test_nothing_is_wrongly_restored(bent: dict[str, Counter[str]]) -> None:
    assert {name for name, counted in bent.items() if counted["wrong"]} == set()


def test_what_is_certain_is_restored_and_nothing_else(bent: dict[str, Counter[str]]) -> None:
    never = {name for name, counted in bent.items() if not counted["restored"]}
    assert never == {
        "translated type", "letter changed", "letter lost", "letters swapped", "type lost", "another type",
        "part of a name",
    }  # fmt: skip
