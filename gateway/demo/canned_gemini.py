"""The canned model in Gemini's API: plain, streamed, tools, several candidates, the count of a prompt's tokens."""

import json
from collections.abc import Iterator
from typing import Any

from gateway.demo.wording import MODEL, Reply, Tool, pieces, reply, text_of, tokens


def said(request: dict[str, Any]) -> str:
    """Give what the model answers: the text of the last content, or what a tool told in it."""
    return _text(request["contents"][-1])


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Give the whole reply body of a plain call."""
    candidates = [_candidate(i, _part(one), end=True) for i, one in enumerate(_replies(request))]
    return {"candidates": candidates, **_envelope(request)}


def chunks(request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give the reply of a streamed call as its chunks; a function call comes whole."""
    for i, one in enumerate(_replies(request)):
        parts = [_part(one)] if one.called else [{"text": piece} for piece in pieces(one.text)]
        for at, part in enumerate(parts, start=1):
            yield {"candidates": [_candidate(i, part, end=at == len(parts))], **_envelope(request)}


def count(request: dict[str, Any]) -> dict[str, Any]:
    """Give how many tokens a prompt has."""
    inner = _member(request, "generateContentRequest") or request
    system = text_of((_member(inner, "systemInstruction") or {}).get("parts"))
    return {"totalTokens": sum(map(tokens, (system, *map(_text, inner["contents"]))))}


def _replies(request: dict[str, Any]) -> list[Reply]:
    by_tool = bool(_results(request["contents"][-1]))
    wanted = _member(_member(request, "generationConfig") or {}, "candidateCount") or 1
    return [reply(said(request), tool=_tool(request), by_tool=by_tool, choice=i) for i in range(wanted)]


def _part(one: Reply) -> dict[str, Any]:
    return {"functionCall": {"name": one.called, "args": one.arguments}} if one.called else {"text": one.text}


def _candidate(index: int, part: dict[str, Any], *, end: bool) -> dict[str, Any]:
    ending = {"finishReason": "STOP"} if end else {}
    return {"content": {"parts": [part], "role": "model"}, **ending, "index": index}


def _envelope(request: dict[str, Any]) -> dict[str, Any]:
    asked, answered = count(request)["totalTokens"], sum(one.tokens for one in _replies(request))
    usage = {"promptTokenCount": asked, "candidatesTokenCount": answered, "totalTokenCount": asked + answered}
    return {"usageMetadata": usage, "modelVersion": MODEL, "responseId": "canned"}


def _text(content: dict[str, Any]) -> str:
    told = [json.dumps(one.get("response"), ensure_ascii=False) for one in _results(content)]
    return " ".join(told) or text_of(content.get("parts"))


def _results(content: dict[str, Any]) -> list[dict[str, Any]]:
    return [found for part in content.get("parts") or () if (found := _member(part, "functionResponse"))]


def _tool(request: dict[str, Any]) -> Tool | None:
    calling = _member(_member(request, "toolConfig") or {}, "functionCallingConfig") or {}
    declared = [one for tool in request.get("tools") or () for one in _member(tool, "functionDeclarations") or ()]
    if not declared or calling.get("mode") == "NONE":
        return None
    return Tool(
        declared[0]["name"], declared[0].get("parameters") or _member(declared[0], "parametersJsonSchema") or {}
    )


def _member(holder: dict[str, Any], name: str) -> Any:
    """Give a member under either of its spellings: `candidateCount`, `candidate_count`."""
    snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
    return holder.get(name, holder.get(snake))
