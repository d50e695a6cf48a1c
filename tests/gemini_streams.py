"""Streamed replies of Gemini as the provider sends them, and a client that puts them together again."""

import json
from collections.abc import Mapping
from typing import Any

from gateway.dialects.gemini.framing import framing_of
from gateway.dialects.gemini.stream import GeminiStream
from gateway.pseudonyms.mask import TokenMap
from gateway.pseudonyms.restore import Restorer
from gateway.stream.guard import StreamGuard
from gateway.stream.limits import Limits
from tests.chat_streams import documents

ENVELOPE = {"modelVersion": "gemini-2.5-flash", "responseId": "mAitaLmkHPPlz7IP"}


def event(*candidates: dict[str, Any], **more: Any) -> bytes:
    """Write one chunk as an event."""
    listed = {"candidates": list(candidates)} if candidates else {}
    return b"data: " + json.dumps({**listed, **ENVELOPE, **more}).encode() + b"\r\n\r\n"


def candidate(*parts: dict[str, Any], index: int = 0, **more: Any) -> dict[str, Any]:
    """Write one candidate of a chunk."""
    return {"content": {"parts": list(parts), "role": "model"}, "index": index, **more}


def say(*texts: str, index: int = 0, **more: Any) -> bytes:
    """Write a chunk that adds to the answer."""
    return event(candidate(*({"text": text} for text in texts), index=index, **more))


def think(text: str, index: int = 0) -> bytes:
    """Write a chunk that adds to the thoughts."""
    return event(candidate({"text": text, "thought": True}, index=index))


def end(reason: str = "STOP", index: int = 0) -> bytes:
    """Write the chunk that ends a candidate."""
    return event(candidate({"text": ""}, index=index, finishReason=reason))


def guard(
    mode: str = "window",
    tokens: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    *,
    alt: str = "sse",
    json_text: bool = False,
) -> StreamGuard:
    """Make a guard of a stream."""
    stream, restorer = GeminiStream(framing_of({"alt": alt})), Restorer(TokenMap(dict(tokens or {})))
    return StreamGuard(stream, restorer, mode, limits, allow_unwalked=True, json_text=json_text)


def assembled(raw: bytes, *, alt: str = "sse") -> dict[str, Any]:
    """Put a stream together: by candidate its thoughts, its text, its other parts and its end, and any error."""
    result: dict[str, Any] = {}
    for document in documents(raw.replace(b"\r\n", b"\n")) if alt == "sse" else json.loads(raw):
        if "error" in document:
            result["error"] = document["error"]["details"][0]["reason"] if "details" in document["error"] else "theirs"
        for one in document.get("candidates", ()):
            _add(result, one)
    return result


def _add(result: dict[str, Any], one: dict[str, Any]) -> None:
    index = one.get("index", 0)
    for part in one.get("content", {}).get("parts", ()):
        if "text" in part:
            name = f"{index}.{'thought' if part.get('thought') else 'text'}"
            result[name] = result.get(name, "") + part["text"]
        else:
            result.setdefault(f"{index}.parts", []).append(part)
    if one.get("finishReason"):
        result[f"{index}.end"] = one["finishReason"]
