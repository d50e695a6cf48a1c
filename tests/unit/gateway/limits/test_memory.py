"""Counters in memory, by a clock that the test winds."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from gateway.limits.claim import DAY, MINUTE, NEVER, UNDER_WAY, Answer, Bound, Claim, Measure, Window
from gateway.limits.memory import MemoryStore

NOON = 1_767_268_800_000  # 2026-01-01 12:00 UTC


class Clock:
    def __init__(self, at_ms: int = NOON) -> None:
        self.at_ms = at_ms

    def __call__(self) -> int:
        return self.at_ms


def bound(limit: int, window: Window = MINUTE, name: str = "q", measure: Measure = Measure.TOKENS) -> Bound:
    return Bound(f"{{acme}}:{name}:{measure}:{window.slice_ms}", name, measure, limit, window)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(clock: Clock) -> MemoryStore:
    return MemoryStore(clock)


async def take(store: MemoryStore, ticket: str, *claims: Claim) -> Answer:
    return await store.reserve(ticket, claims)


WAITS = {  # limit, window, what was taken (seconds after noon, amount), asked when, amount, milliseconds to wait
    "the first call": (10, MINUTE, (), 0, 10, 0),
    "the last that fits": (10, MINUTE, ((0, 9),), 30, 1, 0),
    "one too many": (10, MINUTE, ((0, 10),), 30, 1, 31_000),
    "one of two has to leave": (10, MINUTE, ((0, 4), (20, 6)), 30, 3, 31_000),
    "both have to leave": (10, MINUTE, ((0, 4), (20, 6)), 30, 5, 51_000),
    "a minute later": (10, MINUTE, ((0, 10),), 61, 10, 0),
    "just before": (10, MINUTE, ((0, 10),), 60.999, 10, 1),
    "more than the limit": (10, MINUTE, (), 0, 11, NEVER),
    "the day's end": (10, DAY, ((0, 10),), 3600, 1, 11 * 3_600_000),
    "the next day": (10, DAY, ((0, 10),), 12 * 3600, 10, 0),
    "a place is free": (2, UNDER_WAY, ((0, 1),), 0, 1, 0),
    "no place is free": (2, UNDER_WAY, ((0, 1), (0, 1)), 9_999_999, 1, 1_000),
}


@pytest.mark.parametrize(("limit", "window", "taken", "at", "amount", "wait_ms"), WAITS.values(), ids=WAITS)
async def test_how_long_a_claim_waits(
    clock: Clock, store: MemoryStore, limit: int, window: Window, taken: tuple, at: float, amount: int, wait_ms: int
) -> None:
    limited = bound(limit, window)
    for number, (seconds, before) in enumerate(taken):
        clock.at_ms = NOON + seconds * 1000
        assert (await take(store, f"before-{number}", Claim(limited, before))).granted
    clock.at_ms = NOON + int(at * 1000)
    answer = await take(store, "now", Claim(limited, amount))
    assert (answer.granted, answer.worst.wait_ms) == (wait_ms == 0, wait_ms)


async def test_the_wait_that_is_told_is_long_enough_and_not_too_long(clock: Clock, store: MemoryStore) -> None:
    limited = bound(3)
    for number in range(3):
        clock.at_ms += 7_321
        await take(store, f"{number}", Claim(limited, 1))
    told = (await take(store, "next", Claim(limited, 1))).worst.wait_ms
    clock.at_ms += told - 1
    assert not (await take(store, "next", Claim(limited, 1))).granted
    clock.at_ms += 1
    assert (await take(store, "next", Claim(limited, 1))).granted


async def test_all_claims_are_taken_or_none(store: MemoryStore) -> None:
    wide, narrow = bound(100, name="wide"), bound(1, name="narrow")
    await take(store, "a", Claim(wide, 10), Claim(narrow, 1))
    refused = await take(store, "b", Claim(wide, 10), Claim(narrow, 1))
    assert not refused.granted
    assert refused.worst.claim.bound is narrow
    assert (await take(store, "c", Claim(wide, 1))).levels[0].used == 10


SETTLED = {  # taken, used, seconds between, what counts afterwards
    "less was used": (10, 4, 5, 4),
    "more was used": (10, 25, 5, 25),
    "nothing was used": (10, 0, 5, 0),
    "just so": (10, 10, 5, 10),
    "less, when its slice is gone": (10, 4, 90, 0),
    "more, when its slice is gone": (10, 25, 90, 15),
}


@pytest.mark.parametrize(("taken", "used", "seconds", "left"), SETTLED.values(), ids=SETTLED)
async def test_settling_leaves_what_was_used(
    clock: Clock, store: MemoryStore, taken: int, used: int, seconds: int, left: int
) -> None:
    claims = [Claim(bound(20), taken)]
    await store.reserve("a", claims)
    clock.at_ms += seconds * 1000
    for _ in range(3):  # only the first time counts
        store.settle("a", claims, [used])
    assert (await take(store, "b", Claim(bound(20), 0))).levels[0].used == left


async def test_a_call_that_was_refused_has_nothing_to_settle(store: MemoryStore) -> None:
    place = Claim(bound(1, UNDER_WAY), 1)
    await take(store, "a", place)
    assert not (await take(store, "b", place)).granted
    store.settle("b", [place], [0])
    assert not (await take(store, "b", place)).granted
    store.settle("a", [place], [1])
    assert (await take(store, "b", place)).granted


async def test_callers_who_are_quiet_are_forgotten(clock: Clock, store: MemoryStore) -> None:
    for number in range(100):
        claims = [Claim(bound(5, name=f"q{number}"), 1), Claim(bound(5, UNDER_WAY, name=f"q{number}"), 1)]
        await store.reserve(f"{number}", claims)
        store.settle(f"{number}", claims, [1, 1])
    clock.at_ms += 200_000
    await take(store, "late", Claim(bound(5, name="late"), 1))
    assert list(store._counters) == [bound(5, name="late").key]
    assert list(store._tickets) == ["late"]


def test_many_threads_share_one_limit() -> None:
    store = MemoryStore(Clock())
    claims = [Claim(bound(500), 1), Claim(bound(10_000, UNDER_WAY), 1)]

    def work(worker: int) -> int:
        async def run() -> int:
            granted = 0
            for number in range(200):
                ticket = f"{worker}-{number}"
                if (await store.reserve(ticket, claims)).granted:
                    granted += 1
                    store.settle(ticket, claims, [1, 1])
            return granted

        return asyncio.run(run())

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(work, range(8))) == 500
    assert asyncio.run(store.reserve("last", claims[1:])).levels[0].used == 0
