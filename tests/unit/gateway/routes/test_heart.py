"""A client that waits gets signs of life, one that does not wait or can't read gets none."""

import asyncio

import pytest
from starlette.types import Message

from gateway.routes.body import ClientGone
from gateway.routes.heart import PATIENCE_S, Heart
from tests.clock import in_no_time

EVERY_S = 15.0


class Connection:
    """An ASGI `send` that keeps what it was given; `open` is unset while the client does not read."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.open = asyncio.Event()
        self.open.set()

    async def __call__(self, message: Message) -> None:
        await self.open.wait()
        assert message["more_body"] is True
        self.sent.append(message["body"])


@in_no_time
async def test_silence_is_broken_again_and_again() -> None:
    wire = Connection()
    with Heart(wire, b"beat", EVERY_S) as heart:
        await heart.send(b"word")
        await asyncio.sleep(3.6 * EVERY_S)
        await heart.send(b"word")
    assert wire.sent == [b"word", b"beat", b"beat", b"beat", b"word"]


@in_no_time
async def test_words_are_signs_of_life() -> None:
    wire = Connection()
    with Heart(wire, b"beat", EVERY_S) as heart:
        for _ in range(6):
            await heart.send(b"word")
            await asyncio.sleep(EVERY_S / 2)
    assert wire.sent == [b"word"] * 6


@in_no_time
async def test_nothing_is_added_to_what_the_client_has_not_taken() -> None:
    wire = Connection()
    with Heart(wire, b"beat", EVERY_S) as heart:
        wire.open.clear()
        sending = asyncio.create_task(heart.send(b"word"))
        await asyncio.sleep(4 * EVERY_S)
        wire.open.set()
        await sending
    assert wire.sent == [b"word"]


@in_no_time
async def test_a_client_that_never_reads_on_counts_as_gone() -> None:
    wire = Connection()
    with Heart(wire, b"beat", EVERY_S) as heart:
        await heart.send(b"word")
        wire.open.clear()
        await asyncio.sleep(2 * EVERY_S)
        with pytest.raises(ClientGone):
            await heart.send(b"word")
    assert wire.sent == [b"word"]


@in_no_time
async def test_a_client_that_did_not_even_take_a_beat_is_gone_for_the_next_piece() -> None:
    wire = Connection()
    with Heart(wire, b"beat", EVERY_S, patience_s=PATIENCE_S) as heart:
        wire.open.clear()
        await asyncio.sleep(2 * EVERY_S + PATIENCE_S)
        with pytest.raises(ClientGone):
            await heart.send(b"word")
    assert wire.sent == []


@in_no_time
async def test_nothing_comes_after_the_end_even_if_a_beat_was_on_its_way() -> None:
    wire = Connection()
    with Heart(wire, b"beat", EVERY_S):
        wire.open.clear()
        await asyncio.sleep(2 * EVERY_S)
    wire.open.set()
    await asyncio.sleep(2 * EVERY_S)
    assert wire.sent == []


@in_no_time
async def test_nothing_comes_once_all_is_said() -> None:
    wire, said = Connection(), list[bytes]()
    with Heart(wire, b"beat", EVERY_S, lambda: bool(said)) as heart:
        await asyncio.sleep(1.5 * EVERY_S)
        said.append(b"end")
        await heart.send(b"end")
        await asyncio.sleep(3 * EVERY_S)
    assert wire.sent == [b"beat", b"end"]


@in_no_time
async def test_without_a_beat_or_a_time_there_is_none() -> None:
    wire = Connection()
    with Heart(wire, b"", EVERY_S), Heart(wire, b"beat", 0):
        await asyncio.sleep(2 * EVERY_S)
    assert wire.sent == []
