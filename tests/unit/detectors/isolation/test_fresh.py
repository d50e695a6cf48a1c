"""Where there is no fork, a piece of work has a process of its own; the answer is there in time or there is none."""

import time

import pytest

from detectors.isolation.fresh import Fresh
from tests.pace import within

MODULE = "piece_of_work"


def test_it_answers() -> None:
    assert Fresh(MODULE, 30).answer(b"abc", "echo") == b"cba"


@pytest.mark.parametrize("way", ["raise", "die"])
def test_one_that_dies_has_no_answer(way: str) -> None:
    assert Fresh(MODULE, 30).answer(b"", way) is None


def test_nobody_waits_longer_than_agreed() -> None:
    begun = time.monotonic()
    assert Fresh(MODULE, 0.5).answer(b"", "sleep") is None
    assert time.monotonic() - begun < within(20)


def test_it_is_told_no_secret_of_the_operators(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRLOCK_SECRET", "a secret of the operator's")
    told = (Fresh(MODULE, 30).answer(b"", "told") or b"").decode().split()
    assert "PATH" in told
    assert "AIRLOCK_SECRET" not in told


def test_closed_meanwhile() -> None:
    one = Fresh(MODULE, 30)
    one.close()
    assert one.answer(b"abc", "echo") is None
