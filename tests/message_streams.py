"""Streamed Messages as Anthropic sends them, and a client that puts them together again."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from gateway.dialects.anthropic.stream import MessageStream
from gateway.pseudonyms.mask import TokenMap
from gateway.pseudonyms.restore import Restorer
from gateway.stream.guard import StreamGuard
from gateway.stream.limits import Limits
from tests.vendors.events import documents, event

MESSAGE = {
    "id": "msg_1", "type": "message", "role": "assistant", "content": [], "model": "claude-sonnet-4-5",
    "stop_reason": None, "stop_sequence": None, "usage": {"input_tokens": 25, "output_tokens": 1},
}  # fmt: skip


def told(kind: str, **members: Any) -> bytes:
    """Write one event."""
    return event({"type": kind, **members}, kind)


START = told("message_start", message=MESSAGE)
STOP = told("message_stop")


def begin(index: int = 0, kind: str = "text", **members: Any) -> bytes:
    """Write the start of a block."""
    return told("content_block_start", index=index, content_block={"type": kind, **members})


def delta(index: int, kind: str, **members: Any) -> bytes:
    """Write a piece of a block."""
    return told("content_block_delta", index=index, delta={"type": kind, **members})


def say(text: str, index: int = 0) -> bytes:
    """Write a piece of a text."""
    return delta(index, "text_delta", text=text)


def think(text: str, index: int = 0) -> bytes:
    """Write a piece of thinking."""
    return delta(index, "thinking_delta", thinking=text)


def give(text: str, index: int = 0) -> bytes:
    """Write a piece of a tool's input."""
    return delta(index, "input_json_delta", partial_json=text)


def call(index: int = 0, name: str = "send", kind: str = "tool_use", **members: Any) -> bytes:
    """Write the start of a tool call."""
    return begin(index, kind, id=f"toolu_{index}", name=name, input={}, **members)


def end(index: int = 0) -> bytes:
    """Write the end of a block."""
    return told("content_block_stop", index=index)


def finish(reason: str | None = "end_turn", **usage: Any) -> bytes:
    """Write why the model stopped."""
    return told(
        "message_delta", delta={"stop_reason": reason, "stop_sequence": None}, usage={"output_tokens": 15, **usage}
    )


def guard(
    mode: str = "window", tokens: dict[str, str] | None = None, limits: Limits | None = None, *, json_text: bool = False
) -> StreamGuard:
    """Make a guard of a stream of Messages."""
    restorer = Restorer(TokenMap(tokens or {}))
    return StreamGuard(MessageStream(), restorer, mode, limits, allow_unwalked=True, json_text=json_text)


def run(guarded: StreamGuard, chunks: Iterable[bytes]) -> bytes:
    """Drive a guard whose detectors always answer at once and find nothing."""
    out = []
    for chunk in [*chunks, None]:
        guarded.finish() if chunk is None else guarded.feed(chunk)
        while passages := guarded.to_screen():
            guarded.cleared(passages)
        out.append(guarded.take())
    return b"".join(out)


def assembled(raw: bytes) -> dict[str, str]:
    """Put a stream together as an SDK does: members of blocks by index, why it stopped, errors, the end."""
    result: dict[str, str] = {}
    for one in documents(raw):
        for key, value in _PARTS.get(one["type"], lambda _: {})(one).items():
            result[key] = result.get(key, "") + value
    return result


def _members(index: int, members: dict[str, Any]) -> dict[str, str]:
    texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in members.items() if value}
    return {f"{index}.{key}": text for key, text in texts.items()}


def _piece(one: dict[str, Any]) -> dict[str, str]:
    return _members(one["index"], {key: value for key, value in one["delta"].items() if key != "type"})


_PARTS: dict[str, Callable[[dict[str, Any]], dict[str, str]]] = {
    "content_block_start": lambda one: _members(one["index"], one["content_block"]),
    "content_block_delta": _piece,
    "content_block_stop": lambda one: {f"{one['index']}.end": "yes"},
    "message_delta": lambda one: {"end": one["delta"]["stop_reason"]},
    "error": lambda one: {"error": one["error"]["type"]},
    "message_stop": lambda _: {"done": "yes"},
}
