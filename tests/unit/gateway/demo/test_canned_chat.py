"""The canned model in Chat Completions: deterministic, and its stream says what its plain reply says."""

from typing import Any

import pytest

from gateway.demo.canned_chat import completion, events

TOOL = {"type": "function", "function": {"name": "look_up", "parameters": {"properties": {"q": {"type": "string"}}}}}
CALLS: dict[str, dict[str, Any]] = {
    "a word": {"messages": [{"role": "user", "content": "hello"}]},
    "several choices": {"n": 3, "messages": [{"role": "user", "content": "hello"}]},
    "a tool": {"tools": [TOOL], "messages": [{"role": "user", "content": 'say "hi"'}]},
    "a tool's result": {"tools": [TOOL], "messages": [{"role": "tool", "content": "42"}]},
}


@pytest.mark.parametrize("body", CALLS.values(), ids=CALLS)
def test_the_stream_adds_up_to_the_plain_reply(body: dict[str, Any]) -> None:
    said: dict[int, str] = {}
    finished: dict[int, str] = {}
    for event in events(body):
        for choice in event["choices"]:
            delta = choice["delta"]
            calls = delta.get("tool_calls") or [{"function": {"arguments": ""}}]
            text = (delta.get("content") or "") + calls[0]["function"]["arguments"]
            said[choice["index"]] = said.get(choice["index"], "") + text
            if choice["finish_reason"]:
                finished[choice["index"]] = choice["finish_reason"]
    plain = completion(body)["choices"]
    assert said == {c["index"]: c["message"]["content"] or arguments(c["message"]) for c in plain}
    assert finished == {c["index"]: c["finish_reason"] for c in plain}


def arguments(message: dict[str, Any]) -> str:
    return "".join(call["function"]["arguments"] for call in message["tool_calls"])


def test_it_says_that_it_is_canned() -> None:
    assert "canned model" in completion(CALLS["a word"])["choices"][0]["message"]["content"]
