"""Most chunks of a stream are read by a short cut. It must read what the long way reads, and leave the rest alone."""

from typing import Any

import orjson
import pytest

from gateway.dialects.openai.chat_chunk import ChunkReader
from gateway.dialects.openai.plain_piece import plain_piece
from gateway.dialects.sse import ServerEvent, SseParser

PLAIN = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m"}


def event_of(document: dict[str, Any]) -> ServerEvent:
    (event,) = SseParser().feed(b"data: " + orjson.dumps(document) + b"\n\n")
    return event


def chunk(choice: Any, **members: Any) -> dict[str, Any]:
    return {**PLAIN, "choices": [choice], **members}


@pytest.mark.parametrize(
    "document",
    [
        chunk({"index": 0, "delta": {"content": "Hi"}}),
        chunk({"index": 7, "delta": {"content": "Hi"}, "finish_reason": None, "logprobs": None}),
        chunk({"delta": {"content": "\\u0040"}}, usage=None),
        {"choices": [{"index": 1, "delta": {"content": " "}}]},
    ],
)
def test_a_plain_piece_is_read_as_by_the_long_way(document: dict[str, Any]) -> None:
    source, envelope = event_of(document), {"id": "c1"}

    short = plain_piece(source, document, PLAIN, envelope)

    assert short == ChunkReader(lambda *_: "", PLAIN).read(source, document, envelope)


@pytest.mark.parametrize(
    "document",
    [
        chunk({"index": 0, "delta": {"content": ""}}),
        chunk({"index": 0, "delta": {"content": None}}),
        chunk({"index": 0, "delta": {"content": [{"type": "text", "text": "Hi"}]}}),
        chunk({"index": 0, "delta": {"content": "Hi", "role": "assistant"}}),
        chunk({"index": 0, "delta": {"content": "Hi"}, "finish_reason": "stop"}),
        chunk({"index": 0, "delta": {"content": "Hi"}, "logprobs": {"content": []}}),
        chunk({"index": 0, "delta": {"content": "Hi"}, "note": None}),
        chunk({"index": -1, "delta": {"content": "Hi"}}),
        chunk({"index": True, "delta": {"content": "Hi"}}),
        chunk({"index": 0, "delta": {"content": "Hi"}}, id="jane.roe@example.org"),
        chunk({"index": 0, "delta": {"content": "Hi"}}, system_fingerprint="fp"),
        chunk({"index": 0, "delta": {"content": "Hi"}}, usage={"prompt_tokens": 1}),
        chunk({"index": 0, "delta": {"content": "Hi"}}, error=None),
        chunk("Hi"),
        {**PLAIN, "choices": [{"delta": {"content": "a"}}, {"delta": {"content": "b"}}]},
        {**PLAIN, "choices": []},
        {**PLAIN, "choices": {"0": "Hi"}},
        PLAIN,
    ],
)
def test_whatever_else_is_in_a_chunk_takes_the_long_way(document: dict[str, Any]) -> None:
    assert plain_piece(event_of(document), document, PLAIN, {}) is None
