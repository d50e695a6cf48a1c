"""What the mock model answers: a pure function of the prompt, so that every server's reply can be checked."""

import zlib
from collections.abc import Iterator
from typing import Any

import orjson

from tests.bench.prompts import MODEL

_OPENING = "You asked: "
_CREATED = 1_767_225_600
_USAGE = {"prompt_tokens": 19, "completion_tokens": 23, "total_tokens": 42}
_PLACE = "@@"
_QUOTED = 2_000
_LETTERS = str.maketrans("0123456789", "ghijklmnop")
DONE = b"data: [DONE]\n\n"


def _envelope(kind: str) -> dict[str, Any]:
    return {"id": "chatcmpl-bench", "object": kind, "created": _CREATED, "model": MODEL}


def _plain(content: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": content, "refusal": None}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    return {**_envelope("chat.completion"), "choices": [choice], "usage": _USAGE}


_HEAD, _TAIL = orjson.dumps(_plain(_OPENING + _PLACE)).split(_PLACE.encode())


def plain(asked: bytes) -> bytes:
    """Give the reply's JSON. `asked` is the prompt as it stood inside its JSON string, still escaped.

    A long prompt is not quoted, since models answer such with less; a word made of all of it shows that it arrived.
    """
    return b"%b%b%b" % (_HEAD, asked if len(asked) <= _QUOTED else _word(asked), _TAIL)


def _word(asked: bytes) -> bytes:
    """Give eight letters that depend on every byte. No digits: a detector might take them for a number of something."""
    return format(zlib.crc32(asked), "08x").translate(_LETTERS).encode()


def stream(asked: bytes) -> bytes:
    """Give the reply as server-sent events, a word an event. `asked` is as for `plain`."""
    return b"".join(events(asked))


def events(asked: bytes) -> list[bytes]:
    """Give the same event by event."""
    chunks = _events(orjson.loads(b'"' + asked + b'"'))
    return [*(b"data: " + orjson.dumps(chunk) + b"\n\n" for chunk in chunks), DONE]


def _events(asked: str) -> Iterator[dict[str, Any]]:
    yield _chunk({"role": "assistant", "content": ""})
    for word in _OPENING.split() + asked.split():
        yield _chunk({"content": word + " "})
    yield _chunk({}, finish_reason="stop")


def _chunk(delta: dict[str, str], finish_reason: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
    return {**_envelope("chat.completion.chunk"), "choices": [choice]}


def said(body: bytes) -> str:
    """Give what the model said in a reply's body, plain or streamed, white space at its ends removed.

    Raises:
        ValueError, KeyError: The body is not a chat completion. A stream without its `[DONE]` is a ValueError.
    """
    if not body.startswith(b"data:"):
        return str(orjson.loads(body)["choices"][0]["message"]["content"]).strip()
    data = [line.removeprefix(b"data:").strip() for line in body.splitlines() if line.startswith(b"data:")]
    if data[-1] != b"[DONE]":
        raise ValueError("the stream ends without [DONE]")
    choices = [choice for line in data[:-1] for choice in orjson.loads(line)["choices"]]
    return "".join(choice["delta"].get("content") or "" for choice in choices).strip()
