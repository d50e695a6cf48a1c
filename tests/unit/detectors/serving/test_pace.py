"""What is known about the speed: what was measured lately, in estimated tokens."""

import pytest

from detectors.serving.pace import Pace


def noted(*seconds: float, tokens: int = 100, start: float = 0.0) -> Pace:
    pace = Pace()
    for number, taken in enumerate(seconds):
        pace.note_run(tokens, taken, start + number)
    return pace


def test_nothing_is_known_after_a_few_runs():
    assert noted(*[9.0] * 7).seconds_for(1_000, 8.0) == 0.0


def test_nothing_is_known_a_minute_after_the_last_run_nor_believed_then():
    pace = noted(*[2.0] * 10)
    assert pace.seconds_for(1_000, 10.0) == pytest.approx(20.0)
    assert pace.seconds_for(1_000, 71.0) == 0.0
    pace.note_run(100, 0.1, 100.0)
    assert pace.seconds_for(1_000, 100.0) == 0.0


def test_a_hiccup_says_nothing():
    assert noted(*[1.0] * 6, 500.0, 900.0).seconds_for(100, 8.0) == pytest.approx(1.0)


def test_the_last_runs_count():
    pace = noted(*[10.0] * 200, *[1.0] * 64)
    assert pace.seconds_for(100, 264.0) == pytest.approx(1.0)


def test_a_run_counts_by_its_tokens():
    pace = noted(*[1.0] * 32)
    for number in range(32):
        pace.note_run(300, 3.0, 32.0 + number)
    assert pace.seconds_for(100, 64.0) == pytest.approx(1.0)


def test_it_learns_how_many_tokens_an_estimated_one_is():
    pace = noted(*[1.0] * 8)
    for _ in range(200):
        pace.note_text(10, 30)
    assert pace.ratio == pytest.approx(3.0, rel=0.01)
    assert pace.seconds_for(100, 8.0) == pytest.approx(3.0, rel=0.01)
