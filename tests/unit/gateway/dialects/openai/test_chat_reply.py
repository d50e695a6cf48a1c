import json
from typing import Any

import pytest

from gateway.dialects.message import ToolCall, Usage
from gateway.dialects.openai.chat_reply import read_reply, read_usage
from gateway.dialects.openai.errors import read_error
from gateway.errors import UpstreamInvalid

AWS = "AKIAIOSFODNN7EXAMPLE"


def reply(*messages: dict[str, Any], **more: Any) -> bytes:
    choices = [{"index": i, "message": m, "finish_reason": "stop"} for i, m in enumerate(messages)]
    return json.dumps(
        {"id": "chatcmpl-1", "model": "small-1", "created": 1700000000, "choices": choices, **more}
    ).encode()


@pytest.mark.parametrize(
    ("message", "slots", "reasons"),
    [
        ({"role": "assistant", "content": "a", "refusal": None}, [("assistant.text", "a")], []),
        ({"content": None, "refusal": "no"}, [("assistant.text", "no")], []),
        ({"content": "a", "reasoning_content": "hm"}, [("assistant.text", "a"), ("assistant.text", "hm")], []),
        ({"tool_calls": [{"id": "c", "type": "function", "function": {"name": "f", "arguments": '{"a":"\\u0041"}'}}]}, [
            ("assistant.arguments", "A"),
        ], []),
        ({"function_call": {"name": "f", "arguments": "{}"}}, [], []),
        ({"tool_calls": [{"id": AWS, "function": {"name": AWS, "arguments": json.dumps({AWS: 1})}}]}, [
            ("assistant.id", AWS), ("assistant.key", AWS),
        ], []),
        ({"content": json.dumps({"k": "\\n" + AWS})}, [("assistant.text", "\\n" + AWS)], []),
        ({"content": json.dumps({"k": "\n" + AWS})}, [("assistant.text", "\n" + AWS)], []),
        ({"audio": {"id": "audio_1", "data": "QUJD", "transcript": "t", "expires_at": 1700000000}}, [
            ("assistant.text", "t"),
        ], ["modality.audio"]),
        ({"content": "a", "annotations": [{"type": "url_citation", "url_citation": {"title": "Ann"}}]}, [
            ("assistant.text", "a"), ("assistant.text", "url_citation"), ("assistant.text", "Ann"),
        ], []),
        ({"content": [{"type": "text", "text": "a"}, {"type": "image_url", "image_url": "data:image/png;base64,AA"}]}, [
            ("assistant.text", "a"),
        ], ["modality.image"]),
    ],
    ids=lambda value: str(value)[:30],
)  # fmt: skip
def test_everything_a_reply_says_is_a_slot(
    message: dict[str, Any], slots: list[tuple[str, str]], reasons: list[str]
) -> None:
    content = read_reply(reply(message)).content
    assert [(slot.place, slot.text) for slot in content.slots] == slots
    assert [part.reason for part in content.unwalked] == reasons


def test_each_choice_is_walked_and_its_end_told() -> None:
    read = read_reply(
        reply({"content": "a"}, {"content": "b"}, usage={"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7})
    )
    assert [slot.text for slot in read.content.slots] == ["a", "b"]
    assert (read.finish_reasons, read.model, read.usage) == (("stop", "stop"), "small-1", Usage(3, 4, 7))


def test_likely_tokens_are_screened_as_one_text_that_is_not_rewritten() -> None:
    raw = json.dumps({
        "choices": [{"message": {"content": "ab"}, "logprobs": {"content": [
            {"token": "a", "logprob": -0.123456789, "bytes": [97], "top_logprobs": [{"token": "Ann"}]}, {"token": "b"},
        ]}}],
    }).encode()  # fmt: skip
    assert [(slot.place, slot.text) for slot in read_reply(raw).content.slots] == [
        ("assistant.text", "ab"),
        ("assistant.key", "a\nAnn\nb"),
    ]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        b'{"choices": {}}',
        b'{"choices": [1]}',
        b'{"choices": [{"text": "a"}]}',
        b'{"a":1,"a":2}',
    ],
    ids=repr,
)
def test_a_reply_that_cannot_be_understood_cannot_be_passed_on(raw: bytes) -> None:
    with pytest.raises(UpstreamInvalid):
        read_reply(raw)


@pytest.mark.parametrize(
    ("raw", "texts"),
    [
        (b'{"error": {"message": "no Ann", "type": "bad", "code": "x", "param": null}}', ["no Ann"]),
        (b'{"error": {"message": "m", "code": "two words"}}', ["m", "two words"]),
        (b'{"error": "plain"}', ["plain"]),
        (b'{"detail": [{"msg": "bad"}]}', ["bad"]),
    ],
    ids=["envelope", "odd code", "text", "other shape"],
)
def test_the_text_of_an_error_is_screened_too(raw: bytes, texts: list[str]) -> None:
    slots = read_error(raw).content.slots
    assert [slot.text for slot in slots] == texts
    assert {slot.place for slot in slots} == {"error.text"}


def test_an_error_page_cannot_be_passed_on() -> None:
    with pytest.raises(UpstreamInvalid, match="not valid JSON at byte 0"):
        read_error(b"<html>Ann</html>")


@pytest.mark.parametrize(
    ("value", "usage"),
    [
        (None, None),
        ("7", None),
        ({"prompt_tokens": 1}, Usage(1, 0, 0)),
        ({"prompt_tokens": 2**60}, Usage(2**53 - 1, 0, 0)),
        ({"prompt_tokens": 9, "prompt_tokens_details": {"cached_tokens": 4}}, Usage(9, 0, 0, cache_read=4)),
        ({"prompt_tokens": 9, "prompt_cache_hit_tokens": 4}, Usage(9, 0, 0, cache_read=4)),
        ({"prompt_tokens": 9, "prompt_tokens_details": None}, Usage(9, 0, 0)),
        ({"prompt_tokens": -1, "completion_tokens": True, "total_tokens": "3"}, Usage(0, 0, 0)),
    ],
    ids=["none", "no object", "some", "too large", "cached", "cached, as DeepSeek tells", "no details", "nonsense"],
)
def test_usage_is_read_as_far_as_it_makes_sense(value: object, usage: Usage | None) -> None:
    assert read_usage(value) == usage


def test_a_reply_has_at_most_128_choices() -> None:
    message = {"content": "a"}
    assert len(read_reply(reply(*[message] * 128)).finish_reasons) == 128
    with pytest.raises(UpstreamInvalid, match="more than 128 choices"):
        read_reply(reply(*[message] * 129))


def test_a_reply_with_more_parts_than_are_screened_cannot_be_passed_on() -> None:
    with pytest.raises(UpstreamInvalid, match="more than 20000 parts"):
        read_reply(reply({"content": "a"}, x=["a"] * 20_001))


def test_likely_tokens_of_a_long_reply_are_one_part_however_many() -> None:
    tokens = [{"token": f"w{number}", "top_logprobs": [{"token": "a"}] * 5} for number in range(10_000)]
    raw = json.dumps({"choices": [{"message": {"content": "ab"}, "logprobs": {"content": tokens}}]}).encode()
    assert len(read_reply(raw).content.slots) == 2


def test_long_names_around_a_reply_are_labels_and_times_are_not() -> None:
    read = read_reply(reply({"content": "a"}, system_fingerprint="fp_44709d6fcb", service_tier=1700000000))
    assert [(slot.place, slot.text) for slot in read.content.slots] == [
        ("assistant.text", "a"),
        ("other.id", "fp_44709d6fcb"),
        ("other.key", "1700000000"),
    ]


def test_the_calls_of_all_choices_are_told_as_the_model_wrote_them() -> None:
    arguments = '{"to": "\\u0041nn", "n": 1.0}'
    read = read_reply(
        reply(
            {
                "content": None,
                "tool_calls": [
                    {"id": "c1", "type": "function", "function": {"name": "send", "arguments": arguments}},
                    {"id": "c2", "type": "custom", "custom": {"name": "shell", "input": "ls -l"}},
                    {"id": "c3", "function": {"name": "two words", "arguments": {"a": 1}}},
                    {"id": []},
                    "odd",
                ],
            },
            {"content": None, "function_call": {"name": "old", "arguments": "{}"}},
            {"content": "none", "tool_calls": None},
        )
    )
    assert read.calls == (
        ToolCall("send", arguments),
        ToolCall("shell", "ls -l"),
        ToolCall("unnamed", '{"a":1}'),
        ToolCall("unnamed", ""),
        ToolCall("old", "{}"),
    )
    assert "ls -l" not in repr(read.calls)
