"""Texts or pictures of concurrent calls go through a model together, in runs that are as full as can be.

Two threads. The runner runs the model, and does nothing else while enough is ready. The desk tokenises ahead of it
and makes findings of its answers. A runner that has next to nothing to run does the desk's work itself: so a lone short
text changes hands once.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from math import inf
from time import monotonic
from typing import Any, Final

from detectors.serving.desk import Desk, Step
from detectors.serving.figures import Figures
from detectors.serving.limits import BatchLimits
from detectors.serving.orders import Batch, Order
from detectors.serving.ports import Answer, Content, Model
from detectors.serving.work import Work

logger = logging.getLogger(__name__)

GATHERED_TOKENS: Final = 512
"""The runner tokenises as much as that, if it is there and nobody else does, before it runs."""


class Batcher:
    """Reads with one model, which it closes at last. See `ports.ContentReader`. `clock` counts seconds."""

    def __init__(
        self, model: Model[Any], limits: BatchLimits | None = None, clock: Callable[[], float] = monotonic
    ) -> None:
        limits = limits or BatchLimits()
        self._model = model
        self._clock = clock
        self._gathered = min(GATHERED_TOKENS, limits.batch_tokens)
        self._work = Work(limits, clock, is_packed=model.is_packed)
        self._lock = threading.Lock()
        self._runner_wakes, self._desk_wakes = threading.Condition(self._lock), threading.Condition(self._lock)
        self._emptied = threading.Condition(self._lock)
        self._desk = Desk(model, self._work, self._lock, self._desk_freed)
        self._desk_sleeps_until = -inf
        self._is_running = self._is_closing = self._is_closed = False
        self._threads = [
            threading.Thread(target=self._serve, args=(following,), name=f"{model.name} {role}", daemon=True)
            for role, following in (("runner", self._for_runner), ("desk", self._for_desk))
        ]
        for thread in self._threads:
            thread.start()

    @property
    def model(self) -> Model[Any]:
        """The model that reads."""
        return self._model

    @property
    def is_open(self) -> bool:
        """Whether it takes texts."""
        return not self._is_closing

    def figures(self) -> Figures:
        """Give what was done so far, and what waits now."""
        with self._lock:
            return self._work.figures_now()

    def submit(self, texts: Sequence[Content], tenant: str, seconds: float) -> "Future[tuple[Answer, ...]]":
        """Begin to read texts; see `ports.ContentReader`.

        Raises:
            QueueFull: too much waits.
            RuntimeError: this is closed.
        """
        with self._lock:
            if self._is_closing:
                raise RuntimeError("closed")
            try:
                order = self._work.add(texts, tenant, seconds)
            except TimeoutError as late:
                return _failed(late)
            self._wake(order)
        if order.is_complete:
            order.settle()
        else:
            order.future.add_done_callback(lambda _: self._leave(order))
        return order.future

    def close(self, seconds: float = 0.0) -> None:
        """Take in nothing more, give what is under way some seconds, cancel the rest, and close the model."""
        with self._lock:
            self._is_closing = True
            self._emptied.wait_for(lambda: self._is_closed or not self._work.orders, seconds)
        for order in self._stop():
            order.future.cancel()
        for thread in self._threads:
            thread.join()
        self._model.close()

    def _stop(self) -> Sequence[Order]:
        with self._lock:
            self._is_closing = self._is_closed = True
            for condition in (self._runner_wakes, self._desk_wakes, self._emptied):
                condition.notify_all()
            return self._work.orders

    def _leave(self, order: Order) -> None:
        with self._lock:
            if order.future.cancelled():
                self._work.abandon(order)
            if not self._work.orders:
                self._emptied.notify_all()

    def _wake(self, order: Order) -> None:
        """Wake whoever has something to do now that an order has come."""
        if not self._is_running:
            self._runner_wakes.notify()
        if (self._is_running and self._desk.has_step) or order.deadline < self._desk_sleeps_until:
            self._desk_wakes.notify()

    def _desk_freed(self) -> None:
        if not self._is_running:
            self._runner_wakes.notify()

    def _serve(self, following: Callable[[], Step | None]) -> None:
        try:
            while (step := following()) is not None:
                step()
        except Exception as fault:  # noqa: BLE001 - a fault of ours must not leave callers waiting for nothing
            logger.error("The reading of texts has ended: %s.", type(fault).__name__)  # noqa: TRY400 - no values
            for order in self._stop():
                order.fail(RuntimeError("closed by a fault"))

    def _for_runner(self) -> Step | None:
        """Wait for what the runner has to do. None when this is closed."""
        with self._lock:
            while not self._is_closed:
                step = self._gathering() or self._run_of(self._work.next_batch())
                if late := self._work.late():
                    return partial(_fail_first, late, step)
                if step is not None:
                    return step
                self._runner_wakes.wait()
        return None

    def _for_desk(self) -> Step | None:
        """Wait for what the desk has to do while the model runs. None when this is closed."""
        with self._lock:
            while not self._is_closed:
                step = self._desk.next_step() if self._is_running else None
                if late := self._work.late():
                    return partial(_fail_first, late, step)
                if step is not None:
                    return step
                deadline = self._work.next_deadline()
                self._desk_sleeps_until = inf if deadline is None else deadline
                self._desk_wakes.wait(None if deadline is None else deadline - self._clock())
        return None

    def _gathering(self) -> Step | None:
        return self._desk.next_step() if self._work.ready_tokens < self._gathered else None

    def _run_of(self, batch: Batch) -> Step | None:
        if not batch:
            return None
        self._is_running = True
        if self._desk.has_step:
            self._desk_wakes.notify()
        return partial(self._run, batch)

    def _run(self, batch: Batch) -> None:
        answers: Sequence[Any] | Exception
        began = self._clock()
        try:
            answers = self._model.run([part.piece for part in batch])
        except Exception as fault:  # noqa: BLE001 - whoever waits for the batch is told, and the next one is run
            answers = fault
        with self._lock:
            self._is_running = False
            self._work.ran(batch, self._clock() - began)
            self._desk.put(batch, answers)


def _fail_first(late: Sequence[Order], step: Step | None) -> None:
    for order in late:
        order.fail(TimeoutError())
    if step is not None:
        step()


def _failed(fault: Exception) -> "Future[tuple[Answer, ...]]":
    future: Future[tuple[Answer, ...]] = Future()
    future.set_exception(fault)
    return future
