"""The canned model in Gemini's API: in the shapes that Google's SDK knows; streamed as in one piece."""

from typing import Any

import pytest
from google.genai.types import GenerateContentResponse

from gateway.demo.canned_gemini import answer, chunks, count

SCHEMA = {"type": "OBJECT", "properties": {"q": {"type": "STRING"}, "n": {"type": "INTEGER"}}}
CAMEL = {"tools": [{"functionDeclarations": [{"name": "look_up", "parameters": SCHEMA}]}]}
SNAKE = {"tools": [{"function_declarations": [{"name": "look_up", "parameters_json_schema": SCHEMA}]}]}
RESULT = {"functionResponse": {"name": "look_up", "response": {"found": 42}}}


def asked(part: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"contents": [{"role": "user", "parts": [part]}], **more}


HI = {"text": "hi"}
NO_TOOLS = {"toolConfig": {"functionCallingConfig": {"mode": "NONE"}}}
CALLS: dict[str, tuple[dict[str, Any], list[Any]]] = {
    "a word": (asked(HI), ["I am a canned model. You wrote: hi"]),
    "several candidates": (
        asked(HI, generation_config={"candidate_count": 2}),
        ["I am a canned model. You wrote: hi", "I am a canned model (choice 2). You wrote: hi"],
    ),
    "a tool": (asked(HI, **CAMEL), [{"q": "hi"}]),
    "a tool, spelt the other way": (asked(HI, **SNAKE), [{"q": "hi"}]),
    "a tool's result": (asked(RESULT, **CAMEL), ['I am a canned model. The tool told me: {"found": 42}']),
    "no tool wanted": (asked(HI, **CAMEL, **NO_TOOLS), ["I am a canned model. You wrote: hi"]),
}


@pytest.mark.parametrize(("body", "answers"), CALLS.values(), ids=CALLS)
def test_the_stream_adds_up_to_the_plain_reply(body: dict[str, Any], answers: list[Any]) -> None:
    assert collected([answer(body)]) == collected(list(chunks(body))) == dict(enumerate(answers))


def collected(told: list[dict[str, Any]]) -> dict[int, Any]:
    """Put candidates together as the SDK reads them; each must have ended once."""
    texts: dict[int, Any] = {}
    ended: list[int] = []
    for one in map(GenerateContentResponse.model_validate, told):
        for candidate in one.candidates or ():
            index, (part,) = candidate.index or 0, candidate.content.parts  # type: ignore[union-attr, misc]
            call = part.function_call
            texts[index] = call.args if call else texts.get(index, "") + (part.text or "")
            ended += [index] if candidate.finish_reason else []
    assert ended == list(texts)
    return texts


def test_a_count_has_the_instructions_too() -> None:
    body = asked({"text": "two words"}, systemInstruction={"parts": [{"text": "and three more"}]})
    assert count(body) == count({"generateContentRequest": body}) == {"totalTokens": 5}
