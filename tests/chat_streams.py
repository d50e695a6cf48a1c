"""Streamed chat replies as providers send them, and a client that puts them together again."""

import itertools
import json
from collections.abc import Iterable, Sequence
from typing import Any

from detectors.finding import Passage
from gateway.dialects.openai.chat_stream import ChatStream
from gateway.pseudonyms.mask import TokenMap
from gateway.pseudonyms.restore import Restorer
from gateway.stream.guard import StreamGuard
from gateway.stream.limits import Limits

DONE = b"data: [DONE]\n\n"
ENVELOPE = {"id": "c7", "created": 1700000000, "model": "small-1"}


def event(*choices: dict[str, Any], **more: Any) -> bytes:
    """Write one chunk as an event."""
    return b"data: " + json.dumps({**ENVELOPE, "choices": list(choices), **more}).encode() + b"\n\n"


def choice(delta: dict[str, Any], index: int = 0, reason: str | None = None) -> dict[str, Any]:
    """Write one choice of a chunk."""
    return {"index": index, "delta": delta, "finish_reason": reason}


def say(text: str, index: int = 0) -> bytes:
    """Write a chunk that adds to the content of a choice."""
    return event(choice({"content": text}, index))


def end(reason: str = "stop", index: int = 0) -> bytes:
    """Write the chunk that ends a choice."""
    return event(choice({}, index, reason))


def call(arguments: str, number: int = 0, index: int = 0, **first: str) -> bytes:
    """Write a chunk that adds to a tool call; `id` and `name` belong to the first one."""
    function = {"arguments": arguments, **({"name": first["name"]} if "name" in first else {})}
    head = {"id": first["id"], "type": "function"} if "id" in first else {}
    return event(choice({"tool_calls": [{"index": number, **head, "function": function}]}, index))


def guard(
    mode: str = "window",
    tokens: dict[str, str] | None = None,
    limits: Limits | None = None,
    *,
    usage_asked: bool = False,
    allow_unwalked: bool = False,
    json_text: bool = False,
) -> StreamGuard:
    """Make a guard of a chat stream."""
    stream, restorer = ChatStream(usage_asked=usage_asked), Restorer(TokenMap(tokens or {}))
    return StreamGuard(stream, restorer, mode, limits, allow_unwalked=allow_unwalked, json_text=json_text)


def run(guarded: StreamGuard, chunks: Iterable[bytes]) -> tuple[bytes, list[Passage]]:
    """Drive a guard whose detectors always answer at once and find nothing."""
    out, screened = [], []
    for chunk in chunks:
        guarded.feed(chunk)
        out.append(turn(guarded, screened))
    guarded.finish()
    out.append(turn(guarded, screened))
    return b"".join(out), screened


def turn(guarded: StreamGuard, screened: list[Passage]) -> bytes:
    """Screen and clear all that is to be screened now, and take what may leave."""
    passages = guarded.to_screen()
    while passages:
        screened += passages
        guarded.cleared(passages)
        passages = guarded.to_screen()
    return guarded.take()


def documents(raw: bytes) -> list[Any]:
    """Read the events of a stream as a simple client does."""
    blocks = [block.strip(b"\n") for block in raw.split(b"\n\n")]
    datas = [block[len(b"data: ") :] for block in blocks if block.startswith(b"data: ")]
    return [data.decode() if data == b"[DONE]" else json.loads(data) for data in datas]


def assembled(raw: bytes) -> dict[str, str]:
    """Put the deltas together as an SDK does: texts and tool arguments by choice, finish reasons, errors, the end."""
    result: dict[str, str] = {}
    for document in documents(raw):
        if document == "[DONE]":
            result["done"] = "yes"
        elif "error" in document:
            result["error"] = document["error"]["code"]
        else:
            for one in document["choices"]:
                _add(result, one)
    return result


def _add(result: dict[str, str], one: dict[str, Any]) -> None:
    index, delta = one["index"], one["delta"]
    for name in ("content", "refusal", "reasoning_content"):
        if delta.get(name):
            result[f"{index}.{name}"] = result.get(f"{index}.{name}", "") + delta[name]
    for tool in delta.get("tool_calls") or ():
        for key, value in (("id", tool.get("id")), *tool.get("function", {}).items()):
            if value:
                place = f"{index}.tool{tool['index']}.{key}"
                result[place] = result.get(place, "") + value
    if one.get("finish_reason"):
        result[f"{index}.end"] = one["finish_reason"]


def cut(raw: bytes, places: Sequence[int]) -> list[bytes]:
    """Cut bytes at these places, counted modulo the length."""
    borders = [0, *sorted(place % (len(raw) + 1) for place in places), len(raw)]
    return [raw[start:stop] for start, stop in itertools.pairwise(borders)]
