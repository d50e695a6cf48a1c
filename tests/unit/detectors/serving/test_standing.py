"""A burst is let in, a queue that stands is kept short."""

import pytest

from detectors.serving.standing import INTERVAL_S, Standing

LONG, SHORT, MOST = 0.9, 0.2, 0.5


def after(*waits: tuple[float, float]) -> Standing:
    """A queue in which calls waited: each so long, at so many intervals after the start."""
    queue = Standing(MOST)
    for seconds, intervals in waits:
        queue.note_wait(seconds, intervals * INTERVAL_S)
    return queue


@pytest.mark.parametrize(
    ("waits", "stands"),
    [
        ([], False),
        ([(LONG, 0.0)], False),
        ([(LONG, 0.0), (LONG, 0.9)], False),
        ([(LONG, 0.0), (LONG, 1.0)], True),
        ([(LONG, 0.0), (SHORT, 0.5), (LONG, 1.0)], False),
        ([(LONG, 0.0), (SHORT, 0.5), (LONG, 1.0), (LONG, 2.0)], True),
        ([(LONG, 0.0), (LONG, 1.0), (SHORT, 1.2)], True),
    ],
)
def test_a_queue_stands_when_for_an_interval_nobody_was_served_soon(waits, stands):
    queue = after(*waits)
    now = waits[-1][1] * INTERVAL_S if waits else 0.0
    assert queue.turns_away(MOST * 1.01, now) is stands
    assert queue.turns_away(MOST, now) is False


def test_it_stands_until_for_an_interval_nobody_had_to_be_turned_away():
    queue = after((LONG, 0.0), (LONG, 1.0))
    assert queue.turns_away(LONG, 1.9 * INTERVAL_S)
    assert queue.turns_away(LONG, 2.8 * INTERVAL_S)
    assert not queue.turns_away(SHORT, 3.5 * INTERVAL_S)
    assert not queue.turns_away(LONG, 3.9 * INTERVAL_S)
    queue.note_wait(LONG, 4.0 * INTERVAL_S)
    assert not queue.turns_away(LONG, 4.9 * INTERVAL_S)
