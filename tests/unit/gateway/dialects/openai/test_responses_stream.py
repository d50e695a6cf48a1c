import json
from collections.abc import Iterable
from typing import Any

import pytest

from gateway.dialects.event import Signal, StreamEvent
from gateway.dialects.message import ToolCall, Usage
from gateway.dialects.openai.responses_stream import ResponsesStream
from gateway.dialects.slot import Kind
from gateway.errors import AirlockError, PolicyBlocked, UpstreamFault, UpstreamInvalid
from gateway.pseudonyms.mask import TokenMap
from gateway.pseudonyms.restore import Restorer
from gateway.stream.guard import StreamGuard
from tests.chat_streams import run
from tests.responses_streams import MESSAGE, Script, documents

TOKENS = {"<PERSON_abcde>": 'Ann "O" Lee'}
OUTPUT, CONTENT, COMMAND = "output_index", "content_index", "command_index"
BLOCKED = PolicyBlocked("No.", code="secret.detected")


def read(*chunks: bytes) -> list[StreamEvent]:
    stream = ResponsesStream()
    return [one for chunk in chunks for one in stream.feed(chunk)]


def guard(**options: Any) -> StreamGuard:
    return StreamGuard(ResponsesStream(), Restorer(TokenMap(TOKENS)), "window", allow_unwalked=True, **options)


def sent(chunks: Iterable[bytes], **options: Any) -> list[dict[str, Any]]:
    return documents(run(guard(**options), chunks)[0])


def one(kind: str, **members: Any) -> StreamEvent:
    return read(Script().event(kind, **members))[0]


@pytest.mark.parametrize(
    ("kind", "members", "found"),
    [
        ("output_text.delta", {OUTPUT: 1, CONTENT: 2, "delta": "a"}, ("1.content.2.text", False)),
        ("refusal.delta", {OUTPUT: 0, CONTENT: 0, "delta": "a"}, ("0.content.0.refusal", False)),
        ("reasoning_text.delta", {OUTPUT: 0, CONTENT: 1, "delta": "a"}, ("0.content.1.text", False)),
        ("reasoning_summary_text.delta", {OUTPUT: 0, "summary_index": 3, "delta": "a"}, ("0.summary.3.text", False)),
        ("function_call_arguments.delta", {OUTPUT: 4, "delta": "{"}, ("4.arguments", True)),
        ("mcp_call_arguments.delta", {OUTPUT: 4, "delta": "{"}, ("4.arguments", True)),
        ("custom_tool_call_input.delta", {OUTPUT: 0, "delta": "ls"}, ("0.input", True)),
        ("code_interpreter_call_code.delta", {OUTPUT: 0, "delta": "ls"}, ("0.code", False)),
        ("shell_call_command.delta", {OUTPUT: 0, COMMAND: 1, "delta": "l"}, ("0.action.commands.1", True)),
        ("shell_call_output_content.delta", {COMMAND: 1, "delta": {"stdout": "l"}}, ("0.output.1.stdout", False)),
        ("audio.transcript.delta", {"delta": "l"}, ("audio.transcript", False)),
        ("of_the_future.delta", {OUTPUT: 2, "delta": "l"}, ("2.response_of_the_future", False)),
    ],
)  # fmt: skip
def test_a_growing_text_is_named_by_its_place_in_the_output(
    kind: str, members: dict[str, Any], found: tuple[str, bool]
) -> None:
    assert [(delta.slot, delta.whole) for delta in one(f"response.{kind}", **members).deltas] == [found]


def texts(event: StreamEvent) -> list[str]:
    return [slot.text for slot in event.extras if slot.kind is not Kind.LABEL]


@pytest.mark.parametrize(
    ("kind", "members", "slots", "reasons"),
    [
        ("output_text.done", {OUTPUT: 0, CONTENT: 0, "text": "a"}, ["a"], []),
        ("output_item.done", {"item": {"type": "web_search_call", "action": {"query": "q"}}}, ["q"], []),
        ("output_text.annotation.added", {"annotation": {"type": "url_citation", "title": "t"}}, ["t"], []),
        ("image_generation_call.partial_image", {"partial_image_b64": "AA"}, [], ["modality.image"]),
        ("audio.delta", {"delta": "AAAA"}, [], ["modality.audio"]),
        ("output_item.added", {"item": {"type": "hologram", "beam": "b"}}, ["hologram", "b"], ["unknown_part"]),
        ("of_the_future", {"said": "x"}, ["x"], []),
        ("keepalive", {}, [], []),
    ],
)  # fmt: skip
def test_what_stands_in_one_event_alone_is_a_slot(
    kind: str, members: dict[str, Any], slots: list[str], reasons: list[str]
) -> None:
    event = one(f"response.{kind}", **members)
    assert (texts(event), [part.reason for part in event.unwalked]) == (slots, reasons)


def test_a_stream_tells_its_id_model_end_and_usage() -> None:
    script, stream = Script(), ResponsesStream()
    events = [e for chunk in (script.begin(), *script.say("a"), script.end()) for e in stream.feed(chunk)]
    assert stream.parts == {MESSAGE: ""}
    assert (stream.id, stream.model, stream.complete) == ("resp_68a1f0c2d4e5", "small-1", True)
    assert (events[-1].signal, events[-1].finished) == (Signal.DONE, ((0, "completed"),))
    assert events[-1].usage == Usage(12, 7, 19, 4, 0)


@pytest.mark.parametrize(
    ("status", "more", "signal", "reason"),
    [
        ("incomplete", {"incomplete_details": {"reason": "max_output_tokens"}}, Signal.DONE, "max_output_tokens"),
        ("failed", {"error": {"code": "server_error", "message": "x"}}, Signal.ERROR, "failed"),
        ("cancelled", {}, Signal.DONE, "cancelled"),
    ],
)
def test_every_end_is_known(status: str, more: dict[str, Any], signal: Signal, reason: str) -> None:
    event = read(Script().end(status, **more))[0]
    assert (event.signal, event.finished) == (signal, ((0, reason),))


@pytest.mark.parametrize("json_text", [False, True])
def test_all_tellings_of_a_text_agree_after_restoring(json_text: bool) -> None:
    script = Script()
    text = '{"name": "<PERSON_abcde>", "caf\\u00e9": "PERSON_abcde"}'
    events = sent([script.begin(), *script.say(*text), script.end()], json_text=json_text)
    name = 'Ann \\"O\\" Lee' if json_text else 'Ann "O" Lee'
    expected = text.replace("<PERSON_abcde>", name).replace("PERSON_abcde", name)
    assert "".join(e["delta"] for e in events if e["type"].endswith("output_text.delta")) == expected
    assert next(e["text"] for e in events if e["type"].endswith("output_text.done")) == expected
    assert next(e["part"]["text"] for e in events if e["type"].endswith("part.done")) == expected
    assert next(e["item"]["content"][0]["text"] for e in events if e["type"].endswith("item.done")) == expected
    assert events[-1]["response"]["output"][0]["content"][0]["text"] == expected


def test_a_call_is_held_until_it_is_complete_and_all_its_tellings_agree() -> None:
    script = Script()
    *parts, last = script.call("f", '{"to": "<PERS', 'ON_abcde>"}')
    guarded = guard()
    before, _ = run_on(guarded, [script.begin(), *parts])
    assert [e["type"] for e in documents(before)] == ["response.created", "response.in_progress"]
    after, _ = run_on(guarded, [last, script.end()])
    events = documents(before + after)
    arguments = [e.get("delta") or e.get("arguments") or e.get("item", {}).get("arguments") for e in events[2:-1]]
    assert [json.loads(text) for text in arguments if text] == [{"to": 'Ann "O" Lee'}] * 3
    assert json.loads(events[-1]["response"]["output"][0]["arguments"]) == {"to": 'Ann "O" Lee'}


def test_a_call_is_known_by_its_name_and_its_arguments_once_it_is_complete() -> None:
    script, guarded = Script(), guard()
    for chunk in (script.begin(), *script.call("send_mail", '{"to":', '"x"}'), *script.call("now", "")):
        guarded.feed(chunk)
    patch = {"type": "apply_patch_call", "call_id": "c", "operation": {"type": "delete_file", "path": "p"}}
    guarded.feed(script.event("response.output_item.added", output_index=2, item=patch))
    guarded.feed(script.event("response.output_item.done", output_index=2, item=patch))
    passages = guarded.to_screen()
    assert guarded.calls(passages) == [
        ToolCall("send_mail", '{"to":"x"}'),
        ToolCall("now", ""),
        ToolCall("apply_patch", '{"type":"delete_file","path":"p"}'),
    ]


def test_a_call_that_is_told_at_its_end_alone_is_known_and_restored() -> None:
    script, guarded = Script(), guard()
    item = {"type": "function_call", "name": "f", "call_id": "c", "arguments": '{"to": "<PERSON_abcde>"}'}
    guarded.feed(script.begin() + script.event("response.output_item.done", output_index=0, item=item))
    passages = guarded.to_screen()
    assert guarded.calls(passages) == [ToolCall("f", '{"to": "<PERSON_abcde>"}')]
    guarded.cleared(passages)
    assert json.loads(documents(guarded.take())[-1]["item"]["arguments"]) == {"to": 'Ann "O" Lee'}


def test_a_call_that_only_the_end_of_the_response_tells_is_known_too() -> None:
    item = {"type": "function_call", "name": "f", "call_id": "c", "arguments": '{"to": "<PERSON_abcde>"}'}
    guarded = guard()
    guarded.feed(Script().end().replace(b'"output": []', b'"output": [' + json.dumps(item).encode() + b"]"))
    passages = guarded.to_screen()
    assert guarded.calls(passages) == [ToolCall("f", '{"to": "<PERSON_abcde>"}')]
    guarded.cleared(passages)
    last = documents(guarded.take())[-1]
    assert json.loads(last["response"]["output"][0]["arguments"]) == {"to": 'Ann "O" Lee'}


@pytest.mark.parametrize("late", ["response.function_call_arguments.done", "response.output_item.done"])
def test_a_call_that_is_told_in_two_ways_ends_the_stream(late: str) -> None:
    script = Script()
    chunks = list(script.call("f", '{"to":', '"x"}'))
    changed = [chunk.replace(b'\\"x\\"', b'\\"y\\"') if late.encode() in chunk else chunk for chunk in chunks]
    assert changed != chunks
    with pytest.raises(UpstreamInvalid):
        read(*changed)


def run_on(guarded: StreamGuard, chunks: Iterable[bytes]) -> tuple[bytes, int]:
    out, count = b"", 0
    for chunk in chunks:
        guarded.feed(chunk)
        while passages := guarded.to_screen():
            count += len(passages)
            guarded.cleared(passages)
        out += guarded.take()
    return out, count


def test_a_text_is_screened_once_however_often_it_is_told() -> None:
    script = Script()
    _, screened = run(guard(), [script.begin(), *script.say("I am ", "the one."), script.end()])
    assert [passage.text for passage in screened if "the one" in passage.text] == ["I am the one."]


def test_a_whole_text_that_is_not_what_its_pieces_were_is_screened_by_itself() -> None:
    script = Script()
    chunks = [script.begin(), *script.say("fine"), script.end()]
    chunks[5] = chunks[5].replace(b'"text": "fine"', b'"text": "evil"')
    _, screened = run(guard(), chunks)
    assert "evil" in [passage.text for passage in screened]


def test_numbers_never_go_back_when_a_text_is_added() -> None:
    script = Script()
    events = sent([script.begin(), *script.say("I am <PERSON_abc", "de"), script.end()])
    numbers = [event["sequence_number"] for event in events]
    assert numbers == sorted(numbers)
    assert "".join(e["delta"] for e in events if e["type"].endswith("delta")) == 'I am Ann "O" Lee'


def test_after_a_policy_stop_the_response_is_incomplete_with_what_was_sent() -> None:
    script = Script()
    guarded = guard()
    out, _ = run_on(guarded, [script.begin(), *script.say("one"), *list(script.say("two is long "))[:3]])
    last = documents(out + guarded.stop(BLOCKED))[-1]
    assert last["type"] == "response.incomplete"
    assert last["response"]["status"] == "incomplete"
    assert last["response"]["incomplete_details"] == {"reason": "content_filter"}
    assert [item["content"][0]["text"] for item in last["response"]["output"]] == ["one"]
    assert last["sequence_number"] == max(e["sequence_number"] for e in documents(out)) + 1


@pytest.mark.parametrize("error", [BLOCKED, UpstreamFault("Gone.", code="upstream.cut_off")])
def test_an_error_is_told_in_the_event_and_for_the_sdk(error: AirlockError) -> None:
    event = documents(ResponsesStream().failed(error))[0]
    assert (event["type"], event["code"], event["message"]) == ("error", error.code, error.message)
    assert event["error"]["code"] == error.code
    assert documents(ResponsesStream().stopped([], error))[0]["type"] == "error"


@pytest.mark.parametrize(
    "event",
    [
        b"data: [1]\n\n",
        b"data: {\n\n",
        b'data: {"type":"response.output_text.delta","delta":"a","output_index":-1}\n\n',
        b'data: {"type":"response.output_text.delta","delta":"a","output_index":"0"}\n\n',
    ],
    ids=str,
)
def test_what_can_not_be_understood_ends_the_stream(event: bytes) -> None:
    with pytest.raises(UpstreamInvalid):
        read(event)


def test_what_a_sender_writes_beside_the_data_does_not_leave() -> None:
    raw = b'id: ann@example.com\nevent: ann\ndata: {"type":"keepalive"}\n\n'
    out, _ = run(guard(), [raw, Script().end()])
    assert out.startswith(b'event: keepalive\ndata: {"type":"keepalive"}\n\nevent: response.completed\n')


def test_a_stream_that_is_cut_off_is_no_success() -> None:
    script = Script()
    events = sent([script.begin(), *list(script.say("half"))[:4]])
    assert (events[-1]["type"], events[-1]["code"]) == ("error", "upstream.cut_off")
