"""The canned model in Messages: in the shapes that Anthropic's SDK knows; streamed as in one piece."""

from typing import Any

import pytest
from anthropic.types import Message, MessageTokensCount, RawMessageStreamEvent
from pydantic import TypeAdapter

from gateway.demo.canned_messages import count, events, message

EVENT: TypeAdapter[RawMessageStreamEvent] = TypeAdapter(RawMessageStreamEvent)
TOOL = {"name": "look_up", "input_schema": {"properties": {"q": {"type": "string"}}}}
RESULT = {"type": "tool_result", "tool_use_id": "toolu_1", "content": [{"type": "text", "text": "42"}]}


def asked(content: Any, **more: Any) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": content}], **more}


CALLS: dict[str, tuple[dict[str, Any], str, str]] = {
    "a word": (asked("hello"), "You wrote: hello", "end_turn"),
    "blocks": (asked([{"type": "text", "text": "hello"}, {"type": "image"}]), "You wrote: hello", "end_turn"),
    "a tool": (asked('say "hi"', tools=[TOOL]), r'{"q": "say \"hi\""}', "tool_use"),
    "a tool's result": (asked([RESULT], tools=[TOOL]), "The tool told me: 42", "end_turn"),
    "no tool wanted": (asked("hi", tools=[TOOL], tool_choice={"type": "none"}), "You wrote: hi", "end_turn"),
    "the provider's own tool": (asked("hi", tools=[{"type": "web_search_20250305"}]), "You wrote: hi", "end_turn"),
}


@pytest.mark.parametrize(("body", "answer", "reason"), CALLS.values(), ids=CALLS)
def test_the_stream_adds_up_to_the_plain_reply(body: dict[str, Any], answer: str, reason: str) -> None:
    plain = Message.model_validate(message(body))
    told = list(events(body))
    kinds = [event["type"] for event in told if event["type"] != "ping"]
    assert [EVENT.validate_python(event).type for event in told if event["type"] != "ping"] == kinds
    deltas = [event["delta"] for event in told if event["type"] == "content_block_delta"]
    text = "".join(delta.get("text") or delta["partial_json"] for delta in deltas)
    assert text.endswith(answer)
    (block,) = plain.content
    assert block.type != "text" or block.text == text
    assert plain.stop_reason == told[-2]["delta"]["stop_reason"] == reason
    assert plain.usage.output_tokens == told[-2]["usage"]["output_tokens"]


def test_a_count_has_the_instructions_too() -> None:
    body = asked("two words", system=[{"type": "text", "text": "and three more"}])
    assert MessageTokensCount.model_validate(count(body)).input_tokens == 5
