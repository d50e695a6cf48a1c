"""What a library gives, as bytes of the app's dialect."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from pydantic import BaseModel

from gateway.dialects.library import library_call
from gateway.errors import UpstreamInvalid, UpstreamTimeout, UpstreamUnreachable
from gateway.upstream.library_answer import StreamAnswer, WholeAnswer, as_json


class Event(BaseModel):
    type: str
    text: str | None = None


async def stream(*items: Any) -> AsyncIterator[Any]:
    for item in items:
        if isinstance(item, Exception):
            raise item
        if isinstance(item, float):
            await asyncio.sleep(item)
        else:
            yield item


async def read(dialect: str, *items: Any) -> bytes:
    answer = StreamAnswer(stream(*items), library_call(dialect), 0.05, lambda _: None)
    return b"".join([chunk async for chunk in answer.chunks()])


FRAMES = {
    "named by its type": ("openai.responses", Event(type="a"), b'event: a\ndata: {"type":"a"}\n\n'),
    "without a name": ("openai.chat", {"id": 1}, b'data: {"id":1}\n\ndata: [DONE]\n\n'),
    "written already": ("anthropic.messages", b"event: ping\ndata: {}\n\n", b"event: ping\ndata: {}\n\n"),
    "written already, as text": ("gemini.generate", "data: {}\n\n", b"data: {}\n\n"),
}


@pytest.mark.parametrize(("dialect", "item", "written"), FRAMES.values(), ids=FRAMES)
async def test_events_are_framed_as_the_dialect_wants(dialect: str, item: Any, written: bytes) -> None:
    assert await read(dialect, item) == written


def test_members_without_a_value_are_left_out() -> None:
    assert as_json(Event(type="a")) == b'{"type":"a"}'


@pytest.mark.parametrize(
    ("fault", "told"), [(ValueError("ann.lee"), UpstreamUnreachable), (1.0, UpstreamTimeout)], ids=["breaks", "stalls"]
)
async def test_a_stream_that_ends_badly_is_told_without_its_words(fault: Any, told: type[Exception]) -> None:
    with pytest.raises(told) as caught:
        await read("openai.chat", {"id": 1}, fault)
    assert "ann.lee" not in str(caught.value)


async def test_a_stream_that_is_left_is_ended_once_and_one_at_its_end_is_not() -> None:
    left: list[Any] = []
    for reads, ended in ((False, 1), (True, 0)):
        left.clear()
        answer = StreamAnswer(stream({"id": 1}), library_call("openai.chat"), 1, left.append)
        if reads:
            await answer.body(100)
        answer.close()
        answer.close()
        assert len(left) == ended


async def test_a_whole_answer_has_a_limit() -> None:
    answer = WholeAnswer(200, b"12345")
    assert await answer.body(5) == b"12345"
    with pytest.raises(UpstreamInvalid):
        await answer.body(4)
