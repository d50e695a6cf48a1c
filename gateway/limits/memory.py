"""Counters in this process: enough for one replica, gone when it ends."""

import threading
import time
from collections.abc import Callable, Sequence

from gateway.limits.claim import NEVER, PLACE_WAIT_MS, UNDER_WAY, Answer, Claim, Level, Window

_SWEEP_MS = 60_000


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


class _Counter:
    """What is taken of one limit, by slice; `total` is the sum of the slices that count."""

    __slots__ = ("_pruned", "slices", "total", "window")

    def __init__(self, window: Window) -> None:
        self.window = window
        self._pruned = -1
        self.slices: dict[int, int] = {}
        self.total = 0

    def prune(self, now_ms: int) -> None:
        width, slices = self.window
        if not width:
            return
        oldest = now_ms // width - slices + 1
        if oldest == self._pruned:
            return
        self._pruned = oldest
        for number in [number for number in self.slices if number < oldest]:
            self.total -= self.slices.pop(number)

    def add(self, amount: int, at_ms: int) -> None:
        """Add to a moment's slice; what is taken from a slice that counts no more is forgotten."""
        number = at_ms // self.window.slice_ms if self.window.slice_ms else 0
        if amount > 0 or number in self.slices:
            self.slices[number] = self.slices.get(number, 0) + amount
            self.total += amount

    def wait_ms(self, limit: int, amount: int, now_ms: int) -> int:
        """Give how long it takes until `amount` fits."""
        if self.total + amount <= limit:
            return 0
        if amount > limit:
            return NEVER
        left = self.total
        for number in sorted(self.slices):
            left -= self.slices[number]
            if left + amount <= limit:
                return self.window.ends_ms(number) - now_ms
        raise AssertionError("without any slice everything fits")


class MemoryStore:
    """Counts for one process. `clock` gives milliseconds since 1970. Safe to use from several threads."""

    def __init__(self, clock: Callable[[], int] = _now_ms) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._counters: dict[str, _Counter] = {}
        self._tickets: dict[str, int] = {}
        self._sweep_at = 0

    async def reserve(self, ticket: str, claims: Sequence[Claim]) -> Answer:
        """See `gateway.limits.claim.Store`; never raises `StoreAway`."""
        with self._lock:
            now = self._clock()
            if now >= self._sweep_at:
                self._sweep(now)
            counters = [self._counter(claim, now) for claim in claims]
            levels = tuple(
                Level(claim, counter.total, _wait(counter, claim, now))
                for claim, counter in zip(claims, counters, strict=True)
            )
            granted = not any(level.wait_ms for level in levels)
            if granted:
                self._tickets[ticket] = now
                for claim, counter in zip(claims, counters, strict=True):
                    counter.add(claim.amount, now)
            return Answer(granted, now, levels)

    def settle(self, ticket: str, claims: Sequence[Claim], used: Sequence[int]) -> None:
        """See `gateway.limits.claim.Store`."""
        with self._lock:
            taken_at = self._tickets.pop(ticket, None)
            if taken_at is None:
                return
            now = self._clock()
            for claim, amount in zip(claims, used, strict=True):
                missing = amount - claim.amount
                counter = self._counter(claim, now)
                if claim.bound.window is UNDER_WAY:
                    counter.add(-claim.amount, 0)
                elif missing:
                    counter.add(missing, now if missing > 0 else taken_at)

    async def written(self, ticket: str) -> None:
        """Memory is written at once."""

    async def fault(self) -> str:
        """Memory is always there."""
        return ""

    async def close(self) -> None:
        """There is nothing to write."""

    def _counter(self, claim: Claim, now_ms: int) -> _Counter:
        bound = claim.bound
        counter = self._counters.get(bound.key)
        if counter is None:
            counter = self._counters[bound.key] = _Counter(bound.window)
        counter.prune(now_ms)
        return counter

    def _sweep(self, now_ms: int) -> None:
        """Forget the counters of callers who are quiet."""
        self._sweep_at = now_ms + _SWEEP_MS
        for key, counter in list(self._counters.items()):
            counter.prune(now_ms)
            if not counter.total:
                del self._counters[key]


def _wait(counter: _Counter, claim: Claim, now_ms: int) -> int:
    bound = claim.bound
    if bound.window is UNDER_WAY:
        return 0 if counter.total + claim.amount <= bound.limit else PLACE_WAIT_MS
    return counter.wait_ms(bound.limit, claim.amount, now_ms)
