"""Keep one process running: one that dies is started again, later and later if it keeps dying."""

import asyncio
import logging
import signal
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from time import monotonic
from typing import Final

from gateway.workers.role import UNABLE, Role

logger = logging.getLogger(__name__)

FIRST_PAUSE_S: Final = 0.25
LONGEST_PAUSE_S: Final = 30.0
WELL_S: Final = 60.0
"""A process that has lived for so long is started again at once, as if it had never died before."""


class CanNotStart(Exception):
    """A process ended at its first start since it can't work with its configuration. It has said why itself."""


class Keeper:
    """Keeps the process of a role. Belongs to one event loop; `run` ends when it is stopped."""

    def __init__(self, role: Role, first_pause_s: float = FIRST_PAUSE_S) -> None:
        self.role = role
        self.starts = 0
        self._first_pause_s = first_pause_s
        self._pause_s = first_pause_s
        self._process: Process | None = None
        self._stopping = asyncio.Event()

    @property
    def pid(self) -> int | None:
        """The number of the process that runs now; None between two."""
        return self._process.pid if self._process and self._process.returncode is None else None

    async def run(self) -> None:
        """Start the process, and start it again whenever it ends.

        Raises:
            CanNotStart: it says so, at its first start. Later it may be a store that is away, and is tried again.
        """
        while not self._stopping.is_set():
            began = monotonic()
            code = await self._live()
            if self._stopping.is_set():
                return
            if code == UNABLE and self.starts == 1:
                raise CanNotStart(self.role.name)
            await self._pause(code, monotonic() - began)

    def stop(self) -> None:
        """Ask the process to finish what it has begun, and start no other."""
        self._stopping.set()
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the process at once, and start no other."""
        self._stopping.set()
        self._signal(signal.SIGKILL)

    async def _live(self) -> int:
        role = self.role
        self._process = process = await asyncio.create_subprocess_exec(
            *role.command,
            stdin=PIPE,
            pass_fds=role.sockets,
            start_new_session=True,  # Ctrl-C is for the supervisor, which ends the processes in their order
        )
        self.starts += 1
        if self._stopping.is_set():
            self._signal(signal.SIGTERM)
        if process.stdin is not None:
            process.stdin.write(role.told.encode() + b"\n")
            with suppress(ConnectionError):  # it has died already, which its code tells
                await process.stdin.drain()
        return await process.wait()

    async def _pause(self, code: int, lived_s: float) -> None:
        if lived_s >= WELL_S:
            self._pause_s = self._first_pause_s
        how = f"by signal {-code}" if code < 0 else f"with code {code}"
        logger.warning("%s has ended %s; it is started again in %.2g s.", self.role.name, how, self._pause_s)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), self._pause_s)
        self._pause_s = min(2 * self._pause_s, LONGEST_PAUSE_S)

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.send_signal(number)
