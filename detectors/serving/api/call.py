"""One call: what came, from whom, and the texts of it read by a model for as long as the caller waits."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.types import Receive

from detectors.serving.api.faults import Busy, TimedOut, Unavailable, UnknownModel
from detectors.serving.errors import QueueFull
from detectors.serving.ports import Answer, Registry, TextModel

_UNWATCHED_S: Final = 0.02
"""A call that is over sooner is not watched for its caller's leaving: that would cost more than what it could save."""

_PATIENCE_S: Final = 0.25
"""How long past its time a call is waited for: whoever reads says first that it is late."""


class CallerGone(Exception):
    """The connection was closed: there is nobody left to answer."""


@dataclass(frozen=True, slots=True)
class Read:
    """Texts that were read: an answer for each, in their order."""

    model: TextModel
    answers: Sequence[Answer]


@dataclass(frozen=True, slots=True)
class Call:
    """`holder` is whose key it came with; `seconds` is what it has if it does not say otherwise."""

    body: bytes
    headers: Headers
    holder: str
    seconds: float
    registry: Registry
    receive: Receive

    async def read(self, model: str, texts: Sequence[str], tenant: str = "", seconds: float | None = None) -> Read:
        """Have texts read by a model, the default one for "". If the caller leaves, the work is given up.

        Raises:
            Fault: there is no answer.
            CallerGone: nobody waits any more.
        """
        time_left = self.seconds if seconds is None else seconds
        served, future = self._submit(model, texts, f"{self.holder}/{tenant}", time_left)
        try:
            return Read(served, await self._outcome(future, time_left))
        finally:
            future.cancel()

    def _submit(
        self, name: str, texts: Sequence[str], tenant: str, seconds: float
    ) -> "tuple[TextModel, Future[tuple[Answer, ...]]]":
        for _ in range(2):  # a model may be replaced just now
            reader = self.registry.get(name)
            if reader is None:
                raise UnknownModel
            try:
                return reader.model, reader.submit(texts, tenant, seconds)
            except QueueFull as full:
                raise Busy(full.retry_after) from None
            except RuntimeError:
                continue
        raise Unavailable

    async def _outcome(self, future: "Future[tuple[Answer, ...]]", seconds: float) -> tuple[Answer, ...]:
        if not future.done():
            await self._wait(asyncio.wrap_future(future), seconds + _PATIENCE_S)
        if not future.done():
            raise TimedOut
        if future.cancelled():
            raise Unavailable
        fault = future.exception()
        if isinstance(fault, TimeoutError):
            raise TimedOut
        if fault is not None:
            raise Unavailable  # what it was stands in the log, by its type
        return future.result()

    async def _wait(self, waiting: "asyncio.Future[Any]", seconds: float) -> None:
        waiting.add_done_callback(_note)
        done, _ = await asyncio.wait((waiting,), timeout=min(_UNWATCHED_S, seconds))
        if done:
            return
        leaving = asyncio.create_task(self._left())
        try:
            await asyncio.wait((waiting, leaving), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            leaving.cancel()
        if not waiting.done() and leaving.done():
            raise CallerGone

    async def _left(self) -> None:
        while (await self.receive())["type"] != "http.disconnect":
            pass


def _note(waiting: "asyncio.Future[Any]") -> None:
    """Look at a fault, so that asyncio does not report it as unseen: it is read from the thread's future."""
    if not waiting.cancelled():
        waiting.exception()
