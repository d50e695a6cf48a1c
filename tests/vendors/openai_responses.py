"""OpenAI's Responses, from the examples of https://platform.openai.com/docs/api-reference/responses."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from tests.vendors.events import documents, event, events
from tests.vendors.openai_api import OpenAIVendor
from tests.vendors.vendor import Call, Ended

_ID = "resp_67ccd2bed1ec8190b14f964abc0542670bb6a6b452d3795b"
_MESSAGE = "msg_67ccd2bf17f0819081ff3bb2cf6508e60bb6a6b452d3795b"
_CALL = "fc_67ca09c6bedc8190a7abfec07b1a1332096610f474011cc0"
_USAGE = {
    "input_tokens": 36,
    "input_tokens_details": {"cached_tokens": 0},
    "output_tokens": 87,
    "output_tokens_details": {"reasoning_tokens": 0},
    "total_tokens": 123,
}
_ENDS = {"response.completed": Ended.COMPLETE, "response.incomplete": Ended.STOPPED}


class OpenAIResponses(OpenAIVendor):
    name = "openai.responses"
    path = "/v1/responses"
    upstream_path = "/responses"
    tools = True
    usage = (36, 87)

    def request(self, text: str, *, stream: bool = False, tools: Sequence[str] = ()) -> bytes:
        body: dict[str, Any] = {
            "model": "gpt-4.1",
            "instructions": "You are a helpful assistant.",
            "input": [{"role": "user", "content": [{"type": "input_text", "text": text}]}],
        }
        if tools:
            body |= {"tools": [_tool(name) for name in tools], "tool_choice": "auto"}
        return json.dumps({**body, "stream": True} if stream else body).encode()

    def reply(self, text: str) -> bytes:
        return json.dumps(_response("completed", [_message(text)])).encode()

    def tool_reply(self, name: str, arguments: Mapping[str, Any]) -> bytes:
        return json.dumps(_response("completed", [_call(name, json.dumps(arguments))])).encode()

    def stream(self, pieces: Sequence[str]) -> list[bytes]:
        where = {"item_id": _MESSAGE, "output_index": 0, "content_index": 0}
        text = "".join(pieces)
        item = _message(text)
        part = item["content"][0]
        begun = {**item, "status": "in_progress", "content": []}
        return _numbered(
            [
                *_begin(),
                {"type": "response.output_item.added", "output_index": 0, "item": begun},
                {"type": "response.content_part.added", **where, "part": {**part, "text": ""}},
                *({"type": "response.output_text.delta", **where, "delta": piece, "logprobs": []} for piece in pieces),
                {"type": "response.output_text.done", **where, "text": text, "logprobs": []},
                {"type": "response.content_part.done", **where, "part": part},
                {"type": "response.output_item.done", "output_index": 0, "item": item},
                {"type": "response.completed", "response": _response("completed", [item])},
            ]
        )

    def tool_stream(self, name: str, arguments: Mapping[str, Any]) -> list[bytes]:
        text = json.dumps(arguments)
        where = {"item_id": _CALL, "output_index": 0}
        item = _call(name, text)
        begun = {**item, "status": "in_progress", "arguments": ""}
        pieces = [text[at : at + 5] for at in range(0, len(text), 5)]
        return _numbered(
            [
                *_begin(),
                {"type": "response.output_item.added", "output_index": 0, "item": begun},
                *({"type": "response.function_call_arguments.delta", **where, "delta": piece} for piece in pieces),
                {"type": "response.function_call_arguments.done", **where, "arguments": text},
                {"type": "response.output_item.done", "output_index": 0, "item": item},
                {"type": "response.completed", "response": _response("completed", [item])},
            ]
        )

    def stream_error(self) -> bytes:
        message = "The server had an error while processing your request."
        error = {"type": "error", "code": "server_error", "message": message, "param": None, "sequence_number": 90}
        return event(error, "error")

    def seen(self, body: bytes) -> str:
        return str(json.loads(body)["input"][-1]["content"][0]["text"])

    def said(self, body: bytes) -> str:
        return _text(json.loads(body)["output"])

    def calls(self, body: bytes) -> list[Call]:
        return _calls(json.loads(body)["output"])

    def said_in_stream(self, raw: bytes) -> str:
        told = documents(raw)
        said = "".join(one["delta"] for one in told if one["type"] == "response.output_text.delta")
        for one in told:  # each telling of the text must be the same
            if one["type"] == "response.output_text.done":
                assert one["text"] == said
            if one["type"] == "response.completed":
                assert _text(one["response"]["output"]) == said
        return said

    def calls_in_stream(self, raw: bytes) -> list[Call]:
        done = [one["item"] for one in documents(raw) if one["type"] == "response.output_item.done"]
        pieces = [one["delta"] for one in documents(raw) if one["type"] == "response.function_call_arguments.delta"]
        assert "".join(pieces) == "".join(item["arguments"] for item in done if item["type"] == "function_call")
        return _calls(done)

    def ended(self, raw: bytes) -> Ended:
        names = [one.name for one in events(raw)]
        assert names == [document["type"] for document in documents(raw)]
        if {"error", "response.failed"} & set(names):
            return Ended.FAILED
        return _ENDS.get(names[-1], Ended.CUT)


def _tool(name: str) -> dict[str, Any]:
    properties = {"location": {"type": "string", "description": "The city and state, e.g. San Francisco, CA"}}
    parameters = {"type": "object", "properties": properties, "required": ["location"]}
    description = "Get the current weather in a given location"
    return {"type": "function", "name": name, "description": description, "parameters": parameters, "strict": True}


def _message(text: str) -> dict[str, Any]:
    content = [{"type": "output_text", "text": text, "annotations": [], "logprobs": []}]
    return {"type": "message", "id": _MESSAGE, "status": "completed", "role": "assistant", "content": content}


def _call(name: str, arguments: str) -> dict[str, Any]:
    call_id = "call_unLAR8MvFNptuiZK6K6HCy5k"
    return {
        "type": "function_call",
        "id": _CALL,
        "call_id": call_id,
        "name": name,
        "arguments": arguments,
        "status": "completed",
    }


def _response(status: str, output: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": _ID,
        "object": "response",
        "created_at": 1741476542,
        "status": status,
        "error": None,
        "incomplete_details": None,
        "instructions": None,
        "max_output_tokens": None,
        "model": "gpt-4.1-2025-04-14",
        "output": output,
        "parallel_tool_calls": True,
        "previous_response_id": None,
        "reasoning": {"effort": None, "summary": None},
        "store": True,
        "temperature": 1.0,
        "text": {"format": {"type": "text"}},
        "tool_choice": "auto",
        "tools": [],
        "top_p": 1.0,
        "truncation": "disabled",
        "usage": _USAGE if status == "completed" else None,
        "user": None,
        "metadata": {},
    }


def _begin() -> list[dict[str, Any]]:
    names = ("response.created", "response.in_progress")
    return [{"type": name, "response": _response("in_progress", [])} for name in names]


def _numbered(told: list[dict[str, Any]]) -> list[bytes]:
    return [event({**one, "sequence_number": number}, one["type"]) for number, one in enumerate(told)]


def _text(output: list[dict[str, Any]]) -> str:
    return "".join(part["text"] for item in output if item["type"] == "message" for part in item["content"])


def _calls(output: list[dict[str, Any]]) -> list[Call]:
    return [Call(item["name"], json.loads(item["arguments"])) for item in output if item["type"] == "function_call"]


VENDOR = OpenAIResponses()
