"""Texts of concurrent calls go through the encoder together, each text once.

A lone call is served at once. While the encoder is busy, what arrives waits, and goes into the next run with as much
else as fits. A run is short (`windows.BATCH_TOKENS`), and between runs it is chosen anew who is next.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from time import thread_time
from typing import Final, TypeVar

from detectors.content_cache import ContentCache
from detectors.encoder.model import Encoder
from detectors.encoder.orders import Job, Order
from detectors.encoder.pieces import Piece
from detectors.encoder.reading import Reading
from detectors.encoder.runs import answers
from detectors.encoder.waiting import WaitingTexts
from detectors.encoder.windows import BATCH_TOKENS

logger = logging.getLogger(__name__)

T = TypeVar("T")

_READING_BYTES: Final = 256
_SPAN_BYTES: Final = 192


class SharedEncoder:
    """Reads texts in `threads` of its own; each run may use several processors besides. `close` it when done."""

    def __init__(self, encoder: Encoder, cache_bytes: int, threads: int = 1) -> None:
        self._encoder = encoder
        self._cache = ContentCache[Reading](cache_bytes, _bytes_of)
        self._waiting = WaitingTexts()
        self._start = threading.Lock()
        self._threads = [threading.Thread(target=self._serve, name="encoder", daemon=True) for _ in range(threads)]

    def submit(self, texts: Sequence[str], seconds: float, finish: Callable[[Sequence[Reading]], T]) -> "Future[T]":
        """Have texts read; the future gets `finish(readings)`, and is done already if all are known.

        It fails with a `TimeoutError` once the texts have taken more than `seconds` of the encoder's time: what it
        waited for others does not count. It is cancelled at once if too much waits. Cancel it to drop the work.

        Raises:
            RuntimeError: this is closed.
        """
        order = Order(len(texts), seconds, finish)
        keys = [self._cache.key(text) for text in texts]
        if not self._waiting.add(order, texts, keys, self._cache.get):
            order.future.cancel()
        elif order.is_complete and not order.jobs:
            order.settle()
        else:
            order.future.add_done_callback(lambda _: self._waiting.leave(order))
            self._begin()
        return order.future

    def close(self) -> None:
        """Cancel what waits, and wait for the run under way."""
        for order in self._waiting.close():
            order.future.cancel()
        for thread in self._threads:
            if thread.ident is not None:
                thread.join()

    def _begin(self) -> None:
        if self._threads[-1].ident is None:
            with self._start:
                for thread in self._threads:
                    if thread.ident is None:
                        thread.start()

    def _serve(self) -> None:
        while (jobs := self._waiting.take(BATCH_TOKENS)) is not None:
            began = thread_time()
            owner: dict[Piece, Job] = {}
            left = BATCH_TOKENS
            for job in jobs:
                pieces = self._guarded([job], partial(job.pieces, self._encoder, left)) or []
                owner |= dict.fromkeys(pieces, job)
                left -= sum(map(len, pieces))
            self._guarded(jobs, partial(self._run, owner))
            for job in jobs:
                self._guarded([job], partial(job.look_ahead, self._encoder))
            self._account(jobs, owner, thread_time() - began)

    def _guarded(self, jobs: Sequence[Job], step: Callable[[], T]) -> T | None:
        """Take a step for these jobs so that whatever it raises reaches those who wait, and the thread lives on."""
        try:
            return step()
        except Exception as fault:  # noqa: BLE001 - a fault in a library must become a report, never an open door
            logger.warning("The encoder raised %s.", type(fault).__name__)
            for order in self._waiting.drop(jobs):
                order.fail(fault)
            return None

    def _run(self, owner: dict[Piece, Job]) -> None:
        for piece, logits in answers(self._encoder, list(owner)):
            owner[piece].reading(self._encoder).take(piece, logits)

    def _account(self, jobs: Sequence[Job], owner: dict[Piece, Job], seconds: float) -> None:
        """Charge the time by tokens, answer what is complete, fail what has cost too much, line up the rest again."""
        second_a_token = seconds / max(1, sum(map(len, owner)))
        tokens = dict.fromkeys(jobs, 0)
        for piece, job in owner.items():
            tokens[job] += len(piece)
        rest: list[Job] = []
        for job in jobs:
            for order in job.orders:
                order.charge(second_a_token * tokens[job])
            reading = job.reading(self._encoder)
            if reading.is_done:
                self._answer(job, reading.result())
            else:
                rest.append(job)
        for order in {order for job in rest for order in job.orders if order.is_late}:
            order.fail(TimeoutError())
        self._waiting.put_back(job for job in rest if job.wanted)

    def _answer(self, job: Job, reading: Reading) -> None:
        self._cache.put(job.key, reading)
        for order in self._waiting.read(job, reading):
            order.settle()


def _bytes_of(reading: Reading) -> int:
    return _READING_BYTES + _SPAN_BYTES * len(reading.spans)
