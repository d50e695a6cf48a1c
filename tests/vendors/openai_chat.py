"""OpenAI's Chat Completions, from the examples of https://platform.openai.com/docs/api-reference/chat."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.vendors.events import documents, event
from tests.vendors.openai_api import OpenAIVendor
from tests.vendors.vendor import Call, Ended

_DETAILS = {
    "prompt_tokens": 19,
    "completion_tokens": 10,
    "total_tokens": 29,
    "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0},
    "completion_tokens_details": {
        "reasoning_tokens": 0,
        "audio_tokens": 0,
        "accepted_prediction_tokens": 0,
        "rejected_prediction_tokens": 0,
    },
}
_CHUNK = {
    "id": "chatcmpl-123",
    "object": "chat.completion.chunk",
    "created": 1694268190,
    "model": "gpt-4o-mini",
    "system_fingerprint": "fp_44709d6fcb",
}
_DONE = b"data: [DONE]\n\n"


class OpenAIChat(OpenAIVendor):
    name = "openai.chat"
    path = "/v1/chat/completions"
    upstream_path = "/chat/completions"
    tools = True
    usage = (19, 10)

    def request(self, text: str, *, stream: bool = False, tools: Sequence[str] = ()) -> bytes:
        body: dict[str, Any] = {
            "model": "gpt-4o",
            "messages": [
                {"role": "developer", "content": "You are a helpful assistant."},
                {"role": "user", "content": text},
            ],
        }
        if tools:
            body |= {"tools": [_tool(name) for name in tools], "tool_choice": "auto"}
        return json.dumps({**body, "stream": True} if stream else body).encode()

    def reply(self, text: str) -> bytes:
        message = {"role": "assistant", "content": text, "refusal": None, "annotations": []}
        return _completion(message, "stop")

    def tool_reply(self, name: str, arguments: Mapping[str, Any]) -> bytes:
        function = {"name": name, "arguments": json.dumps(arguments)}
        call = {"id": "call_abc123", "type": "function", "function": function}
        return _completion({"role": "assistant", "content": None, "tool_calls": [call]}, "tool_calls")

    def stream(self, pieces: Sequence[str]) -> list[bytes]:
        said = [_delta({"content": piece}) for piece in pieces]
        return [_delta({"role": "assistant", "content": "", "refusal": None}), *said, *_end("stop")]

    def tool_stream(self, name: str, arguments: Mapping[str, Any]) -> list[bytes]:
        text = json.dumps(arguments)
        first = {"index": 0, "id": "call_abc123", "type": "function", "function": {"name": name, "arguments": ""}}
        parts = [
            _delta({"tool_calls": [{"index": 0, "function": {"arguments": text[at : at + 5]}}]})
            for at in range(0, len(text), 5)
        ]
        return [_delta({"role": "assistant", "content": None, "tool_calls": [first]}), *parts, *_end("tool_calls")]

    def stream_error(self) -> bytes:
        message = "The server had an error while processing your request. Sorry about that!"
        return event({"error": {"message": message, "type": "server_error", "param": None, "code": None}})

    def seen(self, body: bytes) -> str:
        return str(json.loads(body)["messages"][-1]["content"])

    def said(self, body: bytes) -> str:
        return str(json.loads(body)["choices"][0]["message"]["content"])

    def calls(self, body: bytes) -> list[Call]:
        calls = json.loads(body)["choices"][0]["message"].get("tool_calls") or ()
        return [Call(one["function"]["name"], json.loads(one["function"]["arguments"])) for one in calls]

    def said_in_stream(self, raw: bytes) -> str:
        return "".join(choice["delta"].get("content") or "" for choice in _choices(raw))

    def calls_in_stream(self, raw: bytes) -> list[Call]:
        names, arguments = dict[int, str](), dict[int, str]()
        for choice in _choices(raw):
            for part in choice["delta"].get("tool_calls") or ():
                index, function = part["index"], part["function"]
                names[index] = names.get(index, "") + function.get("name", "")
                arguments[index] = arguments.get(index, "") + function.get("arguments", "")
        return [Call(names[index], json.loads(arguments[index])) for index in sorted(names)]

    def ended(self, raw: bytes) -> Ended:
        if any("error" in document for document in documents(raw)):
            return Ended.FAILED
        if not raw.endswith(_DONE):
            return Ended.CUT
        reasons = [choice["finish_reason"] for choice in _choices(raw) if choice["finish_reason"]]
        return Ended.STOPPED if "content_filter" in reasons else Ended.COMPLETE


def _tool(name: str) -> dict[str, Any]:
    properties = {"location": {"type": "string", "description": "The city and state, e.g. San Francisco, CA"}}
    parameters = {"type": "object", "properties": properties, "required": ["location"]}
    function = {"name": name, "description": "Get the current weather in a given location", "parameters": parameters}
    return {"type": "function", "function": function}


def _completion(message: dict[str, Any], reason: str) -> bytes:
    return json.dumps(
        {
            "id": "chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT",
            "object": "chat.completion",
            "created": 1741569952,
            "model": "gpt-4o-2024-08-06",
            "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": reason}],
            "usage": _DETAILS,
            "service_tier": "default",
        }
    ).encode()


def _delta(delta: dict[str, Any], reason: str | None = None) -> bytes:
    return event({**_CHUNK, "choices": [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}]})


def _end(reason: str) -> list[bytes]:
    return [_delta({}, reason), event({**_CHUNK, "choices": [], "usage": _DETAILS}), _DONE]


def _choices(raw: bytes) -> Iterator[dict[str, Any]]:
    for document in documents(raw):
        yield from document.get("choices", ())


VENDOR = OpenAIChat()
