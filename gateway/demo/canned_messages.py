"""The canned model in Anthropic's Messages: plain, streamed, tools, the count of a prompt's tokens."""

import json
from collections.abc import Iterator
from typing import Any

from gateway.demo.wording import MODEL, Tool, pieces, reply, text_of, tokens


def said(request: dict[str, Any]) -> str:
    """Give what the model answers: the text of the last message, or what a tool told in it."""
    return _text(request["messages"][-1])


def message(request: dict[str, Any]) -> dict[str, Any]:
    """Give the whole reply body of a plain call."""
    answer = reply(said(request), tool=_tool(request), by_tool=bool(_results(request["messages"][-1])))
    block: dict[str, Any] = {"type": "text", "text": answer.text}
    if answer.called:
        block = {"type": "tool_use", "id": f"toolu_{answer.called}", "name": answer.called, "input": answer.arguments}
    return {
        "id": "msg_canned",
        "type": "message",
        "role": "assistant",
        "model": MODEL,
        "content": [block],
        "stop_reason": "tool_use" if answer.called else "end_turn",
        "stop_sequence": None,
        "usage": {**count(request), "output_tokens": answer.tokens},
    }


def events(request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give the reply of a streamed call as the JSON of its events."""
    whole = message(request)
    begun = {**whole, "content": [], "stop_reason": None, "usage": {**whole["usage"], "output_tokens": 1}}
    yield {"type": "message_start", "message": begun}
    yield from _block_events(whole["content"][0])
    ending = {"stop_reason": whole["stop_reason"], "stop_sequence": None}
    yield {"type": "message_delta", "delta": ending, "usage": {"output_tokens": whole["usage"]["output_tokens"]}}
    yield {"type": "message_stop"}


def count(request: dict[str, Any]) -> dict[str, Any]:
    """Give how many tokens a request's prompt has."""
    texts = (text_of(request.get("system")), *map(_text, request["messages"]))
    return {"input_tokens": sum(map(tokens, texts))}


def _block_events(block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if block["type"] == "text":
        begun, text, kind, member = {**block, "text": ""}, block["text"], "text_delta", "text"
    else:
        text = json.dumps(block["input"], ensure_ascii=False)
        begun, kind, member = {**block, "input": {}}, "input_json_delta", "partial_json"
    yield {"type": "content_block_start", "index": 0, "content_block": begun}
    yield {"type": "ping"}
    for piece in pieces(text):
        yield {"type": "content_block_delta", "index": 0, "delta": {"type": kind, member: piece}}
    yield {"type": "content_block_stop", "index": 0}


def _text(one: dict[str, Any]) -> str:
    results = _results(one)
    return " ".join(text_of(block.get("content")) for block in results) if results else text_of(one["content"])


def _results(one: dict[str, Any]) -> list[dict[str, Any]]:
    content = one["content"]
    return [] if isinstance(content, str) else [block for block in content if block.get("type") == "tool_result"]


def _tool(request: dict[str, Any]) -> Tool | None:
    own = [tool for tool in request.get("tools") or () if "input_schema" in tool]
    if not own or (request.get("tool_choice") or {}).get("type") == "none":
        return None
    return Tool(own[0]["name"], own[0]["input_schema"])
