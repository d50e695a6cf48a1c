"""The canned model in Responses: in the shapes that OpenAI's SDK knows; streamed as in one piece."""

from typing import Any

import pytest
from openai.types.responses import Response, ResponseStreamEvent
from pydantic import TypeAdapter

from gateway.demo.canned_responses import events, response, said

EVENT: TypeAdapter[ResponseStreamEvent] = TypeAdapter(ResponseStreamEvent)
TOOL = {"type": "function", "name": "look_up", "parameters": {"properties": {"q": {"type": "string"}}}}
PARTS = [{"type": "input_text", "text": "hello"}, {"type": "input_image", "image_url": "https://x/y.png"}]
RESULT = {"type": "function_call_output", "call_id": "call_1", "output": "42"}
CALLS: dict[str, tuple[dict[str, Any], str]] = {
    "a word": ({"input": "hello"}, "You wrote: hello"),
    "parts": ({"input": [{"role": "user", "content": PARTS}]}, "You wrote: hello"),
    "a tool": ({"tools": [TOOL], "input": 'say "hi"'}, r'{"q": "say \"hi\""}'),
    "a tool's result": ({"tools": [TOOL], "input": [RESULT]}, "The tool told me: 42"),
    "no tool wanted": ({"tools": [TOOL], "tool_choice": "none", "input": "hello"}, "You wrote: hello"),
    "the provider's own tool": ({"tools": [{"type": "web_search"}], "input": "hello"}, "You wrote: hello"),
    "nothing": ({"input": []}, "You wrote: "),
}


@pytest.mark.parametrize(("body", "answer"), CALLS.values(), ids=CALLS)
def test_the_stream_adds_up_to_the_plain_reply(body: dict[str, Any], answer: str) -> None:
    plain = response(body, 1)
    (item,) = Response.model_validate(plain).output
    told = list(events(body, 1))
    assert [event["sequence_number"] for event in told] == list(range(len(told)))
    assert [EVENT.validate_python(event).type for event in told][-1] == "response.completed"
    text = item.arguments if item.type == "function_call" else plain["output"][0]["content"][0]["text"]
    assert text.endswith(answer)
    assert "".join(event["delta"] for event in told if event["type"].endswith(".delta")) == text
    assert told[-1]["response"] == plain


def test_it_goes_on_from_the_turns_before() -> None:
    text = response({"input": "and now?"}, 2, ("one", "two"))["output"][0]["content"][0]["text"]
    assert text == "I am a canned model. Earlier you wrote: one / two You wrote: and now?"


def test_what_was_said_last_is_what_is_shown() -> None:
    assert said({"input": [{"role": "user", "content": "one"}, {"role": "user", "content": PARTS}]}) == "hello"
