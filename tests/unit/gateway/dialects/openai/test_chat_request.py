import json
from typing import Any

import pytest

from gateway.dialects.message import Inbound, Request
from gateway.dialects.openai.chat import OpenAIChat
from gateway.dialects.openai.chat_request import read_request
from gateway.dialects.places import ALL
from gateway.dialects.slot import Kind
from gateway.errors import BadRequest

USER = {"role": "user", "content": "hi"}
PIXEL = "data:image/png;base64,iVBORw0KGgo="


def request(**more: Any) -> Request:
    return read_request(Inbound(json.dumps({"model": "m", "messages": [USER], **more}).encode()))


def found(read: Request) -> list[tuple[str, str]]:
    return [(slot.place, slot.text) for slot in read.content.slots]


def of_message(**message: Any) -> list[tuple[str, str]]:
    return found(request(messages=[message]))


@pytest.mark.parametrize(
    ("message", "slots"),
    [
        ({"role": "system", "content": "s"}, [("system.text", "s")]),
        ({"role": "developer", "content": "d"}, [("developer.text", "d")]),
        ({"role": "user", "name": "Ann", "content": "u"}, [("user.name", "Ann"), ("user.text", "u")]),
        ({"role": "tool", "tool_call_id": "call_1", "content": "t"}, [("tool.text", "t")]),
        ({"role": "robot", "content": "x"}, [("other.text", "x")]),
        ({"role": "not an identifier", "content": "x"}, [("other.text", "not an identifier"), ("other.text", "x")]),
        ({"role": "user", "content": ""}, []),
        ({"role": "assistant", "content": None, "refusal": "no"}, [("assistant.text", "no")]),
        ({"role": "user", "content": [{"type": "text", "text": "a"}]}, [("user.text", "a")]),
        ({"role": "user", "content": "a", "mood": {"my mood": ["sad"]}}, [
            ("user.text", "a"), ("user.key", "my mood"), ("user.text", "sad"),
        ]),
        ({"role": "user", "content": "a", "account": 12345678}, [("user.text", "a"), ("user.key", "12345678")]),
        ({"role": "tool", "tool_call_id": "Ann Lee", "content": "t"}, [("tool.text", "Ann Lee"), ("tool.text", "t")]),
        ({"role": "tool", "tool_call_id": "4111-1111-1111-1111", "content": '{"to": "a\\nb"}'}, [
            ("tool.id", "4111-1111-1111-1111"), ("tool.text", "a\nb"),
        ]),
    ],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
def test_everything_a_message_says_is_a_slot(message: dict[str, Any], slots: list[tuple[str, str]]) -> None:
    assert of_message(**message) == slots


def test_tool_calls_are_walked_into_their_arguments() -> None:
    call = {
        "id": "call_1",
        "type": "function",
        "function": {"name": "send", "arguments": '{"to": "a\\u0040b.org", "no": 12345678}'},
    }
    read = request(messages=[{"role": "assistant", "content": None, "tool_calls": [call]}])
    path = ("messages", 0, "tool_calls", 0, "function", "arguments")
    assert [(s.path, s.inner, s.kind, s.place, s.text) for s in read.content.slots] == [
        (path, ("to",), Kind.ARGUMENTS, "assistant.arguments", "a@b.org"),
        (path, ("no",), Kind.KEY, "assistant.key", "12345678"),
    ]


@pytest.mark.parametrize(
    ("arguments", "slots"),
    [
        ("not json", [("assistant.arguments", "not json")]),
        (
            '{"to": "a\\u0040b.org',
            [("assistant.arguments", '{"to": "a\\u0040b.org')],
        ),
        ({"to": "Ann"}, [("assistant.text", "Ann")]),
    ],
    ids=["no JSON", "broken JSON with escapes", "an object instead of a string"],
)
def test_arguments_that_are_no_json_are_screened_all_the_same(arguments: Any, slots: list[tuple[str, str]]) -> None:
    assert of_message(role="assistant", content=None, function_call={"name": "f", "arguments": arguments}) == slots


def test_the_input_of_a_custom_tool_is_text() -> None:
    call = {"id": "c", "type": "custom", "custom": {"name": "shell", "input": "ls /home/ann"}}
    assert of_message(role="assistant", tool_calls=[call]) == [("assistant.arguments", "ls /home/ann")]


@pytest.mark.parametrize(
    ("part", "slots", "reasons"),
    [
        ({"type": "image_url", "image_url": {"url": PIXEL, "detail": "low"}}, [], ["modality.image"]),
        (
            {"type": "image_url", "image_url": {"url": "https://x.org/?u=Ann"}},
            ["https://x.org/?u=Ann"],
            ["modality.image"],
        ),
        ({"type": "input_audio", "input_audio": {"data": "QUJD", "format": "wav"}}, [], ["modality.audio"]),
        (
            {"type": "file", "file": {"filename": "ann's cv.pdf", "file_data": PIXEL}},
            ["ann's cv.pdf"],
            ["modality.file"],
        ),
        ({"type": "file", "file": {"file_id": "file-1"}}, [], ["modality.file"]),
        ({"type": "hologram", "beam": "Ann", "raw": PIXEL}, ["hologram", "Ann"], ["unknown_part", "modality.blob"]),
        ({"type": "text", "text": "a", "cache_control": {"type": "ephemeral"}}, ["a"], []),
        ({"type": "text", "text": "QUJD" * 400}, ["QUJD" * 400], []),
    ],
    ids=["image data", "image address", "audio", "file data", "file id", "unknown", "text", "base64 as text"],
)
def test_parts_that_cannot_be_read_are_told(part: dict[str, Any], slots: list[str], reasons: list[str]) -> None:
    read = request(messages=[{"role": "user", "content": [part]}])
    assert [slot.text for slot in read.content.slots] == slots
    assert [part.reason for part in read.content.unwalked] == reasons


@pytest.mark.parametrize(
    ("member", "slots"),
    [
        ({"metadata": {"team": "Ann's", "ann@x.org": "y"}}, [
            ("metadata.text", "Ann's"), ("metadata.key", "ann@x.org"), ("metadata.text", "y"),
        ]),
        ({"user": "ann"}, [("metadata.text", "ann")]),
        ({"stop": ["END", "Ann"]}, [("other.text", "END"), ("other.text", "Ann")]),
        ({"prediction": {"type": "content", "content": "Ann"}}, [("assistant.text", "Ann")]),
        ({"prediction": {"type": "content", "content": [{"type": "text", "text": "Ann"}]}}, [
            ("assistant.text", "Ann"),
        ]),
        ({"web_search_options": {"search_context_size": "low", "user_location": {"type": "approximate", "approximate": {
            "city": "New York", "timezone": "America/New_York"}}}}, [
            ("other.text", "New York"), ("other.id", "America/New_York"),
        ]),
        ({"a_new_field": ["Ann"]}, [("other.text", "Ann")]),
        ({"ann lee": 1}, [("other.key", "ann lee")]),
        ({"ann lee": None}, [("other.key", "ann lee")]),
        ({"temperature": 0.1, "seed": 1234567, "reasoning_effort": "low", "tool_choice": "auto"}, []),
        ({"seed": 4111111111111111}, [("other.id", "4111111111111111")]),
        ({"tool_choice": {"type": "function", "function": {"name": "AKIAIOSFODNN7EXAMPLE"}}}, [
            ("other.id", "AKIAIOSFODNN7EXAMPLE"),
        ]),
        ({"metadata": {"078-05-1121": "v"}}, [("metadata.key", "078-05-1121"), ("metadata.text", "v")]),
        ({"functions": [{"name": "AKIAIOSFODNN7EXAMPLE", "parameters": {
            "properties": {"415-555-0132": {"minimum": -2147483648, "maximum": 4111111111111111}},
            "additionalProperties": False,
        }}]}, [
            ("tools.id", "AKIAIOSFODNN7EXAMPLE"), ("tools.key", "415-555-0132"), ("tools.key", "4111111111111111"),
        ]),
        ({"reasoning_effort": "ask Ann Lee"}, [("other.text", "ask Ann Lee")]),
        ({"logit_bias": {"1234": -100}}, []),
        ({"tools": [{"type": "function", "function": {"name": "f", "description": "For Ann", "parameters": {
            "type": "object", "required": ["to"], "properties": {
                "to": {"type": "string", "description": "Whom", "enum": ["Ann", "Bob"]}, "who is it": {"type": "null"},
            }}}}]}, [
            ("tools.definition", "For Ann"), ("tools.definition", "Whom"), ("tools.definition", "Ann"),
            ("tools.definition", "Bob"), ("tools.key", "who is it"),
        ]),
        ({"response_format": {"type": "json_schema", "json_schema": {"name": "n", "schema": {"title": "Ann"}}}}, [
            ("tools.definition", "Ann"),
        ]),
    ],
    ids=lambda value: str(value)[:30],
)  # fmt: skip
def test_every_string_around_the_messages_is_screened_or_a_mere_name(
    member: dict[str, Any], slots: list[tuple[str, str]]
) -> None:
    assert [slot for slot in found(request(**member)) if slot != ("user.text", "hi")] == slots


def test_all_places_are_on_the_closed_list_and_ids_are_unique() -> None:
    read = request(user="x", metadata={"a b": "c"}, tools=[{"type": "function", "function": {"name": "two words"}}])
    assert {slot.place for slot in read.content.slots} <= ALL
    assert len({slot.id for slot in read.content.slots}) == len(read.content.slots)


def test_facts_are_read_for_policy_and_routing() -> None:
    read = request(
        stream=True,
        n=2,
        stream_options={"include_usage": True},
        modalities=["text", "audio"],
        tools=[{"type": "function", "function": {"name": "f"}}, {"type": "web_search"}],
        messages=[
            {
                "role": "user",
                "content": [{"type": "image_url", "image_url": {"url": PIXEL}}, {"type": "text", "text": "12345"}],
            }
        ],
    )
    assert (read.model, read.stream, read.choices, read.usage_asked) == ("m", True, 2, True)
    assert read.tools == ("f", "web_search")
    assert read.modalities == ("audio", "image", "text")
    assert read.tokens_estimated == 2


def test_a_document_in_a_text_counts_with_all_its_signs() -> None:
    content = json.dumps([1, 2, {"a": "b"}] * 20)
    read = request(messages=[{"role": "tool", "content": content}])
    assert read.tokens_estimated == -(-len(content) // 4)


def test_content_does_not_show_in_the_repr() -> None:
    assert "secret words" not in repr(request(metadata={"secret words": "secret words"}))


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ([], None),
        ({"messages": [USER]}, "model"),
        ({"model": "", "messages": [USER]}, "model"),
        ({"model": 1, "messages": [USER]}, "model"),
        ({"model": "m"}, "messages"),
        ({"model": "m", "messages": []}, "messages"),
        ({"model": "m", "messages": ["hi"]}, "messages[0]"),
        ({"model": "m", "messages": [USER, {"content": "x"}]}, "messages[1].role"),
        ({"model": "m", "messages": [{"role": "user", "content": 5}]}, "messages[0].content"),
        ({"model": "m", "messages": [{"role": "user", "content": ["x"]}]}, "messages[0].content[0]"),
        ({"model": "m", "messages": [{"role": "assistant", "tool_calls": "x"}]}, "messages[0].tool_calls"),
        ({"model": "m", "messages": [USER], "stream": "yes"}, "stream"),
        ({"model": "m", "messages": [USER], "stream_options": []}, "stream_options"),
        ({"model": "m", "messages": [USER], "n": 0}, "n"),
        ({"model": "m", "messages": [USER], "n": True}, "n"),
        ({"model": "m", "messages": [USER], "tools": {"a": 1}}, "tools"),
        ({"model": "m", "messages": [USER], "tools": ["x"]}, "tools[0]"),
        *[
            ({"model": "m", "messages": [USER], name: value}, name)
            for name in ("tools", "functions")
            for value in (False, 0, "")
        ],
        *[
            ({"model": "m", "messages": [{"role": "assistant", "tool_calls": value}]}, "messages[0].tool_calls")
            for value in (False, 0, "")
        ],
    ],
    ids=lambda value: str(value)[:50],
)
def test_a_request_that_lacks_what_is_relied_on_is_refused(body: Any, param: str | None) -> None:
    with pytest.raises(BadRequest) as caught:
        read_request(Inbound(json.dumps(body).encode()))
    assert (caught.value.param, caught.value.status, caught.value.code) == (param, 400, "invalid_type")


def test_bytes_that_are_no_strict_json_are_refused_without_quoting_them() -> None:
    with pytest.raises(BadRequest, match="a duplicate key at byte 14") as caught:
        read_request(Inbound(b'{"model": "m","model": "Ann"}'))
    assert caught.value.code == "malformed_json"
    assert "Ann" not in str(caught.value)


@pytest.mark.parametrize("more", [{"x": ["a"] * 250_000}, {"x": [1e308] * 30_000 + ["a"] * 30_000}], ids=["a", "1e308"])
def test_more_parts_than_are_screened_are_refused(more: dict[str, Any]) -> None:
    with pytest.raises(BadRequest) as caught:
        request(**more)
    assert (caught.value.code, caught.value.status) == ("too_many_parts", 400)


def test_a_result_of_a_tool_is_rewritten_inside_and_stays_a_document() -> None:
    content = '{ "body":"Contact:\\nann@x.org", "n": 4155550132, "m": 1.50 }'
    read = request(messages=[{"role": "tool", "tool_call_id": "c", "content": content}])
    new = {slot.id: f'<{number}"' for number, slot in enumerate(read.content.slots)}
    raw = OpenAIChat().rewrite_request(read, new).body
    assert json.loads(raw)["messages"][0]["content"] == '{ "body":"<0\\"", "n": "<1\\"", "m": 1.50 }'


@pytest.mark.parametrize(
    ("wanted", "is_json"),
    [
        (None, False),
        ({"type": "text"}, False),
        ({"type": "json_object"}, True),
        ({"type": "json_schema", "json_schema": {"name": "a", "schema": {}}}, True),
        ({"type": ["json_object"]}, False),
        ("json_object", False),
    ],
    ids=str,
)
def test_it_is_told_whether_the_answer_is_to_be_json(wanted: Any, is_json: bool) -> None:
    assert request(response_format=wanted).json_reply is is_json


CALLED = {"role": "assistant", "tool_calls": [
    {"id": "c1", "type": "function", "function": {"name": "send", "arguments": "{}"}},
    {"id": "c2", "type": "custom", "custom": {"name": "shell", "input": "ls"}},
]}  # fmt: skip
HISTORIES: dict[str, tuple[list[dict[str, Any]], tuple[str, ...]]] = {
    "none": ([USER], ()),
    "of the last turn": (
        [USER, CALLED, *({"role": "tool", "tool_call_id": c, "content": "x"} for c in ("c2", "c1"))],
        ("shell", "send"),
    ),
    "of a turn that was answered": ([CALLED, {"role": "tool", "tool_call_id": "c1", "content": "x"}, {
        "role": "assistant", "content": "done"}, USER], ()),
    "of no known call": ([CALLED, {"role": "tool", "tool_call_id": "c9", "content": "x"}], ("unnamed",)),
    "of a call with a list for an id": ([CALLED, {"role": "tool", "tool_call_id": [], "content": "x"}], ("unnamed",)),
    "without a call": ([{"role": "tool", "tool_call_id": "c1", "content": "x"}], ("unnamed",)),
    "of a function": ([{"role": "assistant", "function_call": {"name": "send", "arguments": "{}"}}, {
        "role": "function", "name": "send", "content": "x"}], ("send",)),
    "of a function with words for a name": ([{"role": "function", "name": "to Ann", "content": "x"}], ("unnamed",)),
}  # fmt: skip


@pytest.mark.parametrize(("messages", "tools"), HISTORIES.values(), ids=HISTORIES)
def test_the_tools_whose_results_are_new_are_named(messages: list[dict[str, Any]], tools: tuple[str, ...]) -> None:
    assert request(messages=messages).tool_results == tools


@pytest.mark.parametrize(
    ("limits", "most"),
    [
        ({}, None),
        ({"max_tokens": 10}, 10),
        ({"max_completion_tokens": 10, "n": 3}, 30),
        ({"max_completion_tokens": 10, "max_tokens": 40}, 40),
        ({"max_tokens": None}, None),
        ({"max_tokens": "10", "max_completion_tokens": True}, None),
        ({"max_tokens": 2**53, "n": 2}, 2**53 - 1),
    ],
    ids=str,
)
def test_the_most_tokens_of_all_answers_are_told(limits: dict[str, Any], most: int | None) -> None:
    assert request(**limits).max_output == most


def test_a_model_in_the_path_counts() -> None:
    raw = json.dumps({"messages": [USER], "model": "of the body"}).encode()
    read = read_request(Inbound(raw, {"model": "of-the-path"}))
    assert read.model == "of-the-path"
    assert OpenAIChat().rewrite_request(read, {}).body == raw.replace(b"of the body", b"of-the-path")
    read = read_request(Inbound(b'{"messages":[{"role":"user"}]}', {"model": "of-the-path"}))
    assert OpenAIChat().rewrite_request(read, {}).body == b'{"model":"of-the-path","messages":[{"role":"user"}]}'


def test_arguments_that_are_a_number_of_any_size_do_not_end_the_call() -> None:
    call = {"id": "c", "type": "function", "function": {"name": "add", "arguments": 2**70}}
    messages = [{"role": "assistant", "tool_calls": [call]}, {"role": "tool", "tool_call_id": "c", "content": "1"}]
    assert request(messages=messages).tool_results == ("add",)
