"""What of a request to generate is screened, where it stands, and what the gateway knows of it."""

import base64
from typing import Any

import pytest

from gateway.dialects.gemini.generate import GeminiGenerate
from gateway.errors import BadRequest
from tests.unit.gateway.dialects.gemini.requests import inbound, said

GENERATE = GeminiGenerate()
ANN = "ann.lee@example.org"
HI = said({"text": "Hi"})


def walked(body: Any) -> list[tuple[str, str, str]]:
    """Give kind, place and text of each slot, and the place and the reason of each part that can't be read."""
    content = GENERATE.read_request(inbound(body)).content
    found = [(str(slot.kind), slot.place, slot.text) for slot in content.slots]
    return [*found, *(("unwalked", part.place, part.reason) for part in content.unwalked)]


def asked(*parts: Any, role: str | None = None) -> dict[str, Any]:
    return {"contents": [said(*parts, role=role)]}


def blob(mime: str, text: str) -> dict[str, Any]:
    return {"inlineData": {"mimeType": mime, "data": base64.b64encode(text.encode()).decode()}}


FOUND: dict[str, tuple[Any, list[tuple[str, str, str]]]] = {
    "text": (asked({"text": ANN}), [("text", "user.text", ANN)]),
    "of the model": (asked({"text": ANN}, role="model"), [("text", "assistant.text", ANN)]),
    "of a function": (asked({"text": ANN}, role="function"), [("text", "tool.text", ANN)]),
    "of an unknown role": (asked({"text": ANN}, role="critic"), [("text", "other.text", ANN)]),
    "a lone content with a lone part": ({"contents": {"parts": {"text": ANN}}}, [("text", "user.text", ANN)]),
    "text that is a document": (
        asked({"text": '{"to": "ann.lee\\u0040example.org"}'}),
        [("arguments", "user.text", ANN)],
    ),
    "a thought and its signature": (
        asked({"text": ANN, "thought": True, "thoughtSignature": "Ct8B+/==" * 40}, role="model"),
        [("text", "assistant.text", ANN)],
    ),
    "a signature that is a name": (
        asked({"text": "a", "thought_signature": "AKIAQYLPMN5HHHFPZAM2"}),
        [("text", "user.text", "a"), ("label", "user.id", "AKIAQYLPMN5HHHFPZAM2")],
    ),
    "a signature that is none": (
        asked({"text": "a", "thoughtSignature": f"by {ANN}"}),
        [("text", "user.text", "a"), ("text", "user.text", f"by {ANN}")],
    ),
    "an image": (asked(blob("image/png", "x")), [("unwalked", "user.text", "modality.image")]),
    "a sound, in the other spelling": (
        asked({"inline_data": {"mime_type": "audio/wav", "data": "QUJD", "display_name": ANN}}),
        [("text", "user.text", ANN), ("unwalked", "user.text", "modality.audio")],
    ),
    "a text as a file": (asked(blob("text/plain", f"I am {ANN}")), [("text", "user.text", f"I am {ANN}")]),
    "a text as a file, with escapes": (
        asked(blob("application/json", '{"a": "ann.lee\\u0040example.org"}')),
        [("arguments", "user.text", ANN)],
    ),
    "a file that the provider keeps": (
        asked({"fileData": {"mimeType": "video/mp4", "fileUri": f"gs://b/{ANN}"}}),
        [("text", "user.text", f"gs://b/{ANN}"), ("unwalked", "user.text", "modality.video")],
    ),
    "a call of a function": (
        asked({"functionCall": {"id": "c1", "name": "mail", "args": {"to": [ANN], "n": 4155550132}}}, role="model"),
        [("text", "assistant.arguments", ANN), ("key", "assistant.key", "4155550132")],
    ),
    "a call of a function, in the other spelling": (
        asked(
            {"function_call": {"name": "mail", "args": {"doc": '{"to": "ann.lee\\u0040example.org"}'}}}, role="model"
        ),
        [("arguments", "assistant.arguments", ANN)],
    ),
    "bytes among arguments": (
        asked({"functionCall": {"name": "f", "args": {"b": "QUJD" * 300}}}, role="model"),
        [("unwalked", "assistant.arguments", "modality.blob")],
    ),
    "the result of a function": (
        asked({"functionResponse": {"name": "f", "response": {"who": ANN}, "parts": [blob("image/png", "x")]}}),
        [("text", "tool.text", ANN), ("unwalked", "tool.text", "modality.image")],
    ),
    "a number in the result of a function": (
        asked({"functionResponse": {"name": "f", "response": {"phone": 4155550132}}}),
        [("text", "tool.text", "4155550132")],
    ),
    "a call and a result of a tool of the provider": (
        asked(
            {"toolCall": {"toolType": "GOOGLE_SEARCH_WEB", "id": "s", "args": {"q": ANN}}},
            {"toolResponse": {"id": "s", "response": {"r": ANN}}},
            role="model",
        ),
        [
            ("label", "assistant.id", "GOOGLE_SEARCH_WEB"),
            ("text", "assistant.arguments", ANN),
            ("text", "tool.text", ANN),
        ],
    ),
    "code and what came of it": (
        asked(
            {"executableCode": {"language": "PYTHON", "code": f"mail('{ANN}')"}},
            {"codeExecutionResult": {"outcome": "OUTCOME_OK", "output": ANN}},
            role="model",
        ),
        [("text", "assistant.text", f"mail('{ANN}')"), ("text", "assistant.text", ANN)],
    ),
    "a part that nobody knows": (
        asked({"hologram": {"of": ANN}}),
        [("text", "user.text", ANN), ("unwalked", "user.text", "unknown_part")],
    ),
    "an unknown member beside a text": (
        asked({"text": "a", "futureNote": ANN}),
        [("text", "user.text", "a"), ("text", "user.text", ANN)],
    ),
    "an empty part": (asked({}), []),
    "the system's instruction": (
        {"contents": [HI], "systemInstruction": {"role": "user", "parts": [{"text": ANN}]}},
        [("text", "user.text", "Hi"), ("text", "system.text", ANN)],
    ),
    "the system's instruction as a text": (
        {"contents": [HI], "system_instruction": ANN},
        [("text", "user.text", "Hi"), ("text", "system.text", ANN)],
    ),
    "settings": (
        {
            "contents": [HI],
            "generationConfig": {"temperature": 1.0, "topK": 40, "seed": 12345678, "responseMimeType": "text/plain"},
            "safetySettings": [{"category": "HARM_CATEGORY_HATE_SPEECH", "threshold": "BLOCK_LOW_AND_ABOVE"}],
        },
        [("text", "user.text", "Hi"), ("label", "other.id", "12345678")],
    ),
    "words to stop at, and a voice": (
        {
            "contents": [HI],
            "generationConfig": {
                "stopSequences": [ANN],
                "speechConfig": {"voiceConfig": {"prebuiltVoiceConfig": {"voiceName": "Kore"}}},
            },
        },
        [("text", "user.text", "Hi"), ("text", "other.text", ANN)],
    ),
    "a schema of the reply": (
        {
            "contents": [HI],
            "generation_config": {
                "responseSchema": {"type": "OBJECT", "properties": {"a": {"description": f"of {ANN}"}}}
            },
        },
        [("text", "user.text", "Hi"), ("text", "tools.definition", f"of {ANN}")],
    ),
    "a prompt that the provider keeps": (
        {"contents": [HI], "cachedContent": "cachedContents/a-b-1"},
        [
            ("text", "user.text", "Hi"),
            ("label", "other.id", "cachedContents/a-b-1"),
            ("unwalked", "other.text", "provider.state"),
        ],
    ),
    "labels": (
        {"contents": [HI], "labels": {"team": f"of {ANN}"}},
        [("text", "user.text", "Hi"), ("text", "metadata.text", f"of {ANN}")],
    ),
    "an unknown member": (
        {"contents": [HI], "futureMember": {"note": ANN}},
        [("text", "user.text", "Hi"), ("text", "other.text", ANN)],
    ),
}


@pytest.mark.parametrize(("body", "expected"), FOUND.values(), ids=FOUND)
def test_everything_is_found(body: Any, expected: list[tuple[str, str, str]]) -> None:
    assert walked(body) == expected


def test_arguments_are_told_by_the_names_of_their_members() -> None:
    body = asked({"functionCall": {"name": "login", "args": {"password": "hunter2"}}}, role="model")
    slot = GENERATE.read_request(inbound(body)).content.slots[0]
    assert (slot.lead, slot.text) == ('"password": "', "hunter2")


def test_the_facts_of_a_request() -> None:
    config = {
        "candidateCount": 2,
        "max_output_tokens": 800,
        "responseMimeType": "application/json",
        "responseModalities": ["TEXT", "IMAGE"],
    }
    contents = [
        said({"functionResponse": {"parts": [blob("audio/wav", "x")]}}, {"file_data": {"mimeType": "a/pdf"}}),
        HI,
    ]
    request = GENERATE.read_request(
        inbound({"contents": contents, "generationConfig": config}, "streamGenerateContent")
    )
    assert (request.model, request.stream, request.choices, request.max_output) == ("gemini-2.5-flash", True, 2, 1600)
    assert (request.json_reply, request.modalities) == (True, ("audio", "file", "image", "text"))
    assert (request.continues, request.is_kept, request.usage_asked) == ((), False, True)


def test_the_facts_of_the_plainest_request() -> None:
    request = GENERATE.read_request(inbound({"contents": [HI]}))
    assert (request.stream, request.choices, request.max_output, request.json_reply) == (False, 1, None, False)
    assert (request.modalities, request.tools, request.tool_results) == (("text",), (), ())
    assert request.tokens_estimated == 1


REFUSED: dict[str, tuple[Any, str | None]] = {
    "no object": ([], None),
    "no contents": ({}, "contents"),
    "empty contents": ({"contents": []}, "contents"),
    "a text for a content": ({"contents": ["Hi"]}, "contents[0]"),
    "a role that is no text": ({"contents": [{"role": 1, "parts": []}]}, "contents[0].role"),
    "a text for a part": ({"contents": [HI, {"parts": ["Hi"]}]}, "contents[1].parts"),
    "settings that are none": ({"contents": [HI], "generationConfig": 1}, "generationConfig"),
    "a count that is none": (
        {"contents": [HI], "generationConfig": {"candidateCount": 1.5}},
        "generationConfig.candidateCount",
    ),
    "no room for output": (
        {"contents": [HI], "generationConfig": {"maxOutputTokens": 0}},
        "generationConfig.maxOutputTokens",
    ),
    "a setting in both spellings": (
        {"contents": [HI], "generationConfig": {"maxOutputTokens": 1, "max_output_tokens": 2}},
        "maxOutputTokens",
    ),
    "a member in both spellings": (
        {"contents": [HI], "systemInstruction": HI, "system_instruction": HI},
        "systemInstruction",
    ),
    "a tool that is none": ({"contents": [HI], "tools": ["search"]}, "tools[0]"),
    "another model": ({"contents": [HI], "model": "models/gemini-ultra"}, "model"),
}


@pytest.mark.parametrize(("body", "param"), REFUSED.values(), ids=REFUSED)
def test_what_the_gateway_can_not_rely_on_is_refused(body: Any, param: str | None) -> None:
    with pytest.raises(BadRequest) as caught:
        GENERATE.read_request(inbound(body))
    assert caught.value.param == param


def test_a_number_that_is_replaced_becomes_a_string() -> None:
    request = GENERATE.read_request(inbound(asked({"functionResponse": {"name": "f", "response": {"n": 4155550132}}})))
    body = GENERATE.rewrite_request(request, {"q0": "<PHONE_NUMBER_abcde>"}).body
    assert body == request.raw.replace(b"4155550132", b'"<PHONE_NUMBER_abcde>"')
