"""The texts that wait to be read: each once, those that are due first in front, none that nobody waits for.

A call's texts are due when they would be read if the call got its time from its arrival on: a short text goes before
the rest of a long one, and a long one is not put off for ever.
"""

import threading
from collections.abc import Callable, Iterable, Sequence
from heapq import heappop, heappush
from itertools import count
from time import monotonic
from typing import Final

from detectors.encoder.orders import Job, Order
from detectors.encoder.reading import Reading

DUE_SECONDS_A_CHAR: Final = 20e-6
"""About what it takes to read a character."""

MOST_CHARS: Final = 16_000_000
"""Characters of all texts that are not read yet: four of the longest calls."""

_CHARS_A_TOKEN: Final = 4

Known = Callable[[bytes], Reading | None]


class WaitingTexts:
    """Thread-safe. Whoever `take`s jobs gives each of them back: to `put_back`, or as `read`, or by `drop`."""

    def __init__(self) -> None:
        self._line: list[tuple[float, int, Job]] = []
        self._jobs: dict[bytes, Job] = {}
        self._chars = 0
        self._number = count()
        self._is_closed = False
        self._changed = threading.Condition()

    def add(self, order: Order, texts: Sequence[str], keys: Sequence[bytes], known: Known) -> bool:
        """Take in an order: give it what is known, let it share what is under way, and line up the rest.

        False, and nothing waits, if that is too much while others wait.

        Raises:
            RuntimeError: this is closed.
        """
        with self._changed:
            if self._is_closed:
                raise RuntimeError("closed")
            new = self._join(order, texts, keys, known)
            chars = sum(len(job.text) for job in new)
            if self._chars > chars and self._chars > MOST_CHARS:
                self._leave(order)
                return False
            rank = monotonic() + DUE_SECONDS_A_CHAR * chars
            for job in order.jobs:
                if rank < job.rank:  # also one that a longer call has brought
                    job.rank = rank
                    if job in new or job.ticket >= 0:
                        self._line_up(job)
            self._changed.notify()
            return True

    def take(self, tokens: int) -> list[Job] | None:
        """Wait for jobs, and take as many as have about so many tokens. None when this is closed."""
        with self._changed:
            while True:
                self._changed.wait_for(lambda: self._is_closed or self._line)
                if self._is_closed:
                    return None
                if jobs := self._front(tokens):
                    return jobs

    def put_back(self, jobs: Iterable[Job]) -> None:
        """Line up jobs again that are not done."""
        with self._changed:
            for job in jobs:
                self._line_up(job)
            self._changed.notify()

    def read(self, job: Job, reading: Reading) -> list[Order]:
        """Hand out the reading of a job, and give the orders that are complete with it."""
        with self._changed:
            self._remove(job)
            for order, place in job.wanted:
                order.put(place, reading)
            return [order for order in job.orders if order.is_complete]

    def drop(self, jobs: Iterable[Job]) -> list[Order]:
        """Give up jobs that can't be done, and give the orders that were waiting for them."""
        with self._changed:
            orders = {order for job in jobs for order in job.orders}
            for job in jobs:
                self._remove(job)
            return list(orders)

    def leave(self, order: Order) -> None:
        """Let an order go: what is wanted by nobody else is not done."""
        with self._changed:
            self._leave(order)

    def close(self) -> list[Order]:
        """Take in nothing more, and give the orders that still wait."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
            return list({order for job in self._jobs.values() for order in job.orders})

    def _join(self, order: Order, texts: Sequence[str], keys: Sequence[bytes], known: Known) -> set[Job]:
        new: set[Job] = set()
        for place, (text, key) in enumerate(zip(texts, keys, strict=True)):
            reading = known(key)
            if reading is not None:
                order.put(place, reading)
                continue
            job = self._jobs.get(key)
            if job is None:
                job = self._jobs[key] = Job(key, text)
                self._chars += len(text)
                new.add(job)
            job.wanted.append((order, place))
            order.jobs.add(job)
        return new

    def _front(self, tokens: int) -> list[Job]:
        jobs: list[Job] = []
        while self._line and tokens > 0:
            _, ticket, job = heappop(self._line)
            if ticket == job.ticket and job.wanted:
                job.ticket = -1
                jobs.append(job)
                tokens -= len(job.text) // _CHARS_A_TOKEN + 1
        return jobs

    def _line_up(self, job: Job) -> None:
        job.ticket = next(self._number)
        heappush(self._line, (job.rank, job.ticket, job))

    def _leave(self, order: Order) -> None:
        for job in order.jobs:
            job.wanted = [one for one in job.wanted if one[0] is not order]
            if not job.wanted:
                self._remove(job)
        order.jobs = set()

    def _remove(self, job: Job) -> None:
        if self._jobs.get(job.key) is job:
            del self._jobs[job.key]
            self._chars -= len(job.text)
