"""Threads that take the shortest work first and keep one thread free of long work.

Whoever sends many long texts waits for them himself: a short text goes before all that wait, and finds a thread that
no long one holds.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from heapq import heappop, heappush
from itertools import count
from typing import Generic, TypeVar

T = TypeVar("T")


class ShortestFirst(Generic[T]):
    """Runs work of known size in `threads` threads, of which work longer than `long` may hold all but one.

    At most `queue` pieces wait: one more, and the longest of them is cancelled.
    """

    def __init__(self, threads: int, long: int, queue: int) -> None:
        self._long, self._queue = long, queue
        self._most_long = max(1, threads - 1)
        self._waiting: list[tuple[int, int, Future[T], Callable[[], T]]] = []
        self._order = count()
        self._long_running = 0
        self._closed = False
        self._changed = threading.Condition()
        self._threads = [threading.Thread(target=self._serve, name="detectors", daemon=True) for _ in range(threads)]

    def submit(self, size: int, work: Callable[[], T]) -> "Future[T]":
        """Queue work of a size. It must not raise. Its future is cancelled when it is turned away.

        Raises:
            RuntimeError: this is closed.
        """
        future: Future[T] = Future()
        with self._changed:
            if self._closed:
                raise RuntimeError("closed")
            heappush(self._waiting, (size, next(self._order), future, work))
            turned_away = self._overflow()
            self._start()
            self._changed.notify_all()
        for other in turned_away:
            other.cancel()
        return future

    def close(self) -> None:
        """Cancel what waits. What runs goes on to its end."""
        with self._changed:
            self._closed = True
            waiting, self._waiting = self._waiting, []
            self._changed.notify_all()
        for _, _, future, _ in waiting:
            future.cancel()

    def _start(self) -> None:
        if self._threads[0].ident is None:
            for thread in self._threads:
                thread.start()

    def _overflow(self) -> list["Future[T]"]:
        """Take out what nobody waits for any more, then the longest of what is too much."""
        if len(self._waiting) <= self._queue:
            return []
        alive = sorted(entry for entry in self._waiting if not entry[2].cancelled())
        self._waiting, refused = alive[: self._queue], alive[self._queue :]
        return [future for _, _, future, _ in refused]

    def _serve(self) -> None:
        while (taken := self._take()) is not None:
            size, future, work = taken
            if future.set_running_or_notify_cancel():
                future.set_result(work())
            self._done(size)

    def _take(self) -> tuple[int, "Future[T]", Callable[[], T]] | None:
        """Wait for work that may start now. None when this is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._may_start())
            if self._closed:
                return None
            size, _, future, work = heappop(self._waiting)
            self._long_running += size > self._long
            return size, future, work

    def _may_start(self) -> bool:
        return bool(self._waiting) and (self._waiting[0][0] <= self._long or self._long_running < self._most_long)

    def _done(self, size: int) -> None:
        with self._changed:
            self._long_running -= size > self._long
            self._changed.notify_all()
