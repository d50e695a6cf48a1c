"""What of a streamed reply is read, and what a client gets of it."""

import json
from typing import Any

import pytest

from gateway.dialects.event import Signal, StreamEvent
from gateway.dialects.gemini.chunk import MAX_RUNS
from gateway.dialects.gemini.framing import framing_of
from gateway.dialects.gemini.stream import GeminiStream
from gateway.dialects.message import Usage
from gateway.errors import PolicyBlocked, UpstreamFault, UpstreamInvalid
from tests.chat_streams import run
from tests.gemini_streams import assembled, candidate, end, event, guard, say, think

ANN = "ann.lee@example.org"
NAME = "<PERSON_k3f9a>"
TOKENS = {NAME: 'Ann "Lee"'}


def read(*chunks: bytes) -> list[StreamEvent]:
    stream = GeminiStream(framing_of({"alt": "sse"}))
    return [*(one for chunk in chunks for one in stream.feed(chunk)), *stream.finish()]


def slots(event_: StreamEvent) -> list[tuple[str, str]]:
    return [(delta.slot, delta.text) for delta in event_.deltas]


def test_runs_of_text_are_growing_texts_of_their_own() -> None:
    got = read(
        think("I "), think("see"), say("A", "b"), event(candidate({"functionCall": {"name": "f"}})), say("c"), end()
    )
    assert [slots(one) for one in got[:5]] == [
        [("0.0.thought", "I ")],
        [("0.0.thought", "see")],
        [("0.1.text", "A"), ("0.1.text", "b")],
        [],
        [("0.2.text", "c")],
    ]
    assert [one.ends for one in got] == [(), (), ("0.0",), ("0.1",), (), ("0",), ()]
    assert got[5].finished == ((0, "STOP"),)
    assert got[6].signal is Signal.DONE


def test_candidates_are_told_apart() -> None:
    first = event(candidate({"text": "a"}), candidate({"text": "b"}, index=1))
    got = read(first, end(index=1), say("c"), end(), event(usageMetadata={"promptTokenCount": 1}))
    assert slots(got[0]) == [("0.0.text", "a"), ("1.1.text", "b")]
    assert [slots(one) for one in got[1:]] == [[("0.0.text", "c")], [], [], [], []]
    assert [one.ends for one in got] == [(), (), ("1",), ("0",), (), ()]
    assert {pair for one in got for pair in one.finished} == {(0, "STOP"), (1, "STOP")}


def test_a_model_that_ends_in_every_chunk_ends_in_the_last() -> None:
    got = read(say("a", finishReason="STOP"), say("b", finishReason="STOP"), say("c", finishReason="MAX_TOKENS"))
    assert [one.finished for one in got] == [(), (), ((0, "MAX_TOKENS"),), ()]
    assert [one.ends for one in got] == [(), (), ("0",), ()]


def test_usage_is_read_from_every_chunk() -> None:
    usage = {"promptTokenCount": 3, "candidatesTokenCount": 2, "thoughtsTokenCount": 4, "totalTokenCount": 9}
    guarded = guard()
    run(guarded, [say("a"), event(candidate({"text": ""}, finishReason="STOP"), usageMetadata=usage)])
    assert guarded.usage == Usage(prompt_tokens=3, completion_tokens=6, total_tokens=9)
    assert guarded.model == "gemini-2.5-flash"
    assert guarded.finish_reasons == {0: "STOP"}


def test_names_that_each_chunk_repeats_are_read_once() -> None:
    stream = GeminiStream(framing_of({}))
    first, second = (one for chunk in (say("a"), say("b")) for one in stream.feed(chunk))
    assert [slot.text for slot in first.extras] == ["gemini-2.5-flash", "mAitaLmkHPPlz7IP"]
    stream.render(first, {})
    assert [slot.text for slot in second.extras] == ["gemini-2.5-flash", "mAitaLmkHPPlz7IP"]
    assert [slot.text for one in stream.feed(say("c")) for slot in one.extras] == []


CUT: dict[str, list[bytes]] = {
    "nothing": [],
    "no finish reason": [say("a")],
    "one of two finish reasons": [say("a", index=1), say("b"), end()],
    "a candidate that went on": [end(), say("more")],
    "half an event": [say("a"), end()[:-20]],
}


@pytest.mark.parametrize("chunks", CUT.values(), ids=CUT)
@pytest.mark.parametrize("alt", ["sse", "json"])
def test_a_stream_that_was_cut_off_is_an_error(chunks: list[bytes], alt: str) -> None:
    guarded = guard(alt=alt)
    out, _ = run(guarded, chunks)
    assert isinstance(guarded.fault, UpstreamFault)
    assert assembled(out, alt=alt)["error"] == "upstream.cut_off"


def test_a_refused_prompt_is_complete() -> None:
    guarded = guard()
    out, _ = run(guarded, [event(promptFeedback={"blockReason": "SAFETY"})])
    assert guarded.fault is None
    assert guarded.finish_reasons == {0: "SAFETY"}
    assert b'"blockReason": "SAFETY"' in out


MALFORMED: dict[str, bytes] = {
    "garbage": b"data: {not json\n\n",
    "a list": b"data: []\n\n",
    "candidates that are none": b'data: {"candidates": 7}\n\n',
    "an index that is none": event({"index": "0"}),
    "an index out of reach": event({"index": 128}),
    "the same candidate twice": event({"index": 1}, {"index": 1}),
}


@pytest.mark.parametrize("chunk", MALFORMED.values(), ids=MALFORMED)
def test_what_can_not_be_read_ends_the_stream(chunk: bytes) -> None:
    with pytest.raises(UpstreamInvalid):
        read(chunk)


def test_a_stream_has_a_limit_of_runs() -> None:
    with pytest.raises(UpstreamInvalid, match="runs"):
        read(*(one for _ in range(MAX_RUNS) for one in (think("a"), say("b"))))


def test_comments_and_names_of_events_never_leave() -> None:
    guarded = guard("observe")
    out, _ = run(guarded, [b": alive\n\n", b"event: x\nid: 7\n" + say("a"), b": alive\n\n", end()])
    assert b"alive" not in out
    assert b"event:" not in out
    assert b"id:" not in out
    assert assembled(out) == {"0.text": "a", "0.end": "STOP"}


def test_without_a_change_each_event_leaves_byte_for_byte() -> None:
    chunks = [think("I see."), say("Hello ", "you"), event(candidate({"text": "", "thoughtSignature": "Q+/="})), end()]
    assert run(guard(), chunks)[0] == b"".join(chunks)


PART = {
    "functionCall": {"name": "mail", "args": {"to": NAME, "doc": f'{{"to": "{NAME}"}}'}},
    "thoughtSignature": "Ct8B",
}


def test_a_call_is_restored_in_place_documents_in_it_as_documents() -> None:
    out, screened = run(guard(tokens=TOKENS), [event(candidate(PART, finishReason="STOP"))])
    part = assembled(out)["0.parts"][0]
    assert part["functionCall"]["args"]["to"] == 'Ann "Lee"'
    assert json.loads(part["functionCall"]["args"]["doc"]) == {"to": 'Ann "Lee"'}
    assert part["thoughtSignature"] == "Ct8B"
    assert [passage.text for passage in screened if NAME in passage.text] == [f'"to": "{NAME}"']


def test_a_call_in_pieces_is_told_as_unread() -> None:
    call = {"name": "mail", "partialArgs": [{"jsonPath": "$.to", "stringValue": ANN}], "willContinue": True}
    got = read(event(candidate({"functionCall": call})))
    assert [(part.place, part.reason) for part in got[0].unwalked] == [("assistant.arguments", "unknown_part")]
    assert ANN in [slot.text for slot in got[0].extras]


def test_what_is_held_back_of_a_run_leaves_before_the_next_one() -> None:
    chunks = [think("For <PERS"), say("To <PERSON_"), event(candidate(PART)), say(NAME[:5]), end()]
    out, _ = run(guard(tokens=TOKENS), chunks)
    kinds = [
        (part.get("text"), part.get("thought", False))
        for one in json.loads(b"[" + out.replace(b"data: ", b"").replace(b"\r\n\r\n", b",").rstrip(b",") + b"]")
        for part in one["candidates"][0]["content"]["parts"]
    ]
    thought, answer = [("For ", True), ("<PERS", True)], [("To ", False), ("<PERSON_", False)]
    assert kinds == [*thought, *answer, (None, False), ("", False), ("<PERS", False), ("", False)]
    assert assembled(out)["0.text"] == "To <PERSON_<PERS"


def test_an_answer_that_is_a_document_is_restored_as_one() -> None:
    out, _ = run(guard(tokens=TOKENS, json_text=True), [think(NAME), say('{"who": "<PERSON'), say('_k3f9a>"}'), end()])
    got = assembled(out)
    assert json.loads(got["0.text"]) == {"who": 'Ann "Lee"'}
    assert got["0.thought"] == 'Ann "Lee"'


END = {"sse": b"\r\n\r\n", "json": b"\n]\n"}


@pytest.mark.parametrize("alt", ["sse", "json"])
def test_a_policy_stop_ends_each_candidate_with_a_reason_that_the_sdks_know(alt: str) -> None:
    guarded = guard("observe", alt=alt)
    for chunk in (say("a"), say("b", index=1), end(index=1), say("c")):
        guarded.feed(chunk)
    guarded.cleared(guarded.to_screen())
    out = guarded.take() + guarded.stop(PolicyBlocked("No.", code="x.y"))
    got = assembled(out, alt=alt)
    assert (got["0.text"], got["0.end"]) == ("ac", "PROHIBITED_CONTENT")
    assert "error" not in got
    assert out.endswith(b'"modelVersion":"gemini-2.5-flash","responseId":"mAitaLmkHPPlz7IP"}' + END[alt])


@pytest.mark.parametrize("alt", ["sse", "json"])
def test_before_the_first_chunk_a_policy_stop_is_an_error(alt: str) -> None:
    stream = GeminiStream(framing_of({"alt": alt}))
    assert assembled(stream.stopped([0], PolicyBlocked("No.", code="x.y")), alt=alt) == {"error": "x.y"}


@pytest.mark.parametrize("alt", ["sse", "json"])
def test_an_error_of_the_provider_is_passed_on_and_ends_the_stream(alt: str) -> None:
    theirs: dict[str, Any] = {"error": {"code": 503, "message": f"Busy, {NAME}.", "status": "UNAVAILABLE"}}
    guarded = guard(tokens=TOKENS, alt=alt)
    out, _ = run(guarded, [say("a"), b"data: " + json.dumps(theirs).encode() + b"\r\n\r\n", say("never")])
    assert assembled(out, alt=alt) == {"0.text": "a", "error": "theirs"}
    assert b'Busy, Ann \\"Lee\\".' in out
    assert guarded.fault is not None
    assert guarded.fault.code == "upstream.error"


def test_in_events_an_error_is_the_first_member() -> None:
    assert GeminiStream(framing_of({"alt": "sse"})).failed(UpstreamFault("No.")).startswith(b'data: {"error":')


def test_there_is_no_event_that_says_nothing() -> None:
    assert GeminiStream(framing_of({"alt": "sse"})).heartbeat == b""


def test_an_image_of_megabytes_is_one_event() -> None:
    image = {"inlineData": {"mimeType": "image/png", "data": "iVBORw0K" * 400_000}}
    chunks = [event(candidate(image)), end()]
    guarded = guard()
    raw = b"".join(chunks)
    out, _ = run(guarded, [raw[at : at + 65_536] for at in range(0, len(raw), 65_536)])
    assert out == raw
    assert [(part.place, part.reason) for part in guarded.unwalked] == [("assistant.text", "modality.image")]
