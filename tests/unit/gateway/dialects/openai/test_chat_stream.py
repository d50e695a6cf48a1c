import json
from typing import Any

import pytest

from gateway.dialects.event import Signal, StreamEvent
from gateway.dialects.message import Usage
from gateway.dialects.openai.chat_stream import ChatStream
from gateway.dialects.slot import Kind
from gateway.errors import PolicyBlocked, UpstreamInvalid
from tests.chat_streams import DONE, call, choice, documents, end, event, say


def read(*chunks: bytes, usage_asked: bool = False) -> list[StreamEvent]:
    stream = ChatStream(usage_asked=usage_asked)
    return [one for chunk in chunks for one in stream.feed(chunk)]


def deltas(*chunks: bytes) -> list[tuple[str, str, bool]]:
    return [(delta.slot, delta.text, delta.whole) for one in read(*chunks) for delta in one.deltas]


@pytest.mark.parametrize(
    ("delta", "found"),
    [
        ({"role": "assistant", "content": ""}, []),
        ({"content": "a"}, [("0.content", "a", False)]),
        ({"content": "a", "refusal": "b"}, [("0.content", "a", False), ("0.refusal", "b", False)]),
        ({"reasoning_content": "r"}, [("0.reasoning_content", "r", False)]),
        ({"reasoning": "r"}, [("0.reasoning", "r", False)]),
        ({"audio": {"id": "audio_1", "transcript": "t"}}, [("0.audio.transcript", "t", False)]),
        ({"function_call": {"name": "f", "arguments": "{"}}, [("0.function_call", "{", True)]),
        ({"tool_calls": [
            {"index": 0, "function": {"name": "f", "arguments": ""}}, {"index": 1, "custom": {"input": "ls"}},
        ]}, [("0.tool0.0", "", True), ("0.tool1.0", "ls", True)]),
        ({"tool_calls": [{"id": "c", "function": {"name": "f"}}]}, []),
    ],
    ids=lambda value: str(value)[:30],
)  # fmt: skip
def test_growing_texts_are_named_by_choice_and_member(
    delta: dict[str, Any], found: list[tuple[str, str, bool]]
) -> None:
    assert deltas(event(choice(delta))) == found


def test_a_new_id_under_an_old_index_is_another_call() -> None:
    chunks = [call("{", id="a", name="f"), call("}"), call("[", id="b", name="f"), call("]")]
    assert [slot for slot, _, _ in deltas(*chunks)] == ["0.tool0.0", "0.tool0.0", "0.tool0.1", "0.tool0.1"]


def test_only_pieces_without_a_name_or_an_id_may_be_left_out() -> None:
    chunks = [
        call("{", id="a", name="f"),
        call("}"),
        event(choice({"tool_calls": [{"index": 0}], "content": "x"})),
        end(),
    ]
    assert [(one.held, one.bare) for one in read(*chunks)] == [
        (("0",), False),
        (("0",), True),
        (("0",), False),
        ((), False),
    ]


@pytest.mark.parametrize(
    ("chunk", "texts", "reasons"),
    [
        (event(choice({"content": "a"}), system_fingerprint="fp_1", service_tier="default"), [], []),
        (event(choice({"content": "a"}), obfuscation="Xy1"), [], []),
        (event(choice({"content": "a"}), obfuscation="AKIAIOSFODNN7EXAMPLE"), ["AKIAIOSFODNN7EXAMPLE"], []),
        (call("{", id="AKIAIOSFODNN7EXAMPLE", name="get_078_05_1121"), ["AKIAIOSFODNN7EXAMPLE", "get_078_05_1121"], []),
        (event(choice({"content": "a"}), note='{"a": "b"}'), ['{"a": "b"}'], []),
        (event(choice({"content": "a"}), note="Ann"), ["Ann"], []),
        (event(choice({"content": "a", "annotations": [{"title": "Ann"}]})), ["Ann"], []),
        (event({**choice({"content": "ab"}), "logprobs": {"content": [{"token": "a"}, {"token": "b"}]}}), ["a\nb"], []),
        (event({**choice({"content": "a"}), "content_filter_results": {"hate": {"severity": "safe"}}}), [], []),
        (event(choice({"content": [{"type": "text", "text": "a"}]})), ["a"], []),
        (event(choice({"audio": {"data": "QUJD"}})), [], ["modality.audio"]),
        (event({"index": 0, "message": {"content": "Ann"}}), ["Ann"], []),
        (event(choice({}, reason="two words")), ["two words"], []),
        (event(choice({"content": "a", "ann lee": None}), **{"bob ray": None}), ["ann lee", "bob ray"], []),
    ],
    ids=[
        "names",
        "padding",
        "a secret for padding",
        "long names",
        "a document as text",
        "unknown member",
        "annotations",
        "likely tokens",
        "filter",
        "parts",
        "audio",
        "message",
        "reason",
        "keys",
    ],
)
def test_other_strings_of_a_chunk_are_to_be_screened_by_themselves(
    chunk: bytes, texts: list[str], reasons: list[str]
) -> None:
    one = read(chunk)[0]
    assert [extra.text for extra in one.extras] == texts
    assert [part.reason for part in one.unwalked] == reasons


def test_the_kinds_of_events_are_told_apart() -> None:
    chunks = [b": hello\n\n", b"data:\n\n", say("a"), end("length"), b'data: {"error": {"message": "m"}}\n\n', DONE]
    found = read(*chunks)
    assert [one.signal for one in found] == [
        Signal.QUIET, Signal.QUIET, Signal.NONE, Signal.NONE, Signal.ERROR, Signal.DONE,
    ]  # fmt: skip
    assert found[3].finished == ((0, "length"),)
    assert [extra.place for extra in found[4].extras] == ["error.text"]


@pytest.mark.parametrize(("asked", "signal"), [(False, Signal.DROP), (True, Signal.NONE)], ids=["not asked", "asked"])
def test_the_usage_event_is_read_and_dropped_unless_the_client_asked(asked: bool, signal: Signal) -> None:
    one = read(event(usage={"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3}), usage_asked=asked)[0]
    assert (one.signal, one.usage) == (signal, Usage(1, 2, 3))


def test_usage_beside_choices_stays_where_it_is() -> None:
    one = read(event(choice({"content": "a"}), usage={"prompt_tokens": 1}))[0]
    assert (one.signal, one.usage) == (Signal.NONE, Usage(1, 0, 0))


@pytest.mark.parametrize(
    ("chunks", "complete"),
    [
        ([], False),
        ([say("a")], False),
        ([say("a"), end()], True),
        ([say("a"), say("b", 1), end()], False),
        ([say("a"), say("b", 1), end(), end(index=1)], True),
        ([say("a"), DONE], True),
        ([DONE], True),
    ],
    ids=["nothing", "no end", "an end", "one of two", "both", "told without a reason", "empty"],
)
def test_a_stream_is_complete_when_the_provider_said_so(chunks: list[bytes], complete: bool) -> None:
    stream = ChatStream(usage_asked=False)
    for chunk in chunks:
        list(stream.feed(chunk))
    assert stream.complete is complete


@pytest.mark.parametrize(
    "data",
    [b"<html>", b"[]", b"{", b'{"a":1,"a":2}', b'{"choices":{}}', b'{"choices":[1]}', b'{"choices":[{"index":"0"}]}',
     b'{"choices":[{"index":-1}]}', b'{"choices":[{"delta":{"tool_calls":[1]}}]}',
     b'{"choices":[{"delta":{"tool_calls":[{"index":"x"}]}}]}'],
    ids=repr,
)  # fmt: skip
def test_a_chunk_that_cannot_be_understood_ends_the_reading(data: bytes) -> None:
    with pytest.raises(UpstreamInvalid) as caught:
        read(b"data: " + data + b"\n\n")
    assert data.decode() not in str(caught.value)


def test_events_before_a_broken_one_are_still_given() -> None:
    events = ChatStream(usage_asked=False).feed(say("a") + b"data: {\n\n")
    assert next(events).deltas[0].text == "a"
    with pytest.raises(UpstreamInvalid):
        next(events)


def test_an_untouched_event_leaves_byte_for_byte() -> None:
    stream = ChatStream(usage_asked=False)
    raw = b'data:  { "choices" : [ {"index":0,"delta":{"content":"a"}} ] }\r\n\r\n'
    one = next(stream.feed(raw))
    assert stream.render(one, {}) == raw
    assert stream.render(one, {one.deltas[0].path: "b"}) == raw.replace(b'"a"', b'"b"')
    assert one.deltas[0].kind is Kind.TEXT


def test_comments_and_other_fields_of_an_event_do_not_leave() -> None:
    stream = ChatStream(usage_asked=False)
    data = b'data: {"choices":[{"index":0,"delta":{"content":"a"}}]}\n'
    quiet, one = stream.feed(b": by ann\n\nevent: by ann\n: by ann\nid: ann\n" + data + b"\n")
    assert (stream.render(quiet, {}), stream.render(one, {})) == (b":\n\n", data + b"\n")


def rendered(*chunks: bytes) -> ChatStream:
    stream = ChatStream(usage_asked=False)
    for one in [one for chunk in chunks for one in stream.feed(chunk)]:
        stream.render(one, {})
    return stream


def test_added_text_comes_in_the_envelope_of_the_last_chunk_that_left() -> None:
    stream = rendered(event(choice({"content": "a"}, 3), usage=None, system_fingerprint="fp"))
    list(stream.feed(event(choice({"content": "a"}, 3), id="the one to be stopped")))
    assert documents(stream.text_event("3.audio.transcript", "tail")) == [{
        "id": "c7", "created": 1700000000, "model": "small-1", "system_fingerprint": "fp",
        "choices": [{"index": 3, "delta": {"audio": {"transcript": "tail"}}, "logprobs": None, "finish_reason": None}],
    }]  # fmt: skip
    assert stream.model == "small-1"


def test_what_is_no_short_name_is_not_repeated_in_added_events() -> None:
    stream = rendered(event(choice({"content": "a"}), id="x" * 129, model={"by": "ann"}, service_tier=["ann"]))
    assert set(documents(stream.text_event("0.content", "tail"))[0]) == {"created", "choices"}


def test_a_policy_stop_ends_each_open_choice_as_filtered_content() -> None:
    stream = rendered(say("a"))
    last = documents(stream.stopped([0, 1], PolicyBlocked("no")))
    assert [d if d == "[DONE]" else d["choices"][0]["finish_reason"] for d in last] == ["content_filter"] * 2 + [
        "[DONE]"
    ]
    assert last[0]["id"] == "c7"


def test_before_any_chunk_left_a_stop_is_an_error_and_no_id_is_made_up() -> None:
    stream = ChatStream(usage_asked=False)
    list(stream.feed(say("a")))
    error = PolicyBlocked("Not allowed.", code="x.y")
    assert stream.stopped([], error) == stream.failed(error)
    assert json.loads(stream.failed(error).removeprefix(b"data: "))["error"]["code"] == "x.y"


def test_a_name_that_must_be_screened_is_asked_for_until_a_chunk_with_it_has_left() -> None:
    stream = ChatStream(usage_asked=False)
    chunk = event(choice({"content": "a"}), id="x" * 40)
    one, two = [*stream.feed(chunk), *stream.feed(chunk)]
    assert one.extras == two.extras
    if one.extras:
        stream.render(one, {})
    assert next(stream.feed(chunk)).extras == ()


def test_too_many_choices_or_calls_end_the_reading() -> None:
    read(*(say("a", index) for index in range(128)), *(call("", number, 0, id="c") for number in range(128)))
    with pytest.raises(UpstreamInvalid, match="more than 128 choices"):
        read(*(say("a", index) for index in range(129)))
    with pytest.raises(UpstreamInvalid, match="more than 128 tool calls"):
        read(*(call("", number, number % 2, id="c") for number in range(129)))
    with pytest.raises(UpstreamInvalid, match="more than 128 tool calls"):
        read(*(call("", 0, id=f"c{number}") for number in range(129)))


def test_padding_against_eavesdroppers_goes_on_as_it_came() -> None:
    choice = {"index": 0, "delta": {"content": "a"}, "finish_reason": None}
    raw = b"data: " + json.dumps({"id": "c", "choices": [choice], "obfuscation": "7Yp2"}).encode() + b"\n\n"
    stream = ChatStream(usage_asked=False)
    (event,) = stream.feed(raw)
    assert stream.render(event, {}) == raw
    assert event.extras == ()
