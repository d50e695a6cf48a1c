"""What is promised of the race, and whether it was kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.detectors.race import CLIENTS, Result

PROMISED = {"cuda": 3.0, "cpu": 1.5}
"""How many times the padded one's tokens a second ours reads, on a card and on a processor; and at a lower p99."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How ours did beside the padded one of its kind: `times` its tokens a second, both None where not measured.

    `is_quicker`: with the most clients the slowest hundredth waits less.
    """

    ours: Result
    usual: Result
    times: float | None = None
    is_quicker: bool | None = None

    @property
    def held(self) -> bool | None:
        """Whether the promise was kept; None if that was not measured."""
        if self.times is None:
            return None
        return self.times >= PROMISED[self.ours.contender.device] and bool(self.is_quicker)

    def __str__(self) -> str:
        one = self.ours.contender
        what = (
            f"{one.name} on {one.device}: at least {PROMISED[one.device]:g} times the padded tokens/s, at a lower p99"
        )
        if self.times is None:
            return f"not measured ({self.ours.missing}): {what}"
        kept = "held" if self.held else "MISSED"
        return f"{kept}: {what}: {self.times:.2f}, {'lower' if self.is_quicker else 'not lower'}"


def judge(results: Sequence[Result]) -> list[Verdict]:
    """Compare ours with the padded one, pair by pair."""
    verdicts = []
    for ours, usual in zip(results[::2], results[1::2], strict=True):
        if ours.missing:
            verdicts.append(Verdict(ours, usual))
            continue
        most = max(CLIENTS)
        is_quicker = ours.samples[most].p99_ms < usual.samples[most].p99_ms
        verdicts.append(Verdict(ours, usual, ours.tokens_per_s / usual.tokens_per_s, is_quicker))
    return verdicts
