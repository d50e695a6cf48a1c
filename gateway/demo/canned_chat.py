"""The canned model in OpenAI's Chat Completions: plain, streamed, tools, several choices."""

import json
from collections.abc import Iterator
from typing import Any

from gateway.demo.wording import CREATED, MODEL, Tool, pieces, reply, text_of, tokens


def said(request: dict[str, Any]) -> str:
    """Give what the model answers: the text of the last message."""
    return text_of(request["messages"][-1].get("content"))


def completion(request: dict[str, Any]) -> dict[str, Any]:
    """Give the whole reply body of a plain call."""
    choices = [
        {"index": i, "message": message, "logprobs": None, "finish_reason": _finish_reason(message)}
        for i, message in enumerate(_messages(request))
    ]
    return {**_envelope("chat.completion"), "choices": choices, "usage": _usage(request)}


def events(request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give the reply of a streamed call as the JSON of its events, without the closing `[DONE]`."""
    for index, message in enumerate(_messages(request)):
        for delta in _deltas(message):
            yield _chunk(index, delta, None)
        yield _chunk(index, {}, _finish_reason(message))
    if (request.get("stream_options") or {}).get("include_usage"):
        yield {**_envelope("chat.completion.chunk"), "choices": [], "usage": _usage(request)}


def _messages(request: dict[str, Any]) -> list[dict[str, Any]]:
    return [_message(request, i) for i in range(request.get("n") or 1)]


def _message(request: dict[str, Any], choice: int) -> dict[str, Any]:
    by_tool = request["messages"][-1]["role"] == "tool"
    answer = reply(said(request), tool=_tool(request), by_tool=by_tool, choice=choice)
    if not answer.called:
        return {"role": "assistant", "content": answer.text}
    function = {"name": answer.called, "arguments": json.dumps(answer.arguments, ensure_ascii=False)}
    call = {"id": f"call_{choice}_{answer.called}", "type": "function", "function": function}
    return {"role": "assistant", "content": None, "tool_calls": [call]}


def _tool(request: dict[str, Any]) -> Tool | None:
    offered = request.get("tools")
    if not offered or request.get("tool_choice") == "none":
        return None
    function = offered[0]["function"]
    return Tool(function["name"], function.get("parameters", {}))


def _deltas(message: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield {"role": "assistant", "content": "" if message["content"] is not None else None}
    for piece in pieces(message["content"] or ""):
        yield {"content": piece}
    for i, call in enumerate(message.get("tool_calls", ())):
        yield {"tool_calls": [{"index": i, **call, "function": {**call["function"], "arguments": ""}}]}
        for piece in pieces(call["function"]["arguments"]):
            yield {"tool_calls": [{"index": i, "function": {"arguments": piece}}]}


def _finish_reason(message: dict[str, Any]) -> str:
    return "tool_calls" if message.get("tool_calls") else "stop"


def _chunk(index: int, delta: dict[str, Any], finish: str | None) -> dict[str, Any]:
    return {
        **_envelope("chat.completion.chunk"),
        "choices": [{"index": index, "delta": delta, "logprobs": None, "finish_reason": finish}],
    }


def _envelope(kind: str) -> dict[str, Any]:
    return {"id": "chatcmpl-canned", "object": kind, "created": CREATED, "model": MODEL}


def _usage(request: dict[str, Any]) -> dict[str, int]:
    asked = sum(tokens(text_of(message.get("content"))) for message in request["messages"])
    answered = sum(tokens(message["content"] or "") for message in _messages(request))
    return {"prompt_tokens": asked, "completion_tokens": answered, "total_tokens": asked + answered}
