import json
from typing import Any

import pytest

from gateway.dialects.event import Signal
from gateway.dialects.message import Inbound, Request, Usage
from gateway.dialects.openai.completions import COMPLETIONS
from gateway.errors import BadRequest, PolicyBlocked, UpstreamInvalid


def request(**more: Any) -> Request:
    return COMPLETIONS.read_request(Inbound(json.dumps({"model": "m", **more}).encode()))


REQUESTS: dict[str, tuple[dict[str, Any], list[tuple[str, str]], list[str]]] = {
    "a prompt": ({"prompt": "I am Ann"}, [("user.text", "I am Ann")], []),
    "prompts": ({"prompt": ["Ann", "Bob"]}, [("user.text", "Ann"), ("user.text", "Bob")], []),
    "tokens": ({"prompt": [1, 2]}, [], ["modality.tokens"]),
    "none": ({}, [], []),
    "what follows": ({"prompt": "a", "suffix": "for Ann"}, [("user.text", "a"), ("user.text", "for Ann")], []),
    "settings": ({"prompt": "", "echo": True, "best_of": 2, "logprobs": 5, "logit_bias": {"50256": -100}}, [], []),
    "stop words and what is new": ({"prompt": "", "stop": "Ann:", "guided_regex": "Bob|Eve"}, [
        ("other.text", "Ann:"), ("other.text", "Bob|Eve"),
    ], []),
    "a user": ({"prompt": "", "user": "Ann"}, [("metadata.text", "Ann")], []),
}  # fmt: skip


@pytest.mark.parametrize(("body", "slots", "reasons"), REQUESTS.values(), ids=REQUESTS)
def test_everything_a_request_says_is_a_slot(
    body: dict[str, Any], slots: list[tuple[str, str]], reasons: list[str]
) -> None:
    content = request(**body).content
    assert [(slot.place, slot.text) for slot in content.slots] == slots
    assert [part.reason for part in content.unwalked] == reasons


@pytest.mark.parametrize(
    ("body", "choices", "most"),
    [
        ({"prompt": "a"}, 1, None),
        ({"prompt": "a", "n": 3, "max_tokens": 10}, 3, 30),
        ({"prompt": ["a", "b"], "n": 3, "max_tokens": 10}, 6, 60),
        ({"prompt": [1, 2], "max_tokens": 10}, 1, 10),
        ({"prompt": [[1, 2], [3], [4]], "max_tokens": 10}, 3, 30),
        ({"prompt": [], "n": 2}, 2, None),
    ],
    ids=str,
)
def test_each_prompt_has_its_answers(body: dict[str, Any], choices: int, most: int | None) -> None:
    read = request(**body)
    assert (read.choices, read.max_output) == (choices, most)


@pytest.mark.parametrize(
    ("body", "param"),
    [({"prompt": 4}, "prompt"), ({"prompt": {"a": "b"}}, "prompt"), ({"prompt": "a", "n": 0}, "n"),
     ({"prompt": "a", "stream": "yes"}, "stream"), ({"prompt": "a", "stream_options": 1}, "stream_options")],
    ids=str,
)  # fmt: skip
def test_what_the_gateway_relies_on_is_checked(body: dict[str, Any], param: str) -> None:
    with pytest.raises(BadRequest) as caught:
        request(**body)
    assert caught.value.param == param


def test_a_stream_is_asked_for_its_usage() -> None:
    sent = json.loads(COMPLETIONS.rewrite_request(request(prompt="a", stream=True), {}).body)
    assert sent["stream_options"] == {"include_usage": True}
    assert "stream_options" not in json.loads(COMPLETIONS.rewrite_request(request(prompt="a"), {}).body)


def test_a_reply_is_walked_with_its_likely_tokens() -> None:
    likely = {
        "tokens": ["To", " Ann"],
        "token_logprobs": [-0.1, -0.2],
        "top_logprobs": [{"To Bob": -1}],
        "text_offset": [0, 2],
    }
    choices = [
        {"text": "To Ann", "index": 0, "logprobs": likely, "finish_reason": "stop"},
        {"text": "", "index": 1, "logprobs": None, "finish_reason": "length"},
    ]
    usage = {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5}
    raw = json.dumps({"id": "cmpl-1", "object": "text_completion", "model": "m", "choices": choices, "usage": usage})
    reply = COMPLETIONS.read_reply(raw.encode())
    assert [(slot.place, slot.text) for slot in reply.content.slots] == [
        ("assistant.text", "To Ann"),
        ("assistant.key", "To\n Ann\nTo Bob"),
    ]
    assert (reply.finish_reasons, reply.usage) == (("stop", "length"), Usage(3, 2, 5))


@pytest.mark.parametrize("raw", [b"{}", b'{"choices": {}}', b'{"choices": ["a"]}', b"<html>"], ids=repr)
def test_a_reply_that_cannot_be_understood_cannot_be_passed_on(raw: bytes) -> None:
    with pytest.raises(UpstreamInvalid):
        COMPLETIONS.read_reply(raw)


def chunk(text: Any, index: int = 0, reason: str | None = None) -> bytes:
    choice = {"text": text, "index": index, "logprobs": None, "finish_reason": reason}
    document = {"id": "cmpl-1", "object": "text_completion", "created": 1, "model": "m", "choices": [choice]}
    return b"data: " + json.dumps(document).encode() + b"\n\n"


class TestAStream:
    def test_its_texts_grow_by_choice(self) -> None:
        stream = COMPLETIONS.stream(request(prompt="a", stream=True))
        events = list(stream.feed(chunk("To ") + chunk("No", 1, "stop") + chunk("Ann", 0) + chunk("", 0, "length")))
        assert [(d.slot, d.text) for e in events for d in e.deltas] == [
            ("0.text", "To "), ("1.text", "No"), ("0.text", "Ann"),
        ]  # fmt: skip
        assert [e.ends for e in events] == [(), ("1",), (), ("0",)]
        assert stream.complete
        assert stream.model == "m"
        assert stream.is_answer("0.text")

    def test_a_held_back_text_and_a_stop_are_told_in_its_own_shape(self) -> None:
        stream = COMPLETIONS.stream(request(prompt="a", stream=True))
        for event in stream.feed(chunk("To ")):
            stream.render(event, {})
        envelope = {"id": "cmpl-1", "object": "text_completion", "created": 1, "model": "m"}
        told = json.loads(stream.text_event("0.text", "Ann").removeprefix(b"data: "))
        choice = {"index": 0, "text": "Ann", "logprobs": None, "finish_reason": None}
        assert told == {**envelope, "choices": [choice]}
        *ends, done, _ = stream.stopped([0], PolicyBlocked("No.", code="secret.detected")).split(b"\n\n")
        choice = {"index": 0, "text": "", "logprobs": None, "finish_reason": "content_filter"}
        assert [json.loads(end.removeprefix(b"data: ")) for end in ends] == [{**envelope, "choices": [choice]}]
        assert done == b"data: [DONE]"

    def test_an_error_of_the_provider_is_one(self) -> None:
        stream = COMPLETIONS.stream(request(prompt="a", stream=True))
        (event,) = stream.feed(b'data: {"error": {"message": "for Ann", "type": "server_error"}}\n\n')
        assert event.signal is Signal.ERROR
        assert [slot.text for slot in event.extras] == ["for Ann"]

    def test_the_usage_that_nobody_asked_for_is_dropped(self) -> None:
        stream = COMPLETIONS.stream(request(prompt="a", stream=True))
        (event,) = stream.feed(b'data: {"choices": [], "usage": {"prompt_tokens": 2}}\n\n')
        assert (event.signal, event.usage) == (Signal.DROP, Usage(2, 0, 0))

    def test_a_text_that_is_no_string_is_screened_as_it_is(self) -> None:
        stream = COMPLETIONS.stream(request(prompt="a", stream=True))
        (event,) = stream.feed(chunk({"to": "Ann"}))
        assert ([slot.text for slot in event.extras], event.deltas) == (["Ann"], ())
