"""How far training is, by the clock or by steps, and the learning rate that belongs there."""

from dataclasses import dataclass
from math import cos, pi
from typing import Final

WARM_UP: Final = 0.05
"""Share of the training during which the rate rises."""


@dataclass(frozen=True, slots=True)
class Budget:
    """So many seconds or so many steps. By the clock, a run is fully annealed however fast the machine is."""

    seconds: float | None = None
    steps: int | None = None

    def __post_init__(self) -> None:
        """Raise ValueError unless exactly one of the two is given."""
        if (self.seconds is None) == (self.steps is None):
            raise ValueError("a budget is either seconds or steps")

    def progress(self, steps: int, seconds: float) -> float:
        """Return the share that is done, 1 or more when training is over."""
        return steps / self.steps if self.steps else seconds / (self.seconds or 1.0)


def rate_at(progress: float) -> float:
    """Return the factor of the peak rate: a linear rise, then half a cosine down to zero."""
    if progress < WARM_UP:
        return max(progress, 0.0) / WARM_UP
    return 0.5 * (1 + cos(pi * min((progress - WARM_UP) / (1 - WARM_UP), 1.0)))
