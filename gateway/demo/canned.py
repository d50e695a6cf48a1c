"""A canned model: says what it is, quotes what it was sent, always answers the same.

It speaks enough of OpenAI's, Anthropic's and Google's APIs that a person, or a test, can see what a model behind the
gateway got to read.
"""

import json
from collections.abc import Iterable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from gateway.demo import canned_chat, canned_embeddings, canned_gemini, canned_lists, canned_messages, canned_responses

_SSE = "text/event-stream"


class CannedModel:
    """The model as a web app. `seen` holds the bodies of the calls that reached it, oldest first.

    It keeps what was said in stored responses, so that others can go on from them. `remember` is how many calls and how
    many responses. `base_url` is for whoever starts it to fill in.
    """

    def __init__(self, remember: int = 100) -> None:
        self.base_url = ""
        self.seen: list[dict[str, Any]] = []
        self._remember = remember
        self._responses = 0
        self._kept: dict[str, tuple[str, ...]] = {}
        self.app = Starlette(
            routes=[
                Route("/v1/chat/completions", self._chat, methods=["POST"]),
                Route("/v1/responses", self._respond, methods=["POST"]),
                Route("/v1/embeddings", self._embed, methods=["POST"]),
                Route("/v1/messages", self._message, methods=["POST"]),
                Route("/v1/messages/count_tokens", self._count_message, methods=["POST"]),
                Route("/{version}/models/{model}:{method}", self._gemini, methods=["POST"]),
                Route("/v1/models", self._models, methods=["GET"]),
                Route("/v1beta/models", self._gemini_models, methods=["GET"]),
            ]
        )

    async def _chat(self, http: Request) -> Response:
        request = await self._read(http)
        if not request.get("stream"):
            return JSONResponse(canned_chat.completion(request))
        events = map(_event, canned_chat.events(request))
        return StreamingResponse(iter([*events, "data: [DONE]\n\n"]), media_type=_SSE)

    async def _respond(self, http: Request) -> Response:
        request = await self._read(http)
        earlier_id = request.get("previous_response_id") or ""
        if earlier_id and earlier_id not in self._kept:
            return JSONResponse(canned_responses.no_such_response(), 400)
        self._responses += 1
        number, earlier = self._responses, self._kept.get(earlier_id, ())
        whole = canned_responses.response(request, number, earlier)
        if whole["store"]:
            self._keep(whole["id"], (*earlier, canned_responses.said(request)))
        if not request.get("stream"):
            return JSONResponse(whole)
        return _named(canned_responses.events(request, number, earlier))

    async def _embed(self, http: Request) -> Response:
        return JSONResponse(canned_embeddings.embeddings(await self._read(http)))

    async def _message(self, http: Request) -> Response:
        request = await self._read(http)
        if request.get("stream"):
            return _named(canned_messages.events(request))
        return JSONResponse(canned_messages.message(request))

    async def _count_message(self, http: Request) -> Response:
        return JSONResponse(canned_messages.count(await self._read(http)))

    async def _gemini(self, http: Request) -> Response:
        request = await self._read(http)
        method = http.path_params["method"]
        if method == "streamGenerateContent":
            return _streamed_by_gemini(canned_gemini.chunks(request), http.query_params.get("alt"))
        answers = {"generateContent": canned_gemini.answer, "countTokens": canned_gemini.count}
        return JSONResponse(answers[method](request)) if method in answers else Response(status_code=404)

    async def _models(self, http: Request) -> Response:
        is_anthropics = "anthropic-version" in http.headers  # two vendors have their lists at one path
        return JSONResponse(canned_lists.anthropic() if is_anthropics else canned_lists.openai())

    async def _gemini_models(self, _: Request) -> Response:
        return JSONResponse(canned_lists.gemini())

    async def _read(self, http: Request) -> dict[str, Any]:
        request: dict[str, Any] = await http.json()
        self.seen = [*self.seen, request][-self._remember :]
        return request

    def _keep(self, name: str, turns: tuple[str, ...]) -> None:
        self._kept = dict([*self._kept.items(), (name, turns)][-self._remember :])


def _event(document: dict[str, Any]) -> str:
    return f"data: {json.dumps(document, ensure_ascii=False)}\n\n"


def _named(documents: Iterable[dict[str, Any]]) -> Response:
    """Stream events under the names of their types."""
    return StreamingResponse(iter([f"event: {one['type']}\n{_event(one)}" for one in documents]), media_type=_SSE)


def _streamed_by_gemini(chunks: Iterable[dict[str, Any]], alt: str | None) -> Response:
    """Stream chunks as events, or as one JSON list that grows."""
    if alt == "sse":
        return StreamingResponse(iter([_event(one).replace("\n", "\r\n") for one in chunks]), media_type=_SSE)
    told = [json.dumps(one, ensure_ascii=False) for one in chunks]
    listed = [f"{',' if i else '['}{one}\r\n" for i, one in enumerate(told)]
    return StreamingResponse(iter([*listed, "]"]), media_type="application/json")
