"""Run several processes as one: what others need starts first and ends last, and a signal ends all of them in order."""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from gateway.workers.keeper import Keeper
from gateway.workers.role import Role

logger = logging.getLogger(__name__)

GRACE_S: Final = 10.0
"""How long a process may take to end beyond the time for calls under way, before it is killed."""


class Supervisor:
    """Keeps `first`, and once that is `ready`, all `others`; they get `drain_s` to finish their calls at the end.

    `ready` returns when the first can do its work; it is left at a signal, or if the first can't start.
    """

    def __init__(
        self,
        first: Role | None,
        others: Sequence[Role],
        drain_s: float,
        ready: Callable[[], Awaitable[None]],
    ) -> None:
        self.first = [Keeper(first)] if first else []
        self.others = [Keeper(role) for role in others]
        self._drain_s = drain_s
        self._ready = ready
        self._stopping = asyncio.Event()
        self._tasks: dict[Keeper, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Run until a signal comes; returns when all processes have ended. A second signal kills them.

        Raises:
            CanNotStart: one of them can't work with its configuration. None is left.
        """
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._on_signal)
        stopped = asyncio.ensure_future(self._stopping.wait())
        try:
            self._begin(self.first)
            if self.first:
                ready = asyncio.ensure_future(self._ready())
                await asyncio.wait({ready, stopped, *self._tasks.values()}, return_when=asyncio.FIRST_COMPLETED)
                ready.cancel()
            if not self._is_over():
                self._begin(self.others)
                await asyncio.wait({stopped, *self._tasks.values()}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopped.cancel()
            await self._end(self.others, self._drain_s + GRACE_S)
            await self._end(self.first, GRACE_S)
        for task in self._tasks.values():
            task.result()

    def _begin(self, keepers: Sequence[Keeper]) -> None:
        self._tasks |= {keeper: asyncio.ensure_future(keeper.run()) for keeper in keepers}

    def _is_over(self) -> bool:
        return self._stopping.is_set() or any(task.done() for task in self._tasks.values())

    async def _end(self, keepers: Sequence[Keeper], seconds: float) -> None:
        running = {self._tasks[keeper]: keeper for keeper in keepers if keeper in self._tasks}
        if not running:
            return
        for keeper in running.values():
            keeper.stop()
        _, late = await asyncio.wait(running, timeout=seconds)
        for task in late:
            logger.warning("%s did not end in time and is killed.", running[task].role.name)
            running[task].kill()
        await asyncio.wait(running)

    def _on_signal(self) -> None:
        if self._stopping.is_set():
            for keeper in (*self.others, *self.first):
                keeper.kill()
        self._stopping.set()
