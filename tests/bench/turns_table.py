"""What `turns.py` measured: the first and the last turns of chats, and whether they cost about the same."""

import statistics
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from tests.bench.versions import machine

BOUND = 1.3
"""How many times as long as the first turn the last one may take at most (design, "Speed")."""


class Turn(NamedTuple):
    """What one turn took, in milliseconds: as its client saw it, and of the server's processor time."""

    wall: float
    cpu: float


@dataclass(slots=True)
class Ends:
    """What the first turns and the last turns of all chats took with one server."""

    first: list[Turn] = field(default_factory=list)
    last: list[Turn] = field(default_factory=list)

    def medians(self, place: int) -> tuple[float, float]:
        """Give the median of both ends by one measure, a field of `Turn`."""
        first, last = (statistics.median(turn[place] for turn in turns) for turns in (self.first, self.last))
        return first, last

    @property
    def is_level(self) -> bool:
        """Whether the last turns take at most `BOUND` times as long as the first ones, as the client sees them."""
        first, last = self.medians(0)
        return last <= BOUND * first


def as_markdown(figures: Mapping[str, Ends], chats: str, count: int) -> str:
    """Write the table, and whether the bound was kept.

    `chats` says which there were, `count` how many turns an end has.
    """
    lines = [
        "| server | first turns, ms | last turns, ms | times | first turns, CPU ms | last turns, CPU ms | times |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [f"| {name} | {_cells(ends, 0)} | {_cells(ends, 1)} |" for name, ends in figures.items()]
    for name, ends in list(figures.items())[1:]:
        lines.append(f"\n{'held' if ends.is_level else 'MISSED'}: {name}, at most {BOUND} times")
    here = machine()
    about = (
        f"{chats}; medians of the first and the last {count} turns, which alternate. Judged is the whole call, as its "
        "client sees it; beside it stands the processor time of the server alone. "
        f"{here['cores']} cores ({here['architecture']}), {datetime.now(UTC):%Y-%m-%d}"
    )
    return "\n".join([*lines, f"\n{about}."]) + "\n"


def _cells(ends: Ends, place: int) -> str:
    first, last = ends.medians(place)
    return f"{first:.2f} | {last:.2f} | {last / first:.2f}"
