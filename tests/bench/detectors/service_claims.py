"""What is promised of the service beside a suite in one process, and whether it was kept."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.detectors.lone import AT_SOCKET, Lone
from tests.bench.detectors.overload import TOO_MUCH, Overload, share_of

ADDED_MS = 1.0
"""What a lone short text may cost more at a Unix socket, by the median."""

TURNED_AWAY_MS = 50.0
"""Within this, 99 of 100 calls that are turned away know it."""

KEPT = 2.0
"""How many times what they wait in calm 99 of 100 accepted calls may wait under too much load."""

STILL_CALM = 0.05
"""Where more than this part of the calls is turned away in calm, the machine did less than before: it was no calm."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised, what was measured, and whether that keeps it."""

    said: str
    measured: str
    held: bool

    def __str__(self) -> str:
        return f"{'held' if self.held else 'MISSED'}: {self.said}: {self.measured}"


def judge_service(lone: Lone, overload: Overload) -> Iterator[Promise]:
    """Compare what was measured with what was promised."""
    added = lone.added_ms(AT_SOCKET)
    yield Promise(
        f"a lone short text at a Unix socket: at most {ADDED_MS:g} ms more than in this process",
        f"{added:.2f} ms",
        added <= ADDED_MS,
    )
    calm, too_much = overload.calm, overload.too_much
    slowest = share_of(too_much.refused_ms, 0.99)
    yield Promise(
        f"at {TOO_MUCH:g} times the capacity calls are turned away, and nothing else befalls them, p99 within"
        f" {TURNED_AWAY_MS:g} ms",
        f"{too_much.refused_share:.0%}, {len(too_much.faults)} faults, {slowest:.1f} ms",
        bool(too_much.refused_ms) and not too_much.faults and slowest <= TURNED_AWAY_MS,
    )
    usual, under_load = share_of(calm.accepted_ms, 0.99), share_of(too_much.accepted_ms, 0.99)
    yield Promise(
        f"the p99 of accepted calls: at most {KEPT:g} times that in calm",
        f"{under_load:.0f} ms, {usual:.0f} ms in calm, where {calm.refused_share:.0%} were turned away",
        calm.refused_share <= STILL_CALM and 0 < under_load <= KEPT * usual,
    )
