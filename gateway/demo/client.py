"""Make a sample call the way an app would, and read what came back."""

import json
from dataclasses import dataclass
from typing import Any

import aiohttp


@dataclass(frozen=True, slots=True)
class Told:
    """What the app got: its text, or the error's message; and what the gateway said of it."""

    status: int
    text: str
    decision: str
    reason: str
    receipt: str


async def ask(base_url: str, key: str, body: dict[str, Any]) -> Told:
    """Post a chat completion and collect the reply, streamed or not."""
    async with (
        aiohttp.ClientSession(headers={"authorization": f"Bearer {key}"}) as session,
        session.post(f"{base_url}/v1/chat/completions", json=body) as response,
    ):
        raw = (await response.read()).decode()
        text = _streamed(raw) if body.get("stream") and response.status == 200 else _whole(json.loads(raw))
        said = response.headers
        return Told(
            response.status,
            text,
            said.get("x-airlock-decision", ""),
            said.get("x-airlock-reason", ""),
            said.get("x-airlock-receipt", ""),
        )


def _whole(reply: dict[str, Any]) -> str:
    if "error" in reply:
        return f"Error: {reply['error']['message']}"
    message = reply["choices"][0]["message"]
    calls = [f"{c['function']['name']}({c['function']['arguments']})" for c in message.get("tool_calls") or ()]
    return "\n".join([message["content"] or "", *calls]).strip()


def _streamed(raw: str) -> str:
    events = [json.loads(line[6:]) for line in raw.splitlines() if line.startswith("data: {")]
    return "".join(c["delta"].get("content") or "" for event in events for c in event.get("choices", ()))
