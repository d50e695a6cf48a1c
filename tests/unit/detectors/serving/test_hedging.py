"""One way after another, and two at once where the first is slow."""

import asyncio
from collections.abc import Callable, Iterator

import pytest

from detectors.errors import Unavailable
from detectors.serving.hedging import Elsewhere, first_answer


class Ways:
    """Each step is seconds to wait, then an answer or a fault."""

    def __init__(self, *steps: tuple[float, str | Exception]) -> None:
        self._steps = steps
        self.begun: list[int] = []
        self.cancelled: list[int] = []

    def __iter__(self) -> Iterator[Callable]:
        for number, step in enumerate(self._steps):
            yield lambda number=number, step=step: self._way(number, *step)

    async def _way(self, number: int, seconds: float, outcome: str | Exception) -> str:
        self.begun.append(number)
        try:
            await asyncio.sleep(seconds)
        except asyncio.CancelledError:
            self.cancelled.append(number)
            raise
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


GONE, WRONG = Elsewhere("unreachable"), Unavailable("too_long")


@pytest.mark.parametrize(
    ("steps", "hedge_s", "answer", "begun", "cancelled"),
    [
        ([(0, "a"), (0, "b")], None, "a", [0], []),
        ([(0.05, "a"), (0, "b")], None, "a", [0], []),
        ([(0, GONE), (0, GONE), (0, "c")], None, "c", [0, 1, 2], []),
        ([(0.01, "a"), (0, "b")], 5.0, "a", [0], []),
        ([(5.0, "a"), (0, "b"), (0, "c")], 0.01, "b", [0, 1], [0]),
        ([(0.1, "a"), (5.0, "b"), (0, "c")], 0.01, "a", [0, 1], [1]),
        ([(5.0, "a"), (0, GONE), (0, "c")], 0.01, "c", [0, 1, 2], [0]),
        ([(0.05, "a")], 0.01, "a", [0], []),
        ([(0, GONE), (0.05, "b"), (0, "c")], 0.01, "c", [0, 1, 2], [1]),
    ],
    ids=[
        "the first answers",
        "without hedging one waits",
        "the next after a fault",
        "quick enough",
        "the second overtakes",
        "the first comes home all the same",
        "a fault of the second",
        "nobody else to ask",
        "a slow second one after a fault",
    ],
)
async def test_the_first_answer_counts(steps, hedge_s, answer, begun, cancelled):
    ways = Ways(*steps)
    assert await first_answer(iter(ways), hedge_s) == answer
    await asyncio.sleep(0)
    assert (ways.begun, ways.cancelled) == (begun, cancelled)


@pytest.mark.parametrize(
    ("steps", "reason"),
    [([], "unreachable"), ([(0, GONE), (0, Elsewhere("busy"))], "busy"), ([(0, WRONG), (0, "b")], "too_long")],
    ids=["no way", "all fail: the last one's word", "what holds for all ends it"],
)
async def test_without_an_answer_it_says_why(steps, reason):
    with pytest.raises(Unavailable) as raised:
        await first_answer(iter(Ways(*steps)), None)
    assert raised.value.reason == reason


async def test_whoever_leaves_takes_what_is_under_way_along():
    ways = Ways((5.0, "a"), (5.0, "b"))
    task = asyncio.ensure_future(first_answer(iter(ways), 0.01))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.sleep(0)
    assert sorted(ways.cancelled) == [0, 1]
