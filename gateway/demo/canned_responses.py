"""The canned model in OpenAI's Responses: plain, streamed, tools, going on from an earlier response."""

import json
from collections.abc import Iterator
from typing import Any, Final

from gateway.demo.wording import CREATED, MODEL, Tool, pieces, reply, text_of, tokens

_TOLD_AGAIN: Final[dict[str, Any]] = {
    "instructions": None,
    "max_output_tokens": None,
    "metadata": {},
    "parallel_tool_calls": True,
    "previous_response_id": None,
    "store": True,
    "temperature": 1.0,
    "tool_choice": "auto",
    "tools": [],
    "top_p": 1.0,
}
"""What a response repeats of its request, and what it says where the request is silent."""


def said(request: dict[str, Any]) -> str:
    """Give what the model answers: the text of the last item."""
    asked = request.get("input") or ""
    if isinstance(asked, str):
        return asked
    return text_of(asked[-1].get("content") or asked[-1].get("output"))


def response(request: dict[str, Any], number: int, earlier: tuple[str, ...] = ()) -> dict[str, Any]:
    """Give the whole reply body of a plain call. `number` tells responses apart, `earlier` are the turns before."""
    return {**_begun(request, number), "status": "completed", **_ended(request, number, earlier)}


def events(request: dict[str, Any], number: int, earlier: tuple[str, ...] = ()) -> Iterator[dict[str, Any]]:
    """Give the reply of a streamed call as the JSON of its events."""
    begun, whole = _begun(request, number), response(request, number, earlier)
    told = [
        {"type": "response.created", "response": begun},
        {"type": "response.in_progress", "response": begun},
        *_item_events(whole["output"][0]),
        {"type": "response.completed", "response": whole},
    ]
    for sequence, event in enumerate(told):
        yield {**event, "sequence_number": sequence}


def no_such_response() -> dict[str, Any]:
    """Give the error's body for a call that goes on from a response that was not kept."""
    told = {"code": "previous_response_not_found", "param": "previous_response_id"}
    return {"error": {"message": "Previous response not found.", "type": "invalid_request_error", **told}}


def _item_events(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    parts = _call_events if item["type"] == "function_call" else _text_events
    yield from parts(item, {"item_id": item["id"], "output_index": 0})
    yield {"type": "response.output_item.done", "output_index": 0, "item": item}


def _text_events(item: dict[str, Any], where: dict[str, Any]) -> Iterator[dict[str, Any]]:
    part, where = item["content"][0], {**where, "content_index": 0}
    yield _added({**item, "content": []})
    yield {"type": "response.content_part.added", **where, "part": {**part, "text": ""}}
    for piece in pieces(part["text"]):
        yield {"type": "response.output_text.delta", **where, "delta": piece, "logprobs": []}
    yield {"type": "response.output_text.done", **where, "text": part["text"], "logprobs": []}
    yield {"type": "response.content_part.done", **where, "part": part}


def _call_events(item: dict[str, Any], where: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield _added({**item, "arguments": ""})
    for piece in pieces(item["arguments"]):
        yield {"type": "response.function_call_arguments.delta", **where, "delta": piece}
    whole = {"name": item["name"], "arguments": item["arguments"]}
    yield {"type": "response.function_call_arguments.done", **where, **whole}


def _added(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "response.output_item.added", "output_index": 0, "item": {**item, "status": "in_progress"}}


def _begun(request: dict[str, Any], number: int) -> dict[str, Any]:
    told_again = {name: silent if request.get(name) is None else request[name] for name, silent in _TOLD_AGAIN.items()}
    return {
        "id": f"resp_canned_{number}",
        "object": "response",
        "created_at": CREATED,
        "status": "in_progress",
        "error": None,
        "incomplete_details": None,
        "model": MODEL,
        "output": [],
        "reasoning": {"effort": None, "summary": None},
        "text": {"format": {"type": "text"}},
        "truncation": "disabled",
        "usage": None,
        **told_again,
    }


def _ended(request: dict[str, Any], number: int, earlier: tuple[str, ...]) -> dict[str, Any]:
    answer = reply(said(request), tool=_tool(request), by_tool=_is_by_tool(request), earlier=earlier)
    read, written = sum(map(tokens, (*earlier, said(request)))), answer.tokens
    usage = {
        "input_tokens": read,
        "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
        "output_tokens": written,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": read + written,
    }
    if not answer.called:
        part = {"type": "output_text", "text": answer.text, "annotations": [], "logprobs": []}
        item: dict[str, Any] = {"id": f"msg_canned_{number}", "type": "message", "role": "assistant", "content": [part]}
    else:
        call = {"name": answer.called, "arguments": json.dumps(answer.arguments, ensure_ascii=False)}
        item = {"id": f"fc_canned_{number}", "type": "function_call", "call_id": f"call_{number}", **call}
    return {"output": [{**item, "status": "completed"}], "usage": usage}


def _is_by_tool(request: dict[str, Any]) -> bool:
    asked = request.get("input")
    return bool(asked) and isinstance(asked, list) and asked[-1].get("type") == "function_call_output"


def _tool(request: dict[str, Any]) -> Tool | None:
    functions = [tool for tool in request.get("tools") or () if tool.get("type") == "function"]
    if not functions or request.get("tool_choice") == "none":
        return None
    return Tool(functions[0]["name"], functions[0].get("parameters") or {})
