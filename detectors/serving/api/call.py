"""One call: what came, from whom, and what it holds, read by models for as long as the caller waits."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from time import monotonic
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.types import Receive

from detectors.serving.api.faults import Busy, TimedOut, Unavailable, UnknownModel
from detectors.serving.errors import QueueFull
from detectors.serving.ports import Answer, Content, ContentReader, Described, Registry

_UNWATCHED_S: Final = 0.02
"""A call that is over sooner is not watched for its caller's leaving: that would cost more than what it could save."""

_PATIENCE_S: Final = 0.25
"""How long past its time a call is waited for: whoever reads says first that it is late."""


class CallerGone(Exception):
    """The connection was closed: there is nobody left to answer."""


@dataclass(frozen=True, slots=True)
class Read:
    """Texts, or pictures, that were read: an answer for each, in their order."""

    model: Described
    answers: Sequence[Answer]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be read, and where the reader of that name is found."""

    find: Callable[[str], ContentReader[Any] | None]
    name: str
    contents: Sequence[Content]


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
        (read,) = await self.read_all([Wish(self.registry.get, model, texts)], tenant, seconds)
        return read

    async def read_all(self, wishes: Sequence[Wish], tenant: str = "", seconds: float | None = None) -> list[Read]:
        """Have several models read, at the same time; an answer to each wish. Raises as `read` does."""
        time_left = self.seconds if seconds is None else seconds
        deadline = monotonic() + time_left
        begun: list[tuple[ContentReader[Any], Future[tuple[Answer, ...]]]] = []
        try:
            begun.extend(_submit(wish, f"{self.holder}/{tenant}", time_left) for wish in wishes)
            answers = [await self._outcome(future, deadline - monotonic()) for _, future in begun]
            return [Read(reader.model, given) for (reader, _), given in zip(begun, answers, strict=True)]
        finally:
            for _, future in begun:
                future.cancel()

    async def _outcome(self, future: "Future[tuple[Answer, ...]]", seconds: float) -> tuple[Answer, ...]:
        if not future.done():
            await self._wait(asyncio.wrap_future(future), max(seconds, 0.0) + _PATIENCE_S)
        if not future.done():
            raise TimedOut
        if future.cancelled():
            raise Unavailable
        fault = future.exception()
        if isinstance(fault, TimeoutError):
            raise TimedOut
        if isinstance(fault, QueueFull):
            raise Busy(fault.retry_after)
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


def _submit(wish: Wish, tenant: str, seconds: float) -> "tuple[ContentReader[Any], Future[tuple[Answer, ...]]]":
    for _ in range(2):  # a model may be replaced just now
        reader = wish.find(wish.name)
        if reader is None:
            raise UnknownModel
        try:
            return reader, reader.submit(wish.contents, tenant, seconds)
        except QueueFull as full:
            raise Busy(full.retry_after) from None
        except RuntimeError:
            continue
    raise Unavailable


def _note(waiting: "asyncio.Future[Any]") -> None:
    """Look at a fault, so that asyncio does not report it as unseen: it is read from the thread's future."""
    if not waiting.cancelled():
        waiting.exception()
