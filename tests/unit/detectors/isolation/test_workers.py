"""A few pieces of work at a time, nobody waits for ever, and what has no work lets its memory go."""

import asyncio
import sys
import time
from pathlib import Path

import pytest

from detectors.isolation.workers import AT_A_TIME, Workers
from tests.pace import within

MODULE = "piece_of_work"


async def test_more_than_there_are_places_for() -> None:
    workers = Workers(MODULE, 30)
    answers = await asyncio.gather(*(workers.answer(b"a" * number, "echo") for number in range(9)))
    assert answers == [b"a" * number for number in range(9)]
    workers.close()


async def test_who_waits_too_long_has_no_answer() -> None:
    workers = Workers(MODULE, 2)
    begun = time.monotonic()
    answers = await asyncio.gather(*(workers.answer(b"", "sleep") for _ in range(4 * AT_A_TIME)))
    assert answers == [None] * 4 * AT_A_TIME
    assert time.monotonic() - begun < within(20)
    workers.close()


@pytest.mark.skipif(sys.platform != "linux", reason="processes stay on Linux only")
async def test_without_work_the_memory_goes() -> None:
    workers = Workers(MODULE, 30, idle_s=0.2)
    server = (await workers.answer(b"", "process") or b"").split()[1].decode()
    end = time.monotonic() + 20
    while Path(f"/proc/{server}").exists():  # noqa: ASYNC240 - no disk
        assert time.monotonic() < end
        await asyncio.sleep(0.05)
    assert await workers.answer(b"abc", "echo") == b"cba"
    workers.close()


async def test_closed_meanwhile() -> None:
    workers = Workers(MODULE, 30)
    waiting = [asyncio.create_task(workers.answer(b"", "sleep")) for _ in range(2 * AT_A_TIME)]
    await asyncio.sleep(1)
    workers.close()
    assert await asyncio.gather(*waiting) == [None] * 2 * AT_A_TIME
    assert await workers.answer(b"abc", "echo") is None


async def test_much_work_of_one_tenant_holds_up_no_other() -> None:
    workers, done = Workers(MODULE, 30), list[str]()

    async def work(tenant: str) -> None:
        await workers.answer(b"abc", "echo", tenant=tenant)
        done.append(tenant)

    await asyncio.gather(*(work("acme") for _ in range(12)), work("bolt"))
    assert done.index("bolt") <= 2 * AT_A_TIME
    workers.close()
