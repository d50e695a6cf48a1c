"""Which tools a chat's reply calls, and of which tools a request brings results."""

from typing import Any

import pytest

from gateway.dialects.message import ToolCall
from gateway.dialects.openai.chat_calls import calls_of, tool_results


def called(name: str, call_id: str = "c1", **function: Any) -> dict[str, Any]:
    return {"id": call_id, "type": "function", "function": {"name": name, **function}}


CALLS = {
    "a function": ({"tool_calls": [called("mail", arguments="{}")]}, [ToolCall("mail", "{}")]),
    "a custom tool": (
        {"tool_calls": [{"type": "custom", "custom": {"name": "sh", "input": "ls"}}]},
        [ToolCall("sh", "ls")],
    ),
    "the deprecated way": ({"function_call": {"name": "mail", "arguments": "{}"}}, [ToolCall("mail", "{}")]),
    "arguments that are a value": (
        {"tool_calls": [called("mail", arguments={"a": 2**70})]},
        [ToolCall("mail", f'{{"a":{2**70}}}')],
    ),
    "no arguments": ({"tool_calls": [called("stop")]}, [ToolCall("stop", "")]),
    "no proper name": ({"tool_calls": [called("ann lee", arguments="")]}, [ToolCall("unnamed", "")]),
    "nothing in it": ({"tool_calls": [{}]}, [ToolCall("unnamed", "")]),
    "no calls": ({"content": "hi"}, []),
}


@pytest.mark.parametrize(("message", "expected"), CALLS.values(), ids=CALLS)
def test_calls_of_a_message(message: dict[str, Any], expected: list[ToolCall]) -> None:
    assert list(calls_of(message)) == expected


def test_only_results_behind_the_last_turn_are_new() -> None:
    turn = {"role": "assistant", "tool_calls": [called("mail", "c1"), called("search", "c2")]}
    old = [{"role": "assistant", "tool_calls": [called("old", "c0")]}, {"role": "tool", "tool_call_id": "c0"}]
    new = [{"role": "tool", "tool_call_id": name} for name in ("c2", "c1", "c0")]
    assert tool_results([*old, turn, *new]) == ("search", "mail", "unnamed")
    assert tool_results(old[:1]) == ()
