"""Chat Completions: which tools a reply calls, and of which tools a request brings results."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from gateway.dialects.message import UNNAMED, ToolCall
from gateway.dialects.reading import name_or_none, written

_RESULTS: Final = ("tool", "function")


def calls_of(message: Mapping[str, Any]) -> Iterator[ToolCall]:
    """Give the calls that a message asks for, the deprecated single one too."""
    for _, call in _calls(message):
        yield call


def tool_results(messages: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Name the tools whose results stand after the model's last turn; a result of no known call is `unnamed`."""
    turn = next((i for i in reversed(range(len(messages))) if messages[i]["role"] == "assistant"), -1)
    called = {call_id: call.name for call_id, call in _calls(messages[turn])} if turn >= 0 else {}
    return tuple(_tool_of(message, called) for message in messages[turn + 1 :] if message["role"] in _RESULTS)


def _tool_of(message: Mapping[str, Any], called: Mapping[Any, str]) -> str:
    call_id = message.get("tool_call_id")
    known = called.get(call_id) if isinstance(call_id, str) else None
    return known or name_or_none(message.get("name")) or UNNAMED


def _calls(message: Mapping[str, Any]) -> Iterator[tuple[Any, ToolCall]]:
    listed = message.get("tool_calls")
    for call in listed if isinstance(listed, list) else ():
        if isinstance(call, dict):
            call_id = call.get("id")
            yield (call_id if isinstance(call_id, str) else None), _call(call.get("function") or call.get("custom"))
    if message.get("function_call"):
        yield None, _call(message["function_call"])


def _call(function: Any) -> ToolCall:
    members = function if isinstance(function, dict) else {}
    said = members.get("arguments", members.get("input", ""))
    text = said if isinstance(said, str) else written(said)  # as some providers send it
    return ToolCall(name_or_none(members.get("name")) or UNNAMED, text)
