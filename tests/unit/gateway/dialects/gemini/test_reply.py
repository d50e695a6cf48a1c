"""What of a whole reply is screened, where it stands, and what the gateway knows of it."""

import json
from typing import Any

import pytest

from gateway.dialects.gemini.generate import GeminiGenerate
from gateway.dialects.message import ToolCall, Usage
from gateway.errors import UpstreamInvalid

GENERATE = GeminiGenerate()
ANN = "ann.lee@example.org"
TEXT, ASSISTANT = "text", "assistant.text"


def reply(*candidates: dict[str, Any], **more: Any) -> bytes:
    return json.dumps({"candidates": list(candidates), **more}).encode()


def saying(*parts: Any, **more: Any) -> dict[str, Any]:
    return {"content": {"parts": list(parts), "role": "model"}, **more}


def walked(raw: bytes) -> list[tuple[str, str, str]]:
    content = GENERATE.read_reply(raw).content
    found = [(str(slot.kind), slot.place, slot.text) for slot in content.slots]
    return [*found, *(("unwalked", part.place, part.reason) for part in content.unwalked)]


FOUND: dict[str, tuple[bytes, list[tuple[str, str, str]]]] = {
    "text, thought and signature": (
        reply(saying({"text": "I think.", "thought": True}, {"text": ANN, "thoughtSignature": "Ct8B+" * 40})),
        [(TEXT, ASSISTANT, "I think."), (TEXT, ASSISTANT, ANN)],
    ),
    "whatever its role is": (reply({"content": {"role": "user", "parts": [{"text": ANN}]}}), [(TEXT, ASSISTANT, ANN)]),
    "a call": (
        reply(saying({"functionCall": {"name": "mail", "args": {"to": ANN}}})),
        [(TEXT, "assistant.arguments", ANN)],
    ),
    "an image": (
        reply(saying({"inlineData": {"mimeType": "image/png", "data": "iVBORw0KGgo="}})),
        [("unwalked", ASSISTANT, "modality.image")],
    ),
    "ratings and counts": (
        reply(
            saying(
                {"text": "a"},
                finishReason="MAX_TOKENS",
                index=0,
                avgLogprobs=-0.1,
                tokenCount=3,
                safetyRatings=[
                    {"category": "HARM_CATEGORY_HATE_SPEECH", "probability": "NEGLIGIBLE", "blocked": False}
                ],
            ),
            usageMetadata={"promptTokenCount": 1, "promptTokensDetails": [{"modality": "TEXT", "tokenCount": 1}]},
            modelVersion="gemini-2.5-pro",
            responseId="short",
        ),
        [(TEXT, ASSISTANT, "a")],
    ),
    "why it ended": (reply({"finishReason": "OTHER", "finishMessage": ANN}), [(TEXT, ASSISTANT, ANN)]),
    "citations": (
        reply({"citationMetadata": {"citations": [{"startIndex": 1, "uri": f"https://x.org/{ANN}", "license": ""}]}}),
        [(TEXT, ASSISTANT, f"https://x.org/{ANN}")],
    ),
    "what it rests on": (
        reply(
            {
                "groundingMetadata": {
                    "webSearchQueries": [f"who is {ANN}"],
                    "searchEntryPoint": {"renderedContent": f"<b>{ANN}</b>", "sdkBlob": "QUJD+" * 300},
                    "groundingChunks": [{"web": {"title": f"by {ANN}"}}, {"retrievedContext": {"text": f"of {ANN}"}}],
                    "groundingSupports": [{"segment": {"text": f"to {ANN}", "endIndex": 9}, "confidenceScores": [0.5]}],
                    "googleMapsWidgetContextToken": "QUJD+" * 300,
                }
            }
        ),
        [
            (TEXT, ASSISTANT, f"<b>{ANN}</b>"),
            (TEXT, ASSISTANT, f"who is {ANN}"),
            (TEXT, ASSISTANT, f"by {ANN}"),
            (TEXT, ASSISTANT, f"of {ANN}"),
            (TEXT, ASSISTANT, f"to {ANN}"),
        ],
    ),
    "likely tokens": (
        reply({"logprobsResult": {"chosenCandidates": [{"token": "ann@"}, {"token": "x.org", "logProbability": -1}]}}),
        [("key", "assistant.key", "ann@\nx.org")],
    ),
    "a refused prompt": (
        json.dumps({"promptFeedback": {"blockReason": "OTHER", "blockReasonMessage": f"for {ANN}"}}).encode(),
        [(TEXT, "other.text", f"for {ANN}")],
    ),
    "unknown members": (
        reply({"futureNote": f"of {ANN}"}, futureMember=[f"to {ANN}"]),
        [(TEXT, ASSISTANT, f"of {ANN}"), (TEXT, "other.text", f"to {ANN}")],
    ),
}


@pytest.mark.parametrize(("raw", "expected"), FOUND.values(), ids=FOUND)
def test_everything_is_found(raw: bytes, expected: list[tuple[str, str, str]]) -> None:
    assert sorted(walked(raw)) == sorted(expected)


def test_the_facts_of_a_reply() -> None:
    usage = {
        "promptTokenCount": 10,
        "toolUsePromptTokenCount": 3,
        "cachedContentTokenCount": 8,
        "candidatesTokenCount": 5,
        "thoughtsTokenCount": 7,
        "totalTokenCount": 25,
    }
    calls = [{"functionCall": {"name": "mail", "args": {"to": ANN}}}, {"function_call": {"name": "a b"}}]
    raw = reply(
        saying(*calls, finishReason="STOP"), {"finishReason": "SAFETY"}, {}, usageMetadata=usage, modelVersion="m-1"
    )
    got = GENERATE.read_reply(raw)
    assert got.usage == Usage(prompt_tokens=13, completion_tokens=12, total_tokens=25, cache_read=8)
    assert (got.model, got.finish_reasons, got.id) == ("m-1", ("STOP", "SAFETY", None), "")
    assert [call.name for call in got.calls] == ["mail", "unnamed"]
    assert json.loads(got.calls[0].arguments) == {"to": ANN}
    assert got.calls[1] == ToolCall("unnamed", "{}")


def test_the_facts_of_a_refusal() -> None:
    got = GENERATE.read_reply(
        b'{"promptFeedback": {"blockReason": "SAFETY"}, "usageMetadata": {"promptTokenCount": 4}}'
    )
    assert (got.finish_reasons, got.usage, got.calls) == (("SAFETY",), Usage(prompt_tokens=4), ())


def test_nothing_at_all_is_a_reply() -> None:
    got = GENERATE.read_reply(b"{}")
    assert (got.finish_reasons, got.usage, got.model) == ((), None, None)


MALFORMED = {
    "nothing": b"",
    "a list": b"[]",
    "candidates that are none": b'{"candidates": {}}',
    "a candidate that is none": b'{"candidates": ["Hi"]}',
    "too many": json.dumps({"candidates": [{}] * 129}).encode(),
}


@pytest.mark.parametrize("raw", MALFORMED.values(), ids=MALFORMED)
def test_what_can_not_be_screened_is_refused(raw: bytes) -> None:
    with pytest.raises(UpstreamInvalid):
        GENERATE.read_reply(raw)


def test_a_reply_is_rewritten_in_place() -> None:
    raw = b'{ "candidates": [ {"content": {"parts": [{"text": "a", "thoughtSignature": "Q+/="}]}, "index": 0.0} ] }'
    got = GENERATE.read_reply(raw)
    assert GENERATE.rewrite_reply(got, {}) == raw
    assert GENERATE.rewrite_reply(got, {"r0": 'é"'}) == raw.replace(b'"a"', '"é\\""'.encode())
