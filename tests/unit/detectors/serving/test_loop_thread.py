"""Work that another thread's event loop does."""

import asyncio
import threading
from concurrent.futures import CancelledError

import pytest

from detectors.serving.loop_thread import LoopThread


async def nothing() -> None:
    pass


def test_work_runs_in_its_thread_and_answers_in_a_future():
    loop = LoopThread("mine")

    async def name() -> str:
        await asyncio.sleep(0)
        return threading.current_thread().name

    assert loop.begin(name).result(5) == "mine"
    loop.close(nothing)


def test_cancelling_the_future_cancels_the_work():
    loop, begun, cancelled = LoopThread("mine"), threading.Event(), threading.Event()

    async def work() -> None:
        begun.set()
        try:
            await asyncio.sleep(60)
        finally:
            cancelled.set()

    future = loop.begin(work)
    assert begun.wait(5)
    assert future.cancel()
    assert cancelled.wait(5)
    loop.close(nothing)


def test_closing_cancels_what_is_under_way_then_does_the_last_of_it():
    loop, begun, order = LoopThread("mine"), threading.Event(), []

    async def work() -> None:
        begun.set()
        try:
            await asyncio.sleep(60)
        finally:
            order.append("cancelled")

    async def last() -> None:
        order.append("last")

    future = loop.begin(work)
    assert begun.wait(5)
    loop.close(last)
    with pytest.raises(CancelledError):
        future.result(5)
    assert order == ["cancelled", "last"]
    loop.close(last)
    assert order == ["cancelled", "last"]
    with pytest.raises(RuntimeError):
        loop.begin(nothing)
    assert "mine" not in {thread.name for thread in threading.enumerate()}
