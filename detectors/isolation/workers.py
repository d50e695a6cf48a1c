"""Work on what strangers sent in processes of their own, a few at a time."""

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final

from detectors.isolation.fresh import Fresh
from detectors.isolation.turns import Turns
from detectors.isolation.warm import Warm

AT_A_TIME: Final = 2
IDLE_S: Final = 300.0
"""How long a process stays warm without work."""

_PATIENCE: Final = 2
"""How many times as long as one piece of work may take somebody waits for it, with those before it."""

_CAN_FORK: Final = sys.platform == "linux"
"""Elsewhere there is no fork, or libraries of the system's don't survive it."""


class Workers:
    """Give the answers of one module, each in at most `seconds`. `close` it when done.

    What loads for long stays loaded between pieces of work, and goes when there was none for `idle_s`. Tenants whose
    work waits take turns, so that many documents of one hold up nobody else's.
    """

    def __init__(self, module: str, seconds: float, idle_s: float = IDLE_S) -> None:
        self._seconds = seconds
        self._idle_s = idle_s
        self._way: Warm | Fresh = (Warm if _CAN_FORK else Fresh)(module, seconds)
        self._pool = ThreadPoolExecutor(AT_A_TIME, module)
        self._turns = Turns(AT_A_TIME)
        self._under_way = 0
        self._is_closed = False
        self._resting: asyncio.TimerHandle | None = None

    async def answer(self, data: bytes, *arguments: str, tenant: str = "") -> bytes | None:
        """Give what the module makes of these bytes; None if it fails or there is no time for it."""
        try:
            async with asyncio.timeout(self._seconds * _PATIENCE):
                await self._turns.take(tenant)
                return await asyncio.shield(self._working(data, *arguments))
        except TimeoutError:
            return None

    def _working(self, data: bytes, *arguments: str) -> "asyncio.Future[bytes | None]":
        """Begin to work; the turn ends with the work, whoever has given up waiting for it."""
        loop = asyncio.get_running_loop()
        if self._is_closed:
            self._turns.give_on()
            return _nothing(loop)
        self._begin()
        working = loop.run_in_executor(self._pool, partial(self._way.answer, data, *arguments))
        working.add_done_callback(lambda _: self._finish(loop))
        return working

    def close(self) -> None:
        """Take in nothing more; what is under way or waits has no answer."""
        self._is_closed = True
        self._stay()
        self._pool.shutdown(wait=False)
        self._way.close()

    def _begin(self) -> None:
        self._under_way += 1
        self._stay()

    def _finish(self, loop: asyncio.AbstractEventLoop) -> None:
        self._turns.give_on()
        self._under_way -= 1
        if not self._under_way and not self._is_closed:
            self._resting = loop.call_later(self._idle_s, self._way.rest)

    def _stay(self) -> None:
        if self._resting is not None:
            self._resting.cancel()
        self._resting = None


def _nothing(loop: asyncio.AbstractEventLoop) -> "asyncio.Future[bytes | None]":
    future: asyncio.Future[bytes | None] = loop.create_future()
    future.set_result(None)
    return future
