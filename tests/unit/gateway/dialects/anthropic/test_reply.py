import json
from typing import Any

import pytest

from gateway.dialects.anthropic.messages import AnthropicMessages
from gateway.dialects.anthropic.reply import read_reply, read_usage
from gateway.dialects.message import Reply, ToolCall, Usage
from gateway.errors import UpstreamInvalid

SEAL = "EqoBCkgIARABGAIiQL2UoU0b1OHYi" * 4


def reply(*content: dict[str, Any], **more: Any) -> Reply:
    body = {
        "id": "msg_013Zva2CMHLNnjNjJKqJ2EF",
        "type": "message",
        "role": "assistant",
        "model": "claude-sonnet-4-5-20250929",
        "content": content,
        "stop_reason": "end_turn",
        "usage": {"input_tokens": 1, "output_tokens": 2, "service_tier": "standard"},
        **more,
    }
    return read_reply(json.dumps(body).encode())


@pytest.mark.parametrize(
    ("read", "slots"),
    [
        (reply({"type": "text", "text": "a"}), [("assistant.text", "a")]),
        (reply({"type": "thinking", "thinking": "a", "signature": SEAL}), [("assistant.sealed", "a")]),
        (reply({"type": "tool_use", "name": "f", "input": {"to": "a"}}), [("assistant.arguments", "a")]),
        (reply(stop_sequence="Ann:"), [("assistant.text", "Ann:")]),
        (reply(stop_details={"type": "refusal", "category": "cyber", "explanation": "a"}), [("other.text", "a")]),
        (reply(container={"id": "c_1", "expires_at": "soon, Ann"}), [("other.text", "soon, Ann")]),
        (reply(future="a b"), [("other.text", "a b")]),
    ],
    ids=["text", "thinking", "input", "stop sequence", "refusal", "container", "unknown member"],
)
def test_everything_a_reply_says_is_a_slot(read: Reply, slots: list[tuple[str, str]]) -> None:
    found = [(slot.place, slot.text) for slot in read.content.slots]
    assert found == [("other.id", "msg_013Zva2CMHLNnjNjJKqJ2EF"), *slots]


def test_what_records_and_policy_want_to_know_of_a_reply() -> None:
    read = reply(
        {"type": "tool_use", "id": "t", "name": "send", "input": {"to": "Zoë"}},
        {"type": "server_tool_use", "id": "s", "name": "by Ann", "input": {}},
        stop_reason="tool_use",
    )
    assert (read.model, read.finish_reasons, read.id) == (
        "claude-sonnet-4-5-20250929", ("tool_use",), "msg_013Zva2CMHLNnjNjJKqJ2EF",
    )  # fmt: skip
    assert read.calls == (ToolCall("send", '{"to":"Zoë"}'), ToolCall("unnamed", "{}"))


@pytest.mark.parametrize(
    ("told", "usage"),
    [
        (None, None),
        ({"input_tokens": 5, "output_tokens": 7}, Usage(5, 7, 12)),
        (
            {"input_tokens": 5, "cache_read_input_tokens": 20, "cache_creation_input_tokens": 300, "output_tokens": 7},
            Usage(325, 7, 332, cache_read=20, cache_write=300),
        ),
        ({"input_tokens": "5", "cache_read_input_tokens": None, "output_tokens": -1}, Usage()),
    ],
    ids=["none", "plain", "cached", "no counts"],
)
def test_all_input_is_counted_that_of_the_cache_too(told: Any, usage: Usage | None) -> None:
    assert read_usage(told) == usage


@pytest.mark.parametrize("raw", [b"<html>", b"[]", b"{}", b'{"content":"a"}', b'{"content":["a"]}'], ids=repr)
def test_a_reply_that_cannot_be_understood_is_refused(raw: bytes) -> None:
    with pytest.raises(UpstreamInvalid):
        read_reply(raw)


def test_thinking_can_not_be_rewritten() -> None:
    read = reply({"type": "thinking", "thinking": "<EMAIL_ADDRESS_haetf>", "signature": SEAL})
    with pytest.raises(KeyError):
        AnthropicMessages().rewrite_reply(read, {read.content.slots[-1].id: "ann@example.org"})
    assert AnthropicMessages().rewrite_reply(read, {}) is read.raw
