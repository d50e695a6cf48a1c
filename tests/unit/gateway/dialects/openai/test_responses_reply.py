import json
from typing import Any

import pytest

from gateway.dialects.message import ToolCall, Usage
from gateway.dialects.openai.responses_reply import read_reply
from gateway.errors import UpstreamInvalid


def reply(*output: Any, **more: Any) -> bytes:
    return json.dumps(
        {"id": "resp_1", "model": "small-1", "status": "completed", "output": list(output), **more}
    ).encode()


def test_a_reply_tells_its_id_its_end_its_usage_and_the_calls_that_it_asks_for() -> None:
    read = read_reply(
        reply(
            {"type": "reasoning", "id": "rs_1", "summary": []},
            {"type": "function_call", "name": "f", "call_id": "c", "arguments": '{"a":1}'},
            {"type": "custom_tool_call", "name": "not a name", "call_id": "c2", "input": "ls"},
            {"type": "shell_call", "call_id": "c3", "action": {"commands": ["ls"]}},
            usage={
                "input_tokens": 9,
                "output_tokens": 2,
                "total_tokens": 11,
                "input_tokens_details": {"cached_tokens": 4},
            },
        )
    )
    assert (read.id, read.model, read.finish_reasons) == ("resp_1", "small-1", ("completed",))
    assert read.usage == Usage(9, 2, 11, 4, 0)
    assert read.parts == {"rs_1": "", "c": "f", "c2": "unnamed", "c3": "shell"}
    assert read.calls == (
        ToolCall("f", '{"a":1}'),
        ToolCall("unnamed", "ls"),
        ToolCall("shell", '{"commands":["ls"]}'),
    )


def test_an_incomplete_reply_tells_why() -> None:
    read = read_reply(reply(status="incomplete", incomplete_details={"reason": "max_output_tokens"}))
    assert read.finish_reasons == ("max_output_tokens",)


def test_what_a_reply_repeats_of_its_request_and_what_failed_are_slots_too() -> None:
    read = read_reply(
        reply(
            {"type": "message", "role": "assistant", "content": [
                {"type": "output_text", "text": "a", "logprobs": [{"token": "Ann", "top_logprobs": [{"token": "B"}]}]},
            ]},
            instructions=[{"role": "developer", "content": "i"}],
            tools=[{"type": "function", "name": "f", "description": "d"}],
            error={"code": "server_error", "message": "lost Ann"},
            metadata={"k": "v"},
        )
    )  # fmt: skip
    assert [(slot.place, slot.text) for slot in read.content.slots] == [
        ("assistant.text", "a"),
        ("assistant.key", "Ann\nB"),
        ("developer.text", "i"),
        ("tools.definition", "d"),
        ("error.text", "lost Ann"),
        ("metadata.text", "v"),
    ]


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b'{"output": {}}', b'{"output": ["a"]}'], ids=str)
def test_a_reply_of_another_shape_is_none(raw: bytes) -> None:
    with pytest.raises(UpstreamInvalid):
        read_reply(raw)
