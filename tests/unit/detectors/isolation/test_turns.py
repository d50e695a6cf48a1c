"""Turns go round: who has much to do waits for himself and not for others."""

import asyncio

from detectors.isolation.turns import Turns


async def worked(turns: Turns, who: str, done: list[str]) -> None:
    await turns.take(who)
    await asyncio.sleep(0)
    done.append(who)
    turns.give_on()


async def test_a_tenant_with_one_piece_of_work_waits_for_one_of_each_other() -> None:
    turns, done = Turns(1), list[str]()
    async with asyncio.TaskGroup() as group:
        for who in ("acme", "acme", "acme", "acme", "bolt", "bolt", "cyan"):
            group.create_task(worked(turns, who, done))
    assert done == ["acme", "acme", "bolt", "cyan", "acme", "bolt", "acme"]


async def test_no_more_work_than_there_are_turns() -> None:
    turns, under_way, most = Turns(2), 0, 0

    async def work() -> None:
        nonlocal under_way, most
        await turns.take("acme")
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0)
        under_way -= 1
        turns.give_on()

    await asyncio.gather(*(work() for _ in range(9)))
    assert (most, under_way) == (2, 0)


async def test_who_gives_up_waiting_takes_no_turn_away() -> None:
    turns, done = Turns(1), list[str]()
    await turns.take("first")
    waiting = [asyncio.create_task(worked(turns, who, done)) for who in ("gone", "late", "last")]
    await asyncio.sleep(0)
    waiting[0].cancel()
    turns.give_on()
    waiting[1].cancel()  # it has just got its turn, and passes it on
    await asyncio.gather(*waiting, return_exceptions=True)
    assert done == ["last"]
    await asyncio.wait_for(turns.take("again"), 1)
