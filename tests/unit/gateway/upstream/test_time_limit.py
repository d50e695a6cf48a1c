"""A wait has an end, and only its own end is told as one."""

import asyncio

import pytest

from gateway.upstream.time_limit import TimeLimit


async def test_what_is_done_in_time_is_left_alone() -> None:
    with TimeLimit(0.01):
        await asyncio.sleep(0)
    await asyncio.sleep(0.02)  # nothing comes later


async def test_a_wait_ends() -> None:
    with pytest.raises(TimeoutError), TimeLimit(0.001):
        await asyncio.sleep(10)
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0


async def test_none_is_no_limit() -> None:
    with TimeLimit(None):
        await asyncio.sleep(0.001)


async def test_a_cancellation_from_elsewhere_stays_one() -> None:
    async def wait() -> None:
        with TimeLimit(10):
            await asyncio.sleep(10)

    task = asyncio.create_task(wait())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_both_in_one_round_are_a_cancellation() -> None:
    limit = TimeLimit(0)

    async def wait() -> None:
        with limit:
            task.cancel()  # before its own end comes, in the same round of the loop
            await asyncio.get_running_loop().create_future()

    task = asyncio.create_task(wait())
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_other_errors_go_through() -> None:
    with pytest.raises(KeyError), TimeLimit(1):
        raise KeyError
