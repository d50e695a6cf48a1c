"""Which calls are taken on: those for which there is room, and time."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from detectors.serving.backlog import Backlog
from detectors.serving.errors import QueueFull
from detectors.serving.figures import Figures
from detectors.serving.limits import BatchLimits
from detectors.serving.orders import Job
from detectors.serving.pace import Pace
from detectors.serving.standing import Standing

_LEAST_WAIT_S: Final = 0.1
"""What a call that is turned away is told to wait, at least."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A call that wants to be taken on at `now`: whose it is, what it brings, how long it waits, and its rank."""

    tenant: str
    tokens: int
    seconds: float
    rank: float
    now: float


class Admission:
    """Not thread-safe. `jobs` are all that are under way, `tenants` how many tenants they belong to."""

    def __init__(self, limits: BatchLimits, backlog: Backlog, pace: Pace, figures: Figures) -> None:
        self._most_wait = limits.queue_seconds
        self._backlog = backlog
        self._pace = pace
        self._figures = figures
        self._queue = Standing(self._most_wait)
        self._queues: dict[str, Standing] = {}

    def admit(self, wish: Wish, jobs: Collection[Job], tenants: int) -> None:
        """Let a call pass.

        Raises:
            QueueFull: too much waits.
            TimeoutError: it can't be done in its time, whatever else there is.
        """
        if wish.seconds <= 0 or self._seconds_for(wish.tokens, wish) > wish.seconds:
            self._figures.expired += 1
            raise TimeoutError
        if not wish.tokens:
            return
        if excess := self._backlog.excess(wish.tenant, wish.tokens):
            self._refuse(self._seconds_for(excess, wish))
        before = min(self._backlog.tokens, self._backlog.of(wish.tenant) * max(1, tenants))
        if (wait := self._seconds_for(before + wish.tokens, wish)) > wish.seconds:
            self._refuse(wait - wish.seconds)
        if self._pace.usual_seconds_for(before, wish.now) > self._most_wait:  # else it is no more by rank
            self._check_wait(wish, jobs, tenants)

    def note_wait(self, tenant: str, seconds: float, now: float) -> None:
        """Note that a tenant's call has waited so long until the first of its texts was run."""
        self._queue.note_wait(seconds, now)
        if tenant not in self._queues:
            self._queues[tenant] = Standing(self._most_wait)
        self._queues[tenant].note_wait(seconds, now)

    def forget(self, tenant: str) -> None:
        """Forget a tenant that wants nothing any more."""
        self._queues.pop(tenant, None)

    def _check_wait(self, wish: Wish, jobs: Collection[Job], tenants: int) -> None:
        """Turn a call away that would have to wait too long, if its tenant's queue stands, or that of all together."""
        ahead = [job for job in jobs if job.rank <= wish.rank]
        all_of_it = sum(job.left for job in ahead)
        own = sum(job.left for job in ahead if job.payer == wish.tenant)
        wait = self._pace.usual_seconds_for(min(all_of_it, own * max(1, tenants)), wish.now)
        is_too_long = self._queue.turns_away(wait, wish.now)
        if own_queue := self._queues.get(wish.tenant):
            is_too_long |= own_queue.turns_away(wait, wish.now)
        if is_too_long:
            self._refuse(wait - self._most_wait)

    def _seconds_for(self, tokens: int, wish: Wish) -> float:
        return self._pace.seconds_for(tokens, wish.now)

    def _refuse(self, seconds: float) -> None:
        self._figures.refused += 1
        raise QueueFull(max(seconds, _LEAST_WAIT_S))
