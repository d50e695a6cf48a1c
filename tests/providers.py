"""Providers behind the optional library: a scripted one, and a gateway that asks it in two of the library's ways."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.gateways import Gateway, running
from tests.scripted import DONE, STREAM_HEAD, event, reply, response

MARKS = [
    pytest.mark.integration,
    pytest.mark.filterwarnings("ignore"),  # the library's, about its own types
    # Looked for and not imported: how it is imported is the gateway's to say.
    pytest.mark.skipif(find_spec("litellm") is None, reason="pip install 'airlock-gateway[providers]'"),
]
KEY = "sk-operators-own-1"
TEXT = "I am ann.lee@example.com"
MESSAGES = [{"role": "user", "content": TEXT}]


def claude(text: str, stream: bool) -> tuple[bytes, ...]:
    """Answer as Anthropic's API does."""
    message = {"id": "msg_1", "type": "message", "role": "assistant", "model": "claude-x", "stop_sequence": None}
    if not stream:
        whole = {**message, "content": [{"type": "text", "text": text}], "stop_reason": "end_turn"}
        return (response({**whole, "usage": {"input_tokens": 11, "output_tokens": 5}}),)
    half = len(text) // 2
    events: list[dict[str, Any]] = [
        {"type": "message_start", "message": {**message, "content": [], "stop_reason": None,
                                              "usage": {"input_tokens": 11, "output_tokens": 1}}},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        *({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": part}}
          for part in (text[:half], text[half:])),
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": {"stop_reason": "end_turn", "stop_sequence": None},
         "usage": {"output_tokens": 5}},
        {"type": "message_stop"},
    ]  # fmt: skip
    return (STREAM_HEAD, *(f"event: {told['type']}\ndata: {json.dumps(told)}\n\n".encode() for told in events))


def echo(body: bytes) -> tuple[bytes, ...]:
    asked = json.loads(body)
    content = asked["messages"][-1]["content"]
    said = content if isinstance(content, str) else content[-1]["text"]
    return claude(f"You said: {said}", asked.get("stream", False))


def compatible(body: bytes) -> tuple[bytes, ...]:
    """Answer as an OpenAI-compatible server does, with the words that it was told."""
    asked = json.loads(body)
    content = asked["messages"][-1]["content"]
    said = "You said: " + (content if isinstance(content, str) else content[-1]["text"])
    usage = {"prompt_tokens": 11, "completion_tokens": 5, "total_tokens": 16}
    if not asked.get("stream"):
        return (response({**reply(said), "usage": usage}),)
    half = len(said) // 2
    last = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [], "usage": usage}
    words = [event({"role": "assistant", "content": said[:half]}), event({"content": said[half:]}), event({}, "stop")]
    return (STREAM_HEAD, *words, f"data: {json.dumps(last)}\n\n".encode(), DONE)


@contextmanager
def asking_through_the_library(folder: Path, upstream: str, patience_s: float = 20) -> Iterator[Gateway]:
    """Run a gateway that asks `upstream` as Anthropic's API and as an OpenAI-compatible server."""
    (folder / "key").write_text(KEY)
    common = {"kind": "litellm", "api_key": {"file": "key"}, "retries": {"attempts": 1}, "breaker": {"failures": 1000}}
    claude_like = {"name": "claude", "base_url": upstream, "models": ["anthropic/*"], "region": "eu", **common}
    open_like = {"name": "vllm", "base_url": f"{upstream}/v1", "models": ["hosted_vllm/*"], **common}
    patience = {"first_byte_s": patience_s, "idle_s": patience_s}
    aliases = {
        "smart": [{"upstream": "claude", "model": "anthropic/claude-x"}],
        "open": [{"upstream": "vllm", "model": "hosted_vllm/llama"}],
    }
    upstreams = [{**claude_like, "timeouts": patience}, {**open_like, "timeouts": patience}]
    with running(folder, upstream, upstreams=upstreams, models=aliases) as started:
        yield started
