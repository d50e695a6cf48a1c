"""What is done beside the runs of a model: texts become pieces, and answers become findings."""

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from detectors.serving.orders import Batch, Job
from detectors.serving.ports import Answer, Model
from detectors.serving.work import Work

logger = logging.getLogger(__name__)

TURN_TOKENS: Final = 512
"""A text is tokenised up to as many on its turn, or by as much as its model gives at least."""

Step = Callable[[], None]


class Desk:
    """Gives out one step at a time, to any thread; until that is done there is no other. So a task needs no lock.

    `work` is touched with `lock` held. `freed` is called, with the lock held, when a step is done.
    """

    def __init__(self, model: Model[Any], work: Work, lock: threading.Lock, freed: Callable[[], None]) -> None:
        self._model = model
        self._work = work
        self._lock = lock
        self._freed = freed
        self._is_taken = False
        self._run: deque[tuple[Batch, Sequence[Any] | Exception]] = deque()

    @property
    def has_step(self) -> bool:
        """Whether there is a step to take. Hold the lock."""
        return not self._is_taken and (bool(self._run) or self._work.has_texts)

    def put(self, batch: Batch, answers: Sequence[Any] | Exception) -> None:
        """Take over a batch that was run, with its answers or the fault. Hold the lock."""
        self._run.append((batch, answers))

    def next_step(self) -> Step | None:
        """Give the next step; whoever asks must take it. None if there is none now. Hold the lock."""
        if self._is_taken:
            return None
        step: Step | None = None
        if self._run:
            step = partial(self._take, *self._run.popleft())
        elif turn := self._work.next_text():
            step = partial(self._advance, *turn)
        if step is None:
            return None
        self._is_taken = True
        return partial(self._free_after, step)

    def _free_after(self, step: Step) -> None:
        try:
            step()
        finally:
            with self._lock:
                self._is_taken = False
                self._freed()

    def _take(self, batch: Batch, answers: Sequence[Any] | Exception) -> None:
        """Hand the answers of a batch to the texts they are for, and go on with those that have all of theirs."""
        if isinstance(answers, Exception) or len(answers) != len(batch):
            fault = answers if isinstance(answers, Exception) else RuntimeError("not an answer for each piece")
            self._fail([part.job for part in batch], fault)
            return
        for part, answer in zip(batch, answers, strict=True):
            if part.job.wanted:
                self._guarded(part.job, partial(_take, part.job, part.piece, answer))
        with self._lock:
            jobs = self._work.answered(batch)
        for job in jobs:
            self._advance(job, job.payer)

    def _advance(self, job: Job, tenant: str) -> None:
        """Tokenise more of a text, or finish it."""
        self._guarded(job, partial(self._tokenise_or_finish, job, tenant))

    def _tokenise_or_finish(self, job: Job, tenant: str) -> None:
        if job.task is None:
            job.task = self._model.begin(job.text)
        pieces, job.is_exhausted = _pieces(job.task.more)
        if pieces or job.open:
            with self._lock:
                self._work.prepared(job, tenant, pieces)
        elif job.task.is_done:
            self._finish(job, job.task.result())
        else:
            raise RuntimeError("the task neither goes on nor ends")

    def _finish(self, job: Job, answer: Answer) -> None:
        with self._lock:
            orders = self._work.read(job, answer)
        for order in orders:
            order.settle()

    def _guarded(self, job: Job, step: Step) -> None:
        """Take a step for a text so that whatever it raises reaches those who wait for it, and nobody else."""
        try:
            step()
        except Exception as fault:  # noqa: BLE001 - a fault in a model must become a report, never an open door
            self._fail([job], fault)

    def _fail(self, jobs: Sequence[Job], fault: Exception) -> None:
        logger.warning("The model %s raised %s.", self._model.name, type(fault).__name__)
        with self._lock:
            orders = self._work.drop(jobs)
        for order in orders:
            order.fail(fault)


def _take(job: Job, piece: Any, answer: Any) -> None:
    if job.task is not None:
        job.task.take(piece, answer)


def _pieces(more: Callable[[], Sequence[Any]]) -> tuple[list[Any], bool]:
    """Give pieces of some length, and whether there are no more until answers have come."""
    pieces: list[Any] = []
    tokens = 0
    while tokens < TURN_TOKENS:
        part = more()
        if not part:
            return pieces, True
        pieces += part
        tokens += sum(map(len, part))
    return pieces, False
