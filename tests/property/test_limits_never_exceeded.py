"""Whatever calls do in whatever order: no limit is exceeded by what was granted, and nothing stays taken."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from gateway.limits.claim import DAY, MINUTE, UNDER_WAY, Bound, Claim, Measure
from gateway.limits.memory import MemoryStore

TOKENS, DAILY, PLACES = 50, 120, 4
BOUNDS = (
    Bound("{t}:minute", "q", Measure.TOKENS, TOKENS, MINUTE),
    Bound("{t}:day", "q", Measure.TOKENS, DAILY, DAY),
    Bound("{t}:now", "q", Measure.CONCURRENT, PLACES, UNDER_WAY),
)
NOON = 1_767_268_800_000

steps = st.lists(
    st.tuples(st.sampled_from(["reserve", "reserve", "settle", "again", "wait"]), st.integers(1, 60)), max_size=60
)


def claims(amount: int) -> list[Claim]:
    return [Claim(BOUNDS[0], amount), Claim(BOUNDS[1], amount), Claim(BOUNDS[2], 1)]


class World:
    """A store, and the same by brute force: every amount with its moment."""

    def __init__(self) -> None:
        self.now = NOON
        self.store = MemoryStore(lambda: self.now)
        self.taken: dict[int, tuple[int, int]] = {}
        self.added: list[tuple[int, int]] = []
        self.open: dict[int, int] = {}
        self.settled: list[int] = []
        self.calls = 0

    def wait(self, amount: int) -> None:
        self.now += amount * 1_500

    def reserve(self, amount: int) -> None:
        """Whatever is granted keeps every limit; what calls used over their estimate counts, too."""
        self.calls += 1
        minute, day = self._since(self.now - 60_000), self._since(self.now // DAY.slice_ms * DAY.slice_ms - 1)
        if asyncio.run(self.store.reserve(str(self.calls), claims(amount))).granted:
            assert minute + amount <= TOKENS
            assert day + amount <= DAILY
            assert len(self.open) < PLACES
            self.taken[self.calls], self.open[self.calls] = (self.now, amount), amount

    def settle(self, amount: int) -> None:
        if not self.open:
            return
        ticket = next(iter(self.open))
        reserved = self.open.pop(ticket)
        self.store.settle(str(ticket), claims(reserved), [amount, amount, 1])
        self.taken[ticket] = (self.taken[ticket][0], min(amount, reserved))
        self.added.append((self.now, max(0, amount - reserved)))
        self.settled.append(ticket)

    def again(self, amount: int) -> None:
        for ticket in self.settled:
            self.store.settle(str(ticket), claims(5), [amount, amount, 1])

    def _since(self, at_ms: int) -> int:
        return sum(amount for at, amount in [*self.taken.values(), *self.added] if at > at_ms)


@given(steps)
def test_no_limit_is_exceeded_and_nothing_leaks(walk: list[tuple[str, int]]) -> None:
    world = World()
    for step, amount in walk:
        getattr(world, step)(amount)
    while world.open:
        world.settle(0)
    world.now += 2 * DAY.slice_ms
    levels = asyncio.run(world.store.reserve("last", claims(TOKENS))).levels
    assert [level.used for level in levels] == [0, 0, 0]
    assert set(world.store._tickets) == {"last"}
