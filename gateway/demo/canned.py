"""A canned model: says what it is, quotes what it was sent, always answers the same.

It speaks enough of OpenAI's Chat Completions (plain, streamed, tools, several choices) that a person, or a test, can
see what a model behind the gateway got to read.
"""

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

MODEL = "canned-1"
_CREATED = 1_767_225_600  # a fixed date: the model is deterministic
_PIECE_SIZES = (1, 3, 7, 2, 5)  # streams are cut anywhere, in the middle of words and of pseudonyms


def text_of(message: dict[str, Any]) -> str:
    """Give a message's text, whether it is a string or a list of parts."""
    content = message.get("content") or ""
    if isinstance(content, str):
        return content
    return " ".join(part.get("text", "") for part in content if part.get("type") == "text")


def reply_message(request: dict[str, Any], choice: int) -> dict[str, Any]:
    """Give what the model says to a request: a pure function of the last message, the tools and the choice's index."""
    last = request["messages"][-1]
    said = text_of(last)
    if request.get("tools") and request.get("tool_choice") != "none" and last["role"] == "user":
        return {"role": "assistant", "content": None, "tool_calls": [_tool_call(request["tools"][0], said, choice)]}
    opening = "The tool told me" if last["role"] == "tool" else "You wrote"
    number = f" (choice {choice + 1})" if choice else ""
    return {"role": "assistant", "content": f"I am a canned model{number}. {opening}: {said}"}


def _tool_call(tool: dict[str, Any], said: str, choice: int) -> dict[str, Any]:
    function = tool["function"]
    properties = function.get("parameters", {}).get("properties", {"text": {}})
    arguments = {name: said for name, schema in properties.items() if schema.get("type", "string") == "string"}
    name = function["name"]
    call = {"name": name, "arguments": json.dumps(arguments, ensure_ascii=False)}
    return {"id": f"call_{choice}_{name}", "type": "function", "function": call}


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


def _deltas(message: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield {"role": "assistant", "content": "" if message["content"] is not None else None}
    for piece in _pieces(message["content"] or ""):
        yield {"content": piece}
    for i, call in enumerate(message.get("tool_calls", ())):
        yield {"tool_calls": [{"index": i, **call, "function": {**call["function"], "arguments": ""}}]}
        for piece in _pieces(call["function"]["arguments"]):
            yield {"tool_calls": [{"index": i, "function": {"arguments": piece}}]}


def _pieces(text: str) -> Iterator[str]:
    at = turn = 0
    while at < len(text):
        size = _PIECE_SIZES[turn % len(_PIECE_SIZES)]
        yield text[at : at + size]
        at, turn = at + size, turn + 1


def _messages(request: dict[str, Any]) -> list[dict[str, Any]]:
    return [reply_message(request, i) for i in range(request.get("n") or 1)]


def _finish_reason(message: dict[str, Any]) -> str:
    return "tool_calls" if message.get("tool_calls") else "stop"


def _chunk(index: int, delta: dict[str, Any], finish: str | None) -> dict[str, Any]:
    return {
        **_envelope("chat.completion.chunk"),
        "choices": [{"index": index, "delta": delta, "logprobs": None, "finish_reason": finish}],
    }


def _envelope(kind: str) -> dict[str, Any]:
    return {"id": "chatcmpl-canned", "object": kind, "created": _CREATED, "model": MODEL}


def _usage(request: dict[str, Any]) -> dict[str, int]:
    asked = sum(len(text_of(m).split()) for m in request["messages"])
    answered = sum(len((m["content"] or "").split()) for m in _messages(request))
    return {"prompt_tokens": asked, "completion_tokens": answered, "total_tokens": asked + answered}


class CannedModel:
    """The model as a web app. `seen` holds the bodies of the calls that reached it, oldest first.

    `base_url` is for whoever starts it to fill in.
    """

    def __init__(self, remember: int = 100) -> None:
        self.base_url = ""
        self.seen: list[dict[str, Any]] = []
        self._remember = remember
        self.app = Starlette(
            routes=[
                Route("/v1/chat/completions", self._chat, methods=["POST"]),
                Route("/v1/models", self._models, methods=["GET"]),
            ]
        )

    async def _chat(self, http: Request) -> Response:
        request = await http.json()
        self.seen = [*self.seen, request][-self._remember :]
        if request.get("stream"):
            return StreamingResponse(self._sse(request), media_type="text/event-stream")
        return JSONResponse(completion(request))

    async def _sse(self, request: dict[str, Any]) -> AsyncIterator[str]:
        for event in events(request):
            yield f"data: {json.dumps(event, ensure_ascii=False)}\n\n"
        yield "data: [DONE]\n\n"

    async def _models(self, _: Request) -> Response:
        model = {"id": MODEL, "object": "model", "created": _CREATED, "owned_by": "airlock-demo"}
        return JSONResponse({"object": "list", "data": [model]})
