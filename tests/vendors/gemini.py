"""Google's Gemini API, from the examples of https://ai.google.dev/api/generate-content, /embeddings and /tokens."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.vendors.events import documents, event
from tests.vendors.vendor import Call, Ended, Refusal, Vendor

_MODEL = "/v1beta/models/gemini-2.5-flash"
_EMBEDDING = "gemini-embedding-001"
_STATUS = {400: "INVALID_ARGUMENT", 429: "RESOURCE_EXHAUSTED", 500: "INTERNAL", 503: "UNAVAILABLE"}
_USAGE = {
    "promptTokenCount": 8,
    "candidatesTokenCount": 41,
    "totalTokenCount": 770,
    "promptTokensDetails": [{"modality": "TEXT", "tokenCount": 8}],
    "thoughtsTokenCount": 721,
}
_ENVELOPE = {"usageMetadata": _USAGE, "modelVersion": "gemini-2.5-flash", "responseId": "mAitaLmkHPPlz7IPvtfUqQ4"}
_RATINGS = [
    {"category": "HARM_CATEGORY_SEXUALLY_EXPLICIT", "probability": "NEGLIGIBLE"},
    {"category": "HARM_CATEGORY_DANGEROUS_CONTENT", "probability": "NEGLIGIBLE"},
]
_SIGNATURE = "CikB0e2Kb7zkpgRyJXXNt6ykO+FoOsomoHwkDhKGZD0mVj7L"
_VECTOR = [-0.022374554, -0.004560777, 0.013309286, -0.0545072, 0, 1]


class Gemini(Vendor):
    api = "gemini"
    credential = "x-goog-api-key"

    def headers(self, key: str) -> dict[str, str]:
        return {"x-goog-api-key": key, "content-type": "application/json"}

    def error(self, status: int) -> bytes:
        error = {"code": status, "message": "The model is overloaded.", "status": _STATUS[status]}
        return json.dumps({"error": error}).encode()

    def refusal(self, body: bytes) -> Refusal:
        document = json.loads(body)
        assert list(document) == ["error"]
        error = document["error"]
        assert {"code", "message", "status"} <= set(error)
        reasons = [detail["reason"] for detail in error.get("details", ())]
        return Refusal("".join(reasons), error["message"])


class Generate(Gemini):
    name = "gemini.generate"
    path = upstream_path = f"{_MODEL}:generateContent"
    stream_path = upstream_stream_path = f"{_MODEL}:streamGenerateContent?alt=sse"
    tools = True
    usage = (8, 762)
    beat = b""

    def request(self, text: str, *, stream: bool = False, tools: Sequence[str] = ()) -> bytes:
        body: dict[str, Any] = {
            "system_instruction": {"parts": [{"text": "You are a cat. Your name is Neko."}]},
            "contents": [{"role": "user", "parts": [{"text": text}]}],
            "safetySettings": [{"category": "HARM_CATEGORY_DANGEROUS_CONTENT", "threshold": "BLOCK_ONLY_HIGH"}],
            "generationConfig": {"stopSequences": ["Title"], "temperature": 1.0, "maxOutputTokens": 800, "topK": 10},
        }
        if tools:
            body["tools"] = [{"functionDeclarations": [_declaration(name) for name in tools]}]
        return json.dumps(body).encode()

    def reply(self, text: str) -> bytes:
        return json.dumps(_answer([{"text": text}], finishReason="STOP", safetyRatings=_RATINGS)).encode()

    def tool_reply(self, name: str, arguments: Mapping[str, Any]) -> bytes:
        return json.dumps(_answer([_call(name, arguments)], finishReason="STOP")).encode()

    def stream(self, pieces: Sequence[str]) -> list[bytes]:
        said = [_chunk([{"text": piece}]) for piece in pieces]
        return [*said, _chunk([{"text": "", "thoughtSignature": _SIGNATURE}], finishReason="STOP")]

    def tool_stream(self, name: str, arguments: Mapping[str, Any]) -> list[bytes]:
        return [_chunk([_call(name, arguments)]), _chunk([{"text": ""}], finishReason="STOP")]

    def stream_error(self) -> bytes:
        return event({"error": {"code": 503, "message": "The model is overloaded.", "status": "UNAVAILABLE"}})

    def seen(self, body: bytes) -> str:
        return str(json.loads(body)["contents"][-1]["parts"][0]["text"])

    def said(self, body: bytes) -> str:
        return _text(json.loads(body))

    def calls(self, body: bytes) -> list[Call]:
        return list(_calls(json.loads(body)))

    def said_in_stream(self, raw: bytes) -> str:
        return "".join(map(_text, documents(raw)))

    def calls_in_stream(self, raw: bytes) -> list[Call]:
        return [call for document in documents(raw) for call in _calls(document)]

    def ended(self, raw: bytes) -> Ended:
        if any("error" in document for document in documents(raw)):
            return Ended.FAILED
        reasons = [one.get("finishReason") for document in documents(raw) for one in document.get("candidates", ())]
        if not reasons or reasons[-1] is None:
            return Ended.CUT
        return Ended.COMPLETE if reasons[-1] == "STOP" else Ended.STOPPED


class Embed(Gemini):
    name = "gemini.embed"
    path = upstream_path = f"/v1beta/models/{_EMBEDDING}:batchEmbedContents"
    streams = False
    speaks = False

    def request(self, text: str, *, stream: bool = False, tools: Sequence[str] = ()) -> bytes:
        contents = [{"parts": [{"text": "What is the meaning of life?"}]}, {"parts": [{"text": text}]}]
        requests = [{"model": f"models/{_EMBEDDING}", "content": content} for content in contents]
        return json.dumps({"requests": requests}).encode()

    def reply(self, text: str) -> bytes:
        return json.dumps({"embeddings": [{"values": _VECTOR}, {"values": _VECTOR[::-1]}]}).encode()

    def seen(self, body: bytes) -> str:
        return str(json.loads(body)["requests"][-1]["content"]["parts"][0]["text"])

    def said(self, body: bytes) -> str:
        return str(json.loads(body)["embeddings"][0]["values"])


class CountTokens(Gemini):
    name = "gemini.count_tokens"
    path = upstream_path = f"{_MODEL}:countTokens"
    streams = False
    speaks = False

    def request(self, text: str, *, stream: bool = False, tools: Sequence[str] = ()) -> bytes:
        return json.dumps({"contents": [{"parts": [{"text": text}]}]}).encode()

    def reply(self, text: str) -> bytes:
        details = [{"modality": "TEXT", "tokenCount": 10}]
        return json.dumps({"totalTokens": 10, "promptTokensDetails": details}).encode()

    def seen(self, body: bytes) -> str:
        return str(json.loads(body)["contents"][0]["parts"][0]["text"])

    def said(self, body: bytes) -> str:
        return str(json.loads(body)["totalTokens"])


def _declaration(name: str) -> dict[str, Any]:
    properties = {"location": {"type": "string", "description": "The city name, e.g. San Francisco"}}
    parameters = {"type": "object", "properties": properties, "required": ["location"]}
    return {"name": name, "description": "Gets the current temperature for a given location.", "parameters": parameters}


def _call(name: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {"functionCall": {"name": name, "args": dict(arguments)}, "thoughtSignature": _SIGNATURE}


def _answer(parts: Sequence[Mapping[str, Any]], **more: Any) -> dict[str, Any]:
    candidate = {"content": {"parts": list(parts), "role": "model"}, **more, "index": 0}
    return {"candidates": [candidate], **_ENVELOPE}


def _chunk(parts: Sequence[Mapping[str, Any]], **more: Any) -> bytes:
    return event(_answer(parts, **more)).replace(b"\n", b"\r\n")


def _parts(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for candidate in document.get("candidates", ()):
        yield from candidate.get("content", {}).get("parts", ())


def _text(document: Mapping[str, Any]) -> str:
    return "".join(part.get("text", "") for part in _parts(document) if not part.get("thought"))


def _calls(document: Mapping[str, Any]) -> Iterator[Call]:
    for part in _parts(document):
        if "functionCall" in part:
            yield Call(part["functionCall"]["name"], part["functionCall"]["args"])


VENDORS = (Generate(), Embed(), CountTokens())
