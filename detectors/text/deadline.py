"""Time limits: readings of `time.monotonic` after which a search gives up."""

from time import monotonic


def seconds_left(deadline: float) -> float:
    """Give the seconds until the deadline; raise `TimeoutError` when there are none."""
    left = deadline - monotonic()
    if left <= 0:
        raise TimeoutError
    return left
