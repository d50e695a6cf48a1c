"""Make a sample call the way an app would, and read what came back."""

import json
from dataclasses import dataclass
from typing import Any

import aiohttp

from gateway.demo.way import Way

_STREAM = "text/event-stream"
_JUDGED = "hate"


@dataclass(frozen=True, slots=True)
class Told:
    """What the app got: its text, or the error's message, and the reply's id; and what the gateway said of it."""

    status: int
    text: str
    id: str
    decision: str
    reason: str
    receipt: str


async def is_classified(base_url: str, key: str) -> bool:
    """Say whether this gateway judges what texts are like: its own moderations name what nobody looks for."""
    headers = {"authorization": f"Bearer {key}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(f"{base_url}/v1/moderations", json={"input": "Hello."}) as response,
    ):
        told = await response.json()
        return _JUDGED not in told["airlock"]["unscanned"]["categories"]


async def ask(base_url: str, key: str, way: Way, body: dict[str, Any]) -> Told:
    """Make a call and collect the reply, streamed or not."""
    headers = {way.credential: way.prefix + key}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(base_url + way.path, json=body) as response,
    ):
        raw = (await response.read()).decode()
        is_stream = response.content_type == _STREAM
        whole = {} if is_stream else json.loads(raw)
        text = _streamed(way, raw) if is_stream else _whole(way, whole)
        said = response.headers
        return Told(
            response.status,
            text,
            whole.get("id", ""),
            said.get("x-airlock-decision", ""),
            said.get("x-airlock-reason", ""),
            said.get("x-airlock-receipt", ""),
        )


def _whole(way: Way, reply: dict[str, Any]) -> str:
    if reply.get("error"):
        return f"Error: {reply['error']['message']}"
    return "\n".join(filter(None, way.texts(reply)))


def _streamed(way: Way, raw: str) -> str:
    events = (json.loads(line[6:]) for line in raw.splitlines() if line.startswith("data: {"))
    return "".join(text for event in events for text in way.texts(event))
