"""How fast this machine is now: limits on time are about our code, not about the processor or who else is using it."""

import time
from typing import Final

USUAL_S: Final = 0.02
"""What `_work` takes on a core of a usual server that has nothing else to do; no limit gets shorter on a faster one."""


def within(seconds: float) -> float:
    """Give the seconds that this machine may take for what takes so many on a usual one; never less than these."""
    began = time.perf_counter()
    _work()
    return seconds * max(1.0, (time.perf_counter() - began) / USUAL_S)


def _work() -> int:
    return sum(number * number for number in range(500_000))
