"""Time that passes at once: for tests of timers, which no busy machine may disturb."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import wraps


class QuickLoop(asyncio.SelectorEventLoop):
    """An event loop whose clock jumps to the next timer as soon as there is nothing else to do."""

    def __init__(self) -> None:
        super().__init__()
        self._now = 0.0

    def time(self) -> float:
        return self._now

    def _run_once(self) -> None:
        waiting = [timer.when() for timer in self._scheduled if not timer.cancelled()]  # type: ignore[attr-defined]
        if waiting and not self._ready:  # type: ignore[attr-defined]
            self._now = max(self._now, min(waiting))
        super()._run_once()  # type: ignore[misc]


def in_no_time(story: Callable[[], Awaitable[None]]) -> Callable[[], None]:
    """Make a test of a coroutine function that waits for nothing but timers and other coroutines."""

    @wraps(story)
    def test() -> None:
        with asyncio.Runner(loop_factory=QuickLoop) as runner:
            runner.run(story())

    return test
