"""What every store of counters must do, told to memory and to a real Redis alike."""

import asyncio
import os
import uuid
from collections.abc import AsyncIterator, Callable

import pytest

from gateway.limits.claim import DAY, MINUTE, NEVER, UNDER_WAY, Bound, Claim, Measure, Store, StoreAway, Window
from gateway.limits.memory import MemoryStore
from gateway.limits.replicas import RedisStore, _Settlement
from tests.parts import require_redis

pytestmark = pytest.mark.integration

SECOND = Window(100, 11)  # slides over a second: a minute is too long to wait for
MakeStore = Callable[..., Store]


@pytest.fixture(params=["memory", "redis"])
async def make(request: pytest.FixtureRequest) -> AsyncIterator[MakeStore]:
    """Make stores that share their counters, as replicas do; memory has but one."""
    made: list[Store] = []
    prefix = f"test-{os.getpid()}-{uuid.uuid4().hex}"

    def store(**options: float) -> Store:
        if request.param == "redis":
            made.append(RedisStore(require_redis(), prefix=prefix, timeout_s=2, **options))
        elif not made:
            made.append(MemoryStore())
        return made[-1]

    yield store
    for one in made:
        await one.close()


def bound(limit: int, window: Window = MINUTE, name: str = "q") -> Bound:
    return Bound(f"{{acme}}:{name}:{window.slice_ms}", name, Measure.TOKENS, limit, window)


def ticket() -> str:
    return uuid.uuid4().hex


async def used(store: Store, one: Bound) -> int:
    """Read a counter by asking for nothing."""
    number = ticket()
    claims = [Claim(one, 0)]
    level = (await store.reserve(number, claims)).levels[0]
    await settled(store, number, claims, 0)
    return level.used


async def settled(store: Store, number: str, claims: list[Claim], *amounts: int) -> None:
    store.settle(number, claims, amounts)
    if isinstance(store, RedisStore):
        await asyncio.gather(*store._settling.values())


async def test_a_limit_is_reached_and_not_exceeded(make: MakeStore) -> None:
    stores = [make(), make()]
    answers = await asyncio.gather(
        *(stores[number % 2].reserve(ticket(), [Claim(bound(10), 1)]) for number in range(40))
    )
    assert sum(answer.granted for answer in answers) == 10
    assert await used(stores[1], bound(10)) == 10


async def test_all_claims_are_taken_or_none(make: MakeStore) -> None:
    store = make()
    wide, narrow = Claim(bound(100, name="wide"), 10), Claim(bound(1, name="narrow"), 1)
    assert (await store.reserve(ticket(), [wide, narrow])).granted
    refused = await store.reserve(ticket(), [wide, narrow])
    assert (refused.granted, refused.worst.claim.bound.quota) == (False, "narrow")
    assert await used(store, wide.bound) == 10


WINDOWS = {"minute": MINUTE, "day": DAY}


@pytest.mark.parametrize("window", WINDOWS.values(), ids=WINDOWS)
@pytest.mark.parametrize(("taken", "spent"), [(10, 4), (10, 25), (10, 0), (10, 10)])
async def test_settling_leaves_what_was_used_and_counts_once(
    make: MakeStore, window: Window, taken: int, spent: int
) -> None:
    store, number, claims = make(), ticket(), [Claim(bound(20, window), taken)]
    await store.reserve(number, claims)
    for _ in range(3):
        await settled(store, number, claims, spent)
    assert await used(store, bound(20, window)) == spent


async def test_a_wait_that_is_told_is_long_enough_and_not_too_long(make: MakeStore) -> None:
    store, claims = make(), [Claim(bound(2, SECOND), 1)]
    for _ in range(2):
        await store.reserve(ticket(), claims)
    refused = await store.reserve(ticket(), claims)
    wait_ms = refused.worst.wait_ms
    assert 900 <= wait_ms <= 1100
    await asyncio.sleep(wait_ms / 1000 - 0.3)
    assert not (await store.reserve(ticket(), claims)).granted
    await asyncio.sleep(0.31)
    assert (await store.reserve(ticket(), claims)).granted


async def test_a_claim_larger_than_its_limit_never_fits(make: MakeStore) -> None:
    answer = await make().reserve(ticket(), [Claim(bound(5), 6)])
    assert (answer.granted, answer.worst.wait_ms) == (False, NEVER)


async def test_the_day_ends_at_midnight(make: MakeStore) -> None:
    store = make()
    await store.reserve(ticket(), [Claim(bound(1, DAY), 1)])
    refused = await store.reserve(ticket(), [Claim(bound(1, DAY), 1)])
    assert refused.worst.wait_ms == DAY.slice_ms - refused.now_ms % DAY.slice_ms


async def test_a_place_is_free_again_when_its_call_is_settled(make: MakeStore) -> None:
    store, place = make(), [Claim(bound(2, UNDER_WAY), 1)]
    tickets = [ticket() for _ in range(3)]
    granted = [(await store.reserve(number, place)).granted for number in tickets]
    assert granted == [True, True, False]
    await settled(store, tickets[2], place, 1)  # it never had one
    assert not (await store.reserve(ticket(), place)).granted
    await settled(store, tickets[0], place, 1)
    assert (await store.reserve(ticket(), place)).granted
    assert not (await store.reserve(ticket(), place)).granted


async def test_large_amounts_are_exact(make: MakeStore) -> None:
    store, number, claims = make(), ticket(), [Claim(bound(2**50, DAY), 2**49 + 1)]
    await store.reserve(number, claims)
    await settled(store, number, claims, 2**49 - 12_345)
    assert await used(store, bound(2**50, DAY)) == 2**49 - 12_345


class TestReplicas:
    @pytest.fixture(params=["redis"])
    async def make(self, request: pytest.FixtureRequest) -> AsyncIterator[MakeStore]:
        prefix = f"test-{os.getpid()}-{uuid.uuid4().hex}"
        made: list[RedisStore] = []

        def store(**options: float) -> Store:
            made.append(RedisStore(require_redis(), prefix=prefix, timeout_s=2, **options))
            return made[-1]

        yield store
        for one in made:
            await one.close()

    async def test_a_long_call_keeps_its_place_and_a_dead_one_loses_it(self, make: MakeStore) -> None:
        alive, dead = make(lease_s=0.6), make(lease_s=0.6)
        place = [Claim(bound(2, UNDER_WAY), 1)]
        long_call = ticket()
        assert (await alive.reserve(long_call, place)).granted
        assert (await dead.reserve(ticket(), place)).granted
        assert isinstance(dead, RedisStore)
        dead._keeper.cancel()
        assert not (await alive.reserve(ticket(), place)).granted
        await asyncio.sleep(1.5)
        assert (await alive.reserve(ticket(), place)).granted  # the dead one's
        assert not (await alive.reserve(ticket(), place)).granted
        await settled(alive, long_call, place, 1)
        assert (await alive.reserve(ticket(), place)).granted

    async def test_a_reserve_that_is_sent_twice_takes_once(self, make: MakeStore) -> None:
        store, number, claims = make(), ticket(), [Claim(bound(10), 3), Claim(bound(5, UNDER_WAY), 1)]
        assert (await store.reserve(number, claims)).granted
        assert (await store.reserve(number, claims)).granted
        assert [await used(store, claim.bound) for claim in claims] == [3, 1]

    async def test_a_place_does_not_come_back_by_a_late_renewal(self, make: MakeStore) -> None:
        store, number, place = make(), ticket(), [Claim(bound(1, UNDER_WAY), 1)]
        assert isinstance(store, RedisStore)
        await store.reserve(number, place)
        await settled(store, number, place, 1)
        store._under_way[number] = place
        await store._renew()
        assert (await store.reserve(ticket(), place)).granted

    async def test_a_call_that_is_cancelled_while_it_asks_leaves_nothing_taken(self, make: MakeStore) -> None:
        store, claims = make(), [Claim(bound(10), 3), Claim(bound(1, UNDER_WAY), 1)]
        assert isinstance(store, RedisStore)
        cancelled = 0
        for steps in range(12):
            number = ticket()
            asking = asyncio.create_task(store.reserve(number, claims))
            for _ in range(steps):
                await asyncio.sleep(0)
            asking.cancel()
            (answer,) = await asyncio.gather(asking, return_exceptions=True)
            cancelled += isinstance(answer, asyncio.CancelledError)
            if not isinstance(answer, asyncio.CancelledError):
                await settled(store, number, claims, 0, 0)
            await asyncio.gather(*store._settling.values())
        assert cancelled >= 2
        assert [await used(store, claim.bound) for claim in claims] == [0, 0]

    async def test_a_reserve_that_was_given_up_takes_nothing_when_it_arrives_late(self, make: MakeStore) -> None:
        store, number, claims = make(), ticket(), [Claim(bound(10), 3), Claim(bound(1, UNDER_WAY), 1)]
        assert isinstance(store, RedisStore)
        await store._settle(_Settlement(number, claims, [0, 0], is_void=True))
        await store.reserve(number, claims)
        assert [await used(store, claim.bound) for claim in claims] == [0, 0]

    async def test_every_key_expires(self, make: MakeStore) -> None:
        store, claims = make(), [Claim(bound(10, window), 1) for window in (MINUTE, DAY, UNDER_WAY)]
        assert isinstance(store, RedisStore)
        number = ticket()
        await store.reserve(number, claims)
        keys = [key async for key in store._redis.scan_iter(f"{store._prefix}*")]
        assert len(keys) == 4
        assert all([await store._redis.pttl(key) > 0 for key in keys])


async def test_a_redis_that_is_not_there_says_so_and_is_not_waited_for() -> None:
    store = RedisStore("redis://127.0.0.1:1", timeout_s=0.2)
    with pytest.raises(StoreAway):
        await store.reserve(ticket(), [Claim(bound(1), 1)])
    assert await store.fault() == "the shared limits can't be read"
    await store.close()
