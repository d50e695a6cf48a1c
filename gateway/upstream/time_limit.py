"""A time limit for a wait that every call makes."""

import asyncio
from types import TracebackType
from typing import Self


class TimeLimit:
    """Cancels the block of code in it after so many seconds, which then raises `TimeoutError`; None: never.

    It does what `asyncio.timeout` does, for a fraction of its price: that one is rescheduled, asked and entered as a
    coroutine, which no call here needs. A cancellation from elsewhere goes through as it is.
    """

    __slots__ = ("_cancelling", "_handle", "_is_up", "_seconds", "_task")

    def __init__(self, seconds: float | None) -> None:
        self._seconds = seconds
        self._is_up = False
        self._cancelling = 0
        self._handle: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[object] | None = None

    def __enter__(self) -> Self:
        if self._seconds is not None:
            self._task = asyncio.current_task()
            self._cancelling = self._task.cancelling() if self._task else 0
            self._handle = asyncio.get_running_loop().call_later(self._seconds, self._expire)
        return self

    def __exit__(self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None) -> None:
        if self._handle is not None:
            self._handle.cancel()
        if self._is_up and self._task and self._task.uncancel() <= self._cancelling and kind is asyncio.CancelledError:
            raise TimeoutError from exc

    def _expire(self) -> None:
        self._is_up = True
        if self._task:
            self._task.cancel()
