"""Reading a body, and noticing that nobody waits any more."""

import asyncio
from collections.abc import Sequence

import pytest
from starlette.types import Message, Receive

from gateway.errors import BodyTooLarge
from gateway.routes.body import ClientGone, read_body
from gateway.routes.disconnect import UntilDisconnect


def sends(*messages: Message) -> Receive:
    queue = list(messages)

    async def receive() -> Message:
        return queue.pop(0)

    return receive


def parts(*chunks: bytes) -> Sequence[Message]:
    return [{"type": "http.request", "body": chunk, "more_body": i < len(chunks) - 1} for i, chunk in enumerate(chunks)]


@pytest.mark.parametrize("chunks", [(b"",), (b"abc",), (b"a", b"", b"bc")], ids=["empty", "one", "several"])
async def test_a_body_is_put_together(chunks: tuple[bytes, ...]) -> None:
    assert await read_body({"headers": []}, sends(*parts(*chunks)), 3) == b"".join(chunks)


async def test_a_body_one_byte_too_long_is_refused() -> None:
    with pytest.raises(BodyTooLarge):
        await read_body({"headers": []}, sends(*parts(b"ab", b"cd")), 3)


async def test_a_body_that_says_it_is_too_long_is_not_even_read() -> None:
    with pytest.raises(BodyTooLarge):
        await read_body({"headers": [(b"content-length", b"4")]}, sends(), 3)


async def test_a_client_that_leaves_while_sending_is_gone() -> None:
    with pytest.raises(ClientGone):
        await read_body({"headers": []}, sends(parts(b"a", b"b")[0], {"type": "http.disconnect"}), 3)


class TestUntilDisconnect:
    async def test_lets_the_work_finish(self) -> None:
        async def stays() -> Message:
            await asyncio.sleep(60)
            return {"type": "http.disconnect"}

        async with UntilDisconnect(stays):
            await asyncio.sleep(0)

    async def test_cancels_the_work_of_a_client_that_leaves(self) -> None:
        with pytest.raises(ClientGone):
            async with UntilDisconnect(sends({"type": "http.disconnect"})):
                await asyncio.sleep(60)

    async def test_lets_a_cancellation_from_elsewhere_through(self) -> None:
        async def stays() -> Message:
            await asyncio.sleep(60)
            return {"type": "http.disconnect"}

        async def guarded() -> None:
            async with UntilDisconnect(stays):
                await asyncio.sleep(60)

        task = asyncio.create_task(guarded())
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    async def test_does_not_hide_the_works_own_error(self) -> None:
        with pytest.raises(KeyError):
            async with UntilDisconnect(sends({"type": "http.disconnect"})):
                raise KeyError
