"""Anthropic's Messages, from the examples of https://docs.anthropic.com/en/api/messages and its page on streaming."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from tests.vendors.anthropic_api import AnthropicVendor, error
from tests.vendors.events import documents, event
from tests.vendors.vendor import Call, Ended

_MODEL = "claude-opus-4-1-20250805"
_START = {
    "id": "msg_1nZdL29xx5MUA1yADyHTEsnR8uuvGzszyY",
    "type": "message",
    "role": "assistant",
    "content": [],
    "model": _MODEL,
    "stop_reason": None,
    "stop_sequence": None,
    "usage": {"input_tokens": 25, "output_tokens": 1},
}


class AnthropicMessages(AnthropicVendor):
    name = "anthropic.messages"
    path = "/v1/messages"
    upstream_path = "/v1/messages"
    tools = True
    usage = (25, 15)
    beat = b'event: ping\ndata: {"type":"ping"}\n\n'

    def request(self, text: str, *, stream: bool = False, tools: Sequence[str] = ()) -> bytes:
        return json.dumps(asked(text, stream=stream, tools=tools)).encode()

    def reply(self, text: str) -> bytes:
        return _message([{"type": "text", "text": text}], "end_turn")

    def tool_reply(self, name: str, arguments: Mapping[str, Any]) -> bytes:
        call = {"type": "tool_use", "id": "toolu_01D7FLrfh4GYq7yT1ULFeyMV", "name": name, "input": arguments}
        return _message([{"type": "text", "text": "I'll check."}, call], "tool_use")

    def stream(self, pieces: Sequence[str]) -> list[bytes]:
        said = [_told("content_block_delta", index=0, delta={"type": "text_delta", "text": piece}) for piece in pieces]
        start = _told("content_block_start", index=0, content_block={"type": "text", "text": ""})
        return [*_begin(), start, _told("ping"), *said, _told("content_block_stop", index=0), *_end("end_turn")]

    def tool_stream(self, name: str, arguments: Mapping[str, Any]) -> list[bytes]:
        text = json.dumps(arguments)
        call = {"type": "tool_use", "id": "toolu_01T1x1fJ34qAmk2tNTrN7Up6", "name": name, "input": {}}
        parts = ["", *(text[at : at + 5] for at in range(0, len(text), 5))]
        deltas = [{"type": "input_json_delta", "partial_json": part} for part in parts]
        pieces = [_told("content_block_delta", index=0, delta=delta) for delta in deltas]
        start = _told("content_block_start", index=0, content_block=call)
        return [*_begin(), start, *pieces, _told("content_block_stop", index=0), *_end("tool_use")]

    def stream_error(self) -> bytes:
        return event(error("overloaded_error", "Overloaded"), "error")

    def seen(self, body: bytes) -> str:
        return str(json.loads(body)["messages"][-1]["content"])

    def said(self, body: bytes) -> str:
        return "".join(block["text"] for block in json.loads(body)["content"] if block["type"] == "text")

    def calls(self, body: bytes) -> list[Call]:
        blocks = json.loads(body)["content"]
        return [Call(block["name"], block["input"]) for block in blocks if block["type"] == "tool_use"]

    def said_in_stream(self, raw: bytes) -> str:
        deltas = [told["delta"] for told in documents(raw) if told["type"] == "content_block_delta"]
        return "".join(delta["text"] for delta in deltas if delta["type"] == "text_delta")

    def calls_in_stream(self, raw: bytes) -> list[Call]:
        names, inputs, calls = dict[int, str](), dict[int, str](), []
        for told in documents(raw):
            index = told.get("index")
            if told["type"] == "content_block_start" and told["content_block"]["type"] == "tool_use":
                names[index], inputs[index] = told["content_block"]["name"], ""
            elif told["type"] == "content_block_delta" and index in inputs:
                inputs[index] += told["delta"]["partial_json"]
            elif told["type"] == "content_block_stop" and index in inputs:
                calls.append(Call(names[index], json.loads(inputs[index])))
        return calls

    def ended(self, raw: bytes) -> Ended:
        told = documents(raw)
        if any(one["type"] == "error" for one in told):
            return Ended.FAILED
        reasons = [one["delta"]["stop_reason"] for one in told if one["type"] == "message_delta"]
        if not reasons or told[-1] != {"type": "message_stop"}:
            return Ended.CUT
        return Ended.STOPPED if reasons[-1] == "refusal" else Ended.COMPLETE


def asked(text: str, *, stream: bool = False, tools: Sequence[str] = ()) -> dict[str, Any]:
    """Write a request in which a user says this."""
    body: dict[str, Any] = {"model": _MODEL, "max_tokens": 1024, "messages": [{"role": "user", "content": text}]}
    if tools:
        body |= {"tools": [_tool(name) for name in tools], "tool_choice": {"type": "auto"}}
    return {**body, "stream": True} if stream else body


def _tool(name: str) -> dict[str, Any]:
    properties = {"location": {"type": "string", "description": "The city and state, e.g. San Francisco, CA"}}
    schema = {"type": "object", "properties": properties, "required": ["location"]}
    return {"name": name, "description": "Get the current weather in a given location", "input_schema": schema}


def _message(content: list[dict[str, Any]], reason: str) -> bytes:
    usage = {"input_tokens": 20, "cache_creation_input_tokens": 3, "cache_read_input_tokens": 2, "output_tokens": 15}
    more = {"content": content, "stop_reason": reason, "usage": usage}
    return json.dumps({**_START, "id": "msg_013Zva2CMHLNnjNjJKqJ2EF", **more}).encode()


def _told(kind: str, **members: Any) -> bytes:
    return event({"type": kind, **members}, kind)


def _begin() -> list[bytes]:
    return [_told("message_start", message=_START)]


def _end(reason: str) -> list[bytes]:
    delta = {"stop_reason": reason, "stop_sequence": None}
    return [_told("message_delta", delta=delta, usage={"output_tokens": 15}), _told("message_stop")]


VENDOR = AnthropicMessages()
