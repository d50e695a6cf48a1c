import json
from typing import Any

import pytest

from gateway.dialects.message import Inbound
from gateway.dialects.openai.chat import OpenAIChat
from gateway.errors import PolicyBlocked, UnknownModel

CHAT = OpenAIChat()
RAW = b'{ "model":"m", "temperature":1.0,\n "messages":[{"role":"user","content":"I am \\u0041nn"}]}'


def test_without_a_change_the_same_bytes_object_goes_on() -> None:
    request = CHAT.read_request(Inbound(RAW))
    assert CHAT.rewrite_request(request, {}).body is RAW
    assert CHAT.rewrite_request(request, {}, model="m").body is RAW


def test_new_texts_and_another_model_change_just_these_literals() -> None:
    new = CHAT.rewrite_request(CHAT.read_request(Inbound(RAW)), {"q0": "I am <P>"}, model="other")
    assert new.body == RAW.replace(b'"m"', b'"other"').replace(b'"I am \\u0041nn"', b'"I am <P>"')


@pytest.mark.parametrize(
    ("start", "result"),
    [
        (b'{"stream":true,', b'{"stream_options":{"include_usage":true},"stream":true,'),
        (b'{"stream":true,"stream_options":null,', b'{"stream":true,"stream_options":{"include_usage":true},'),
        (b'{"stream":true,"stream_options": { } ,', b'{"stream":true,"stream_options": {"include_usage":true} ,'),
        (b'{"stream":true,"stream_options":{"x":1},', b'{"stream":true,"stream_options":{"include_usage":true,"x":1},'),
        (
            b'{"stream":true,"stream_options":{"include_usage":false},',
            b'{"stream":true,"stream_options":{"include_usage":true},',
        ),
        (b'{"stream":true,"stream_options":{"include_usage" : true},', None),
        (b'{"stream":false,', None),
    ],
    ids=["absent", "null", "empty", "other options", "false", "true", "no stream"],
)
def test_a_stream_is_asked_for_its_usage_with_the_smallest_change(start: bytes, result: bytes | None) -> None:
    rest = b' "model":"m","messages":[{"role":"user","content":"x"}]}'
    new = CHAT.rewrite_request(CHAT.read_request(Inbound(start + rest)), {})
    assert new.body == (result or start) + rest


def test_arguments_are_rewritten_inside_their_string() -> None:
    call = {
        "id": "c",
        "type": "function",
        "function": {"name": "f", "arguments": '{"n": 1.0, "to": "\\u0041nn", "cc": "Bob"}'},
    }
    raw = json.dumps({"choices": [{"message": {"content": None, "tool_calls": [call]}}]}).encode()
    new = json.loads(CHAT.rewrite_reply(CHAT.read_reply(raw), {"r0": 'A"', "r1": "B"}))
    assert (
        new["choices"][0]["message"]["tool_calls"][0]["function"]["arguments"] == '{"n": 1.0, "to": "A\\"", "cc": "B"}'
    )


@pytest.mark.parametrize("slot", ["q7", "r0", "q0"], ids=["unknown", "of a reply", "a key"])
def test_what_is_no_rewritable_slot_cannot_be_rewritten(slot: str) -> None:
    request = CHAT.read_request(Inbound(RAW.replace(b'"temperature":1.0', b'"metadata":{"a b":1}')))
    assert {s.id: s.place for s in request.content.slots} == {"q0": "metadata.key", "q1": "user.text"}
    with pytest.raises(KeyError):
        CHAT.rewrite_request(request, {slot: "x"})


@pytest.mark.parametrize(
    ("error", "body"),
    [
        (PolicyBlocked("Not allowed.", code="secret.detected"), {
            "message": "Not allowed.", "type": "policy_violation", "param": None, "code": "secret.detected",
        }),
        (UnknownModel("No such model.", param="model"), {
            "message": "No such model.", "type": "invalid_request_error", "param": "model", "code": "model_not_found",
        }),
    ],
    ids=["blocked", "unknown model"],
)  # fmt: skip
def test_errors_come_in_the_envelope_that_sdks_know(error: Any, body: dict[str, Any]) -> None:
    assert json.loads(CHAT.api.error_body(error)) == {"error": body}
