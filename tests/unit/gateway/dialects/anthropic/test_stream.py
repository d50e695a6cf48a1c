import json
from typing import Any

import pytest

from gateway.dialects.anthropic.event import MAX_BLOCKS
from gateway.dialects.anthropic.stream import MessageStream
from gateway.dialects.event import Signal, StreamEvent
from gateway.dialects.message import ToolCall, Usage
from gateway.dialects.slot import Kind
from gateway.errors import PolicyBlocked, UpstreamInvalid
from tests.message_streams import (
    MESSAGE,
    START,
    STOP,
    assembled,
    begin,
    call,
    delta,
    end,
    finish,
    give,
    guard,
    run,
    say,
    think,
    told,
)
from tests.vendors.events import documents, events

SEAL = "EqoBCkgIARABGAIiQL2UoU0b1OHYi" * 4
CIPHER = "EmwKAhgBEgy3va3pzix/LafPsn4aDFIT2Xlxh0L5L8rLVyIwxtE3rAFBa8cr3qpP=="
TOKEN, ANN = "<EMAIL_ADDRESS_bcdef>", "ann@example.org"


def read(*chunks: bytes) -> list[StreamEvent]:
    stream = MessageStream()
    return [one for chunk in chunks for one in stream.feed(chunk)]


@pytest.mark.parametrize(
    ("start", "piece", "deltas"),
    [
        (begin(text=""), say("a"), [("0.0.text", "a", Kind.TEXT, False)]),
        (begin(text="x"), say("a"), [("0.0.text", "x", Kind.TEXT, False), ("0.0.text", "a", Kind.TEXT, False)]),
        (begin(kind="thinking", thinking=""), think("a"), [("0.0.thinking", "a", Kind.SEALED, False)]),
        (call(), give('{"'), [("0.0.input", '{"', Kind.ARGUMENTS, True)]),
        (call(), give(""), [("0.0.input", "", Kind.ARGUMENTS, True)]),
        (begin(kind="compaction"), delta(0, "compaction_delta", content="a"), [
            ("0.0.content", "a", Kind.SEALED, False),
        ]),
        (begin(kind="hologram"), say("a"), [("0.0.text", "a", Kind.TEXT, False)]),
    ],
    ids=["text", "text with a beginning", "thinking", "input", "empty input", "compaction", "unknown block"],
)  # fmt: skip
def test_growing_texts_are_named_by_their_block(
    start: bytes, piece: bytes, deltas: list[tuple[str, str, Kind, bool]]
) -> None:
    found = [one for event in read(START, start, piece) for one in event.deltas]
    assert [(one.slot, one.text, one.kind, one.whole) for one in found] == deltas


OTHERS: dict[str, tuple[list[bytes], list[str], list[str]]] = {
    "names": ([begin(text="")], [], []),
    "a signature": ([begin(kind="thinking"), delta(0, "signature_delta", signature=SEAL)], [], []),
    "a text for a signature": (
        [begin(kind="thinking"), delta(0, "signature_delta", signature="by Ann")],
        ["by Ann"],
        [],
    ),
    "hidden thinking": ([begin(kind="redacted_thinking", data=CIPHER)], [], ["encrypted"]),
    "a citation": (
        [begin(text=""), delta(0, "citations_delta", citation={"type": "char_location", "cited_text": "a"})],
        ["a"],
        [],
    ),
    "a result": (
        [begin(kind="web_search_tool_result", content=[{"type": "web_search_result", "title": "a b", "url": "u"}])],
        ["a b", "u"],
        [],
    ),
    "an unknown block": ([begin(kind="hologram", words="a b")], ["hologram", "a b"], ["unknown_part"]),
    "an unknown delta": ([begin(text=""), delta(0, "new_delta", words="a b")], ["a b"], ["unknown_part"]),
    "an unknown event": (
        [told("message_note", words="a b")],
        ["message_note", "a b"],
        ["unknown_part"],
    ),
    "an unknown member": ([told("message_stop", note="a b")], ["a b"], []),
    "members in the wrong event": (
        [begin(text=""), told("content_block_stop", index=0, delta={"text": "a b"}, content_block="c d")],
        ["a b", "c d"],
        [],
    ),
    "a stop sequence": (
        [told("message_delta", delta={"stop_reason": "stop_sequence", "stop_sequence": "Ann:"})],
        ["Ann:"],
        [],
    ),
    "a refusal": (
        [told("message_delta", delta={"stop_reason": "refusal", "stop_details": {"explanation": "a b"}})],
        ["a b"],
        [],
    ),
    "an error": ([told("error", error={"type": "overloaded_error", "message": "a b"})], ["a b"], []),
    "no text but a number": ([begin(text=""), delta(0, "text_delta", text=12345678)], ["12345678"], []),
}


@pytest.mark.parametrize(("chunks", "texts", "reasons"), OTHERS.values(), ids=OTHERS)
def test_other_strings_of_an_event_are_to_be_screened_by_themselves(
    chunks: list[bytes], texts: list[str], reasons: list[str]
) -> None:
    found = read(START, *chunks)[1:]
    assert [extra.text for one in found for extra in one.extras] == texts
    assert [part.reason for one in found for part in one.unwalked] == reasons


def test_the_kinds_of_events_are_told_apart() -> None:
    chunks = [b": hello\n\n", told("ping", note="a"), START, finish(), STOP, told("error", error={})]
    assert [one.signal for one in read(*chunks)] == [
        Signal.QUIET, Signal.QUIET, Signal.NONE, Signal.NONE, Signal.DONE, Signal.ERROR,
    ]  # fmt: skip


def test_a_tool_call_is_held_until_its_block_ends_and_known_by_its_tool() -> None:
    found = read(START, call(1), give("", 1), give("{}", 1), give("", 1), end(1), finish("tool_use"))
    assert [(one.held, one.bare, one.ends) for one in found[1:]] == [
        (("0.1",), False, ()),
        (("0.1",), False, ()),
        (("0.1",), True, ()),
        (("0.1",), True, ()),
        ((), False, ("0.1",)),
        ((), False, ("0",)),
    ]
    assert [pair for one in found for pair in one.tools] == [("0.1.input", "send")]


@pytest.mark.parametrize("kind", ["tool_use", "server_tool_use", "mcp_tool_use"])
def test_the_guard_tells_the_calls(kind: str) -> None:
    guarded = guard()
    guarded.feed(START + call(kind=kind) + give('{"to":') + give(f'"{TOKEN}"}}') + end() + call(1, "stop") + end(1))
    passages = guarded.to_screen()
    assert guarded.calls(passages) == [ToolCall("send", f'{{"to":"{TOKEN}"}}'), ToolCall("stop", "")]


def test_counts_are_totals_and_what_a_later_event_leaves_out_stays() -> None:
    cached = {**MESSAGE, "usage": {"input_tokens": 5, "cache_read_input_tokens": 20, "output_tokens": 1}}
    found = read(told("message_start", message=cached), finish(None, output_tokens=7), finish(input_tokens=None))
    assert [one.usage for one in found] == [
        Usage(25, 1, 26, cache_read=20),
        Usage(25, 7, 32, cache_read=20),
        Usage(25, 15, 40, cache_read=20),
    ]
    assert [one.finished for one in found] == [(), (), ((0, "end_turn"),)]


@pytest.mark.parametrize(
    ("chunks", "complete"),
    [
        ([], False),
        ([START, begin(text=""), say("a"), end()], False),
        ([START, finish(None)], False),
        ([START, finish()], True),
        ([START, finish(), STOP], True),
        ([START, STOP], True),
    ],
    ids=["nothing", "a block", "counts", "a reason", "all", "no reason"],
)
def test_a_stream_is_complete_when_the_provider_said_so(chunks: list[bytes], complete: bool) -> None:
    stream = MessageStream()
    for chunk in chunks:
        list(stream.feed(chunk))
    assert stream.complete is complete
    assert (stream.model, stream.id) == (("claude-sonnet-4-5", "msg_1") if chunks else (None, ""))


WRONG: dict[str, list[bytes]] = {
    "a page": [b"data: <html>\n\n"],
    "a list": [b"data: []\n\n"],
    "a key twice": [b'data: {"type":"ping","type":"ping"}\n\n'],
    "no type": [b"data: {}\n\n"],
    "a sentence for a type": [b'data: {"type":"said by ann"}\n\n'],
    "no index": [START, told("content_block_start", content_block={"type": "text"})],
    "a strange index": [START, begin(-1, text="")],
    "no block": [START, told("content_block_start", index=0)],
    "a block twice": [START, begin(text=""), begin(text="")],
    "a block that was not started": [START, say("a")],
    "the end of no block": [START, end()],
    "no delta": [START, begin(text=""), told("content_block_delta", index=0)],
    "two messages": [START, START],
    "arguments at the start": [START, begin(kind="tool_use", name="f", input={"to": "a"})],
    "too many blocks": [START, *(begin(index, text="") for index in range(MAX_BLOCKS + 1))],
}


@pytest.mark.parametrize("chunks", WRONG.values(), ids=WRONG)
def test_an_event_that_cannot_be_understood_ends_the_reading(chunks: list[bytes]) -> None:
    with pytest.raises(UpstreamInvalid) as caught:
        read(*chunks)
    assert "ann" not in str(caught.value)


@pytest.mark.parametrize("index", [0, 1])
def test_text_after_the_end_of_its_block_or_of_the_message_is_a_fault(index: int) -> None:
    ended = [end(0)] if index == 0 else [finish()]
    guarded = guard()
    run(guarded, [START, begin(0, text=""), begin(1, text=""), *ended, say("a", index)])
    assert isinstance(guarded.fault, UpstreamInvalid)


def test_an_untouched_event_leaves_byte_for_byte_under_its_datas_type() -> None:
    stream = MessageStream()
    raw = b'event: message_start\r\ndata:  {"type" : "message_start", "message":{}}\r\n\r\n'
    lying = (
        b'event: error\n: by ann\ndata: {"type":"content_block_start","index":0,"content_block":{"type":"text"}}\n\n'
    )
    bare = b'data: {"type":"message_stop"}\n\n'
    start, block, last = [*stream.feed(raw), *stream.feed(lying), *stream.feed(bare)]
    assert stream.render(start, {}) == raw
    assert stream.render(block, {}).startswith(b"event: content_block_start\ndata: {")
    assert b"ann" not in stream.render(block, {})
    assert stream.render(last, {}) == b"event: message_stop\n" + bare


def test_signs_of_life_say_nothing() -> None:
    stream = MessageStream()
    ping, comment = stream.feed(told("ping", note="by ann") + b": by ann\n\n")
    assert stream.render(ping, {}) == stream.heartbeat == b'event: ping\ndata: {"type":"ping"}\n\n'
    assert stream.render(comment, {}) == b":\n\n"


def test_values_are_put_back_everywhere_but_in_thinking() -> None:
    raw = run(
        guard("window", {TOKEN: ANN}),
        [
            START, begin(kind="thinking", thinking=""), think(f"To {TOKEN[:9]}"), think(f"{TOKEN[9:]}."),
            delta(0, "signature_delta", signature=SEAL), end(),
            begin(1, text=""), say(f"To {TOKEN[:9]}", 1), say(f"{TOKEN[9:]}", 1), end(1),
            call(2), give('{"to": "<EMAIL', 2), give(f'{TOKEN[6:]}"}}', 2), end(2), finish("tool_use"), STOP,
        ],
    )  # fmt: skip
    got = assembled(raw)
    assert (got["0.thinking"], got["0.signature"]) == (f"To {TOKEN}.", SEAL)
    assert (got["1.text"], json.loads(got["2.partial_json"])) == (f"To {ANN}", {"to": ANN})
    assert [one.name for one in events(raw)] == [document["type"] for document in documents(raw)]


def test_a_value_in_a_json_answer_is_escaped_for_it() -> None:
    chunks = [START, begin(text=""), say('{"name": "<PERSON'), say('_k3f9a>"}'), end(), finish(), STOP]
    raw = run(guard("window", {"<PERSON_k3f9a>": 'Ann "Lee"'}, json_text=True), chunks)
    assert json.loads(assembled(raw)["0.text"]) == {"name": 'Ann "Lee"'}


def test_held_back_text_leaves_before_its_block_ends() -> None:
    raw = run(guard("window", {TOKEN: ANN}), [START, begin(text=""), say("To <EMAIL"), end(), finish(), STOP])
    kinds = [document["type"] for document in documents(raw)]
    assert assembled(raw)["0.text"] == "To <EMAIL"
    assert kinds.index("content_block_stop") > max(at for at, kind in enumerate(kinds) if kind == "content_block_delta")


def stopped(*chunks: bytes) -> tuple[list[dict[str, Any]], dict[str, str]]:
    guarded = guard()
    for chunk in chunks:
        guarded.feed(chunk)
        guarded.cleared(guarded.to_screen())
        guarded.take()
    raw = guarded.stop(PolicyBlocked("A secret was found.", code="secret.detected"))
    return documents(raw), assembled(raw)


def test_a_policy_stop_ends_what_is_open_and_the_message_as_a_refusal() -> None:
    blocks = [begin(text=""), say("word " * 60), end(), begin(1, text=""), say("more " * 60, 1), call(2), give("{", 2)]
    last, _ = stopped(START, *blocks)
    assert [document["type"] for document in last] == ["content_block_stop", "message_delta", "message_stop"]
    assert last[0]["index"] == 1
    assert last[1] == {
        "type": "message_delta",
        "delta": {
            "stop_reason": "refusal", "stop_sequence": None, "stop_details": {
                "type": "refusal", "category": None, "explanation": "A secret was found.",
                "error_code": "secret.detected",
            },
        },
        "usage": {"output_tokens": 1},
    }  # fmt: skip


def test_before_the_message_began_a_stop_is_an_error() -> None:
    stream = MessageStream()
    list(stream.feed(START))
    error = PolicyBlocked("Not allowed.", code="x.y")
    assert stream.stopped([], error) == stream.failed(error)
    assert [one.name for one in events(stream.failed(error))] == ["error"]


def test_half_a_tool_call_never_leaves() -> None:
    raw = run(guard(), [START, begin(text=""), say("a"), end(), call(1), give('{"to": "a', 1)])
    assert assembled(raw) == {"0.type": "text", "0.text": "a", "0.end": "yes", "error": "api_error"}
