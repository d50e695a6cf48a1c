"""What a call asks of its quotas, and what they answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final, Literal, NamedTuple, Protocol

NEVER: Final = -1
"""The wait of a claim that is larger than its limit."""


class StoreAway(Exception):
    """The counters can't be reached, so nobody knows whether a limit holds."""


class Measure(StrEnum):
    """What is counted: requests, tokens, millionths of a dollar, or calls under way."""

    REQUESTS = "requests"
    TOKENS = "tokens"
    COST = "cost"
    CONCURRENT = "concurrent"


class Window(NamedTuple):
    """A span of time, cut into slices of the clock (UTC) that are counted apart.

    An amount counts in its own slice and in the `slices - 1` after it. With many slices the window slides, and in no
    span of `slices - 1` of them is more taken than the limit; with one it starts anew at each slice's beginning.
    """

    slice_ms: int
    slices: int

    def ends_ms(self, slice_number: int) -> int:
        """Give when what was taken in this slice counts no more, in milliseconds since 1970."""
        return (slice_number + self.slices) * self.slice_ms


MINUTE: Final = Window(1_000, 61)
DAY: Final = Window(86_400_000, 1)
UNDER_WAY: Final = Window(0, 0)
"""No span of time: what is taken counts until its call is settled."""

PLACE_WAIT_MS: Final = 1_000
"""When to try again for a place: nobody knows when one of the calls under way will be over."""

UnknownCost = Literal["block", "allow"] | Decimal
"""What a limit on cost makes of a model whose price nobody knows; a number is USD per 1,000 tokens."""


@dataclass(frozen=True, slots=True)
class Bound:
    """One limit that applies to a caller. `key` names its counter, `quota` the rule that it comes from.

    The key begins with the tenant in braces, so that all counters of one call live on one node of a Redis cluster.
    """

    key: str
    quota: str
    measure: Measure
    limit: int
    window: Window
    unknown_cost: UnknownCost = "block"


class Claim(NamedTuple):
    """So much of one limit is asked for."""

    bound: Bound
    amount: int


class Level(NamedTuple):
    """How a claim stands: what is used without it, and how many milliseconds until it fits (0: it does; NEVER)."""

    claim: Claim
    used: int
    wait_ms: int

    @property
    def remaining(self) -> int:
        """What is left once the claim is granted."""
        return max(0, self.claim.bound.limit - self.used - self.claim.amount)


class Answer(NamedTuple):
    """All claims of a call are granted, or none is. `now_ms` is the counters' own time."""

    granted: bool
    now_ms: int
    levels: tuple[Level, ...]

    @property
    def worst(self) -> Level:
        """The claim that has to wait longest, since all of them must fit."""
        return max(self.levels, key=lambda level: float("inf") if level.wait_ms == NEVER else level.wait_ms)


class Store(Protocol):
    """Where the counters are."""

    async def reserve(self, ticket: str, claims: Sequence[Claim]) -> Answer:
        """Take all claims at once or none. `ticket` names the call; what it took is held until it is settled.

        Raises:
            StoreAway: Nobody can tell now. Then nothing stays taken.
        """
        ...

    def settle(self, ticket: str, claims: Sequence[Claim], used: Sequence[int]) -> None:
        """Replace what the call took by what it used, claim by claim, and free its place. Only the first time counts.

        What was taken too much goes back to where it was taken; what is missing is added now, over the limit if need
        be. Never raises and never waits, so that it can run in a call that was cancelled.
        """
        ...

    async def written(self, ticket: str) -> None:
        """Wait until the call's settlement has been written, or can't be for now. Never raises."""
        ...

    async def fault(self) -> str:
        """Give why the counters can't be reached now, "" if they can."""
        ...

    async def close(self) -> None:
        """Write what is still to be settled."""
        ...
