"""A model behind OpenAI's Responses API that keeps what it said, as the provider does."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.responses_streams import Script

MODEL = "small-1"
_PATIENCE_S = 60


class ResponsesModel:
    """Says again all that it was told in a chain of calls. `seen` are the bodies and paths that reached it."""

    def __init__(self) -> None:
        self.seen: list[Any] = []
        self.base_url = ""
        self.heard: threading.Event | None = None
        self._inputs: dict[str, list[Any]] = {}
        self._replies: dict[str, dict[str, Any]] = {}
        self.app = Starlette(
            routes=[
                Route("/v1/responses", self._create, methods=["POST"]),
                Route("/v1/responses/input_tokens", self._count, methods=["POST"]),
                Route("/v1/responses/compact", self._compact, methods=["POST"]),
                Route("/v1/responses/{id}", self._stored, methods=["GET", "DELETE"]),
                Route("/v1/responses/{id}/cancel", self._cancel, methods=["POST"]),
                Route("/v1/responses/{id}/input_items", self._items, methods=["GET"]),
            ]
        )

    @contextmanager
    def secret_at_the_end(self) -> Iterator[threading.Event]:
        """End what is said with a secret, once the event is set: by a client that has heard what is before it."""
        self.heard = threading.Event()
        try:
            yield self.heard
        finally:
            self.heard = None

    async def _create(self, request: Request) -> Response:
        body = await request.json()
        self.seen.append(body)
        earlier = self._inputs.get(body.get("previous_response_id") or "", [])
        given = body["input"]
        items = [*earlier, *([{"role": "user", "content": given}] if isinstance(given, str) else given)]
        response_id = f"resp_{len(self.seen):04d}68a1f0c2d4e5"
        self._inputs[response_id] = items
        told = "You said: " + " / ".join(map(_said, items))
        told += " AKIAQYLPMN5HHHFPZAM2" if self.heard else ""
        script = Script(response_id)
        call = body.get("tools") and "output" not in items[-1]
        begin = script.begin()
        if call:
            parts = list(script.call(body["tools"][0]["name"], *_cut(json.dumps({"to": told}))))
        else:
            parts = list(script.say(*_cut(told)))
        end = script.end("queued" if body.get("background") else "completed")
        self._replies[response_id] = script.response
        if body.get("stream"):
            return StreamingResponse(self._played([begin, *parts, end]), media_type="text/event-stream")
        return JSONResponse(script.response)

    def _played(self, events: list[bytes]) -> Iterator[bytes]:
        half = len(events) // 2
        yield from events[:half]
        if self.heard:
            self.heard.wait(_PATIENCE_S)
        yield from events[half:]

    async def _count(self, request: Request) -> Response:
        self.seen.append(await request.json())
        return JSONResponse({"object": "response.input_tokens", "input_tokens": 11})

    async def _compact(self, request: Request) -> Response:
        self.seen.append(await request.json())
        said = json.dumps(self.seen[-1]["input"]).encode().hex()
        item = {"id": f"cmp_{len(self.seen)}", "type": "compaction", "encrypted_content": said.ljust(64, "0")}
        return JSONResponse({"id": "resp_c1", "object": "response.compaction", "created_at": 1, "output": [item]})

    async def _stored(self, request: Request) -> Response:
        name = request.path_params["id"]
        self.seen.append(f"{request.method} {request.url.path}?{request.url.query}")
        if request.method == "DELETE":
            del self._replies[name]
            return JSONResponse({"id": name, "object": "response.deleted", "deleted": True})
        reply = self._replies[name] | {"status": "completed"}
        if request.query_params.get("stream") == "true":
            return StreamingResponse(_again(reply), media_type="text/event-stream")
        return JSONResponse(reply)

    async def _cancel(self, request: Request) -> Response:
        self.seen.append(f"{request.method} {request.url.path}")
        return JSONResponse(self._replies[request.path_params["id"]] | {"status": "cancelled"})

    async def _items(self, request: Request) -> Response:
        data = [
            {"id": f"msg_{i}", "type": "message", **item}
            for i, item in enumerate(self._inputs[request.path_params["id"]])
        ]
        return JSONResponse(
            {"object": "list", "data": data, "first_id": "msg_0", "last_id": "msg_0", "has_more": False}
        )


def _said(item: dict[str, Any]) -> str:
    if item.get("type") == "compaction":
        return str(json.loads(bytes.fromhex(item["encrypted_content"]).rstrip(b"\0")))
    return str(item.get("content", item.get("output")))


def _cut(text: str) -> list[str]:
    return [text[at : at + 7] for at in range(0, len(text), 7)]


def _again(reply: dict[str, Any]) -> Iterator[bytes]:
    script = Script(reply["id"])
    yield script.begin()
    yield from script.say(*_cut(reply["output"][0]["content"][0]["text"]))
    yield script.end()
