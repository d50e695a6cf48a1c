"""Time limits of a search, in the processor time of the thread that searches."""

from time import monotonic, thread_time


class Deadline:
    """When a search gives up: once its thread has worked for so many seconds since this was made.

    Its own work counts, not what it waits for others: beside a hostile text that keeps the interpreter busy, an honest
    one takes longer and is still answered. Make and ask it in the same thread.
    """

    __slots__ = ("_latest", "_own_latest")

    def __init__(self, seconds: float) -> None:
        self._latest = monotonic() + seconds
        self._own_latest = thread_time() + seconds

    def seconds_left(self) -> float:
        """Give the seconds until the search gives up; raise `TimeoutError` when there are none."""
        left = self._latest - monotonic()
        return left if left > 0 else self._own_seconds_left()

    def _own_seconds_left(self) -> float:
        """Read the thread's clock, ten times as slow to read as the other: only when its time may be up."""
        left = self._own_latest - thread_time()
        if left <= 0:
            raise TimeoutError
        self._latest = monotonic() + left
        return left
