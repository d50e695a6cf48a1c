"""Ask one way after another, or, where the first takes long, two at once: the first answer counts."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, TypeVar

from detectors.errors import Unavailable

T = TypeVar("T")

Way = Callable[[], Coroutine[Any, Any, T]]
"""Asks somebody, once."""


class Elsewhere(Unavailable):
    """One way gave no answer, and another may."""


async def first_answer(ways: Iterator[Way[T]], hedge_s: float | None) -> T:
    """Give the first answer. The next way is asked when one fails with `Elsewhere`; one more, once, after `hedge_s`.

    What is still under way at the end is cancelled.

    Raises:
        Unavailable: no way gave an answer, or there is none, or one failed for a reason that holds for all.
    """
    return await (_one_by_one(ways) if hedge_s is None else _racing(ways, hedge_s))


async def _racing(ways: Iterator[Way[T]], hedge_s: float | None) -> T:
    fault: BaseException = Unavailable("unreachable")
    racing: set[asyncio.Task[T]] = set()
    try:
        while True:
            if way := next(ways, None):
                racing.add(asyncio.ensure_future(way()))
            if not racing:
                raise fault
            over, racing = await asyncio.wait(racing, timeout=hedge_s, return_when=asyncio.FIRST_COMPLETED)
            hedge_s = hedge_s if over else None
            faults = {task: task.exception() for task in over}
            for task, failed in faults.items():
                if failed is None:
                    return task.result()
                fault = failed
            if not isinstance(fault, Elsewhere) and over:
                raise fault
    finally:
        for task in racing:
            task.cancel()


async def _one_by_one(ways: Iterator[Way[T]]) -> T:
    """Give the first answer where no two ways are ever asked at once: without a task for each, which takes time."""
    fault = Unavailable("unreachable")
    for way in ways:
        try:
            return await way()
        except Elsewhere as elsewhere:
            fault = elsewhere
    raise fault
