"""A circuit breaker: a server that keeps failing is left alone for a moment, so calls fail at once and not late."""

import time
from collections.abc import Callable

FAILURES = 5
PAUSE_S = 1.0


class Breaker:
    """Opens after `failures` failures in a row; then one attempt passes every `pause_s` seconds until one succeeds.

    An attempt that is cancelled needs no word: the next one simply comes a pause later. `clock` counts seconds.
    """

    __slots__ = ("_clock", "_failed", "_failures", "_pause_s", "_retry_at")

    def __init__(
        self, *, failures: int = FAILURES, pause_s: float = PAUSE_S, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._failures = failures
        self._pause_s = pause_s
        self._clock = clock
        self._failed = 0
        self._retry_at = 0.0

    @property
    def is_open(self) -> bool:
        """Whether the last attempts have failed, and none has succeeded since."""
        return self._failed >= self._failures

    @property
    def is_ready(self) -> bool:
        """Whether `admits` would say yes now; asking takes no attempt."""
        return self._failed < self._failures or self._clock() >= self._retry_at

    def admits(self) -> bool:
        """Say whether to try now; while open, a yes takes the one attempt of this pause."""
        if self._failed < self._failures:
            return True
        now = self._clock()
        if now < self._retry_at:
            return False
        self._retry_at = now + self._pause_s
        return True

    def succeed(self) -> None:
        """Note that the server answered."""
        self._failed = 0

    def fail(self) -> None:
        """Note that the server did not answer, or with an error."""
        self._failed += 1
        if self._failed == self._failures:
            self._retry_at = self._clock() + self._pause_s
