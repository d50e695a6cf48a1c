"""Providers through the optional library: what goes wrong, and what a caller can't make of it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anthropic
import httpx
import openai
import pytest

from audit.reading import show_record
from tests.gateways import Gateway
from tests.providers import KEY, MARKS, MESSAGES, asking_through_the_library, claude, echo
from tests.scripted import PATIENCE_S, Scripted, response, scripted

pytestmark = MARKS


@pytest.fixture(scope="module")
def upstream() -> Iterator[Scripted]:
    with scripted() as started:
        yield started


@pytest.fixture(scope="module")
def gateway(upstream: Scripted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with asking_through_the_library(tmp_path_factory.mktemp("providers"), upstream.base_url, patience_s=2) as started:
        yield started


def post(gateway: Gateway, **more: Any) -> httpx.Response:
    with gateway.http() as client:
        return client.post("/v1/chat/completions", json={"model": "smart", "messages": MESSAGES, **more})


def anthropic_sdk(gateway: Gateway) -> anthropic.Anthropic:
    return anthropic.Anthropic(base_url=gateway.base_url, api_key=gateway.key(), timeout=20, max_retries=0)


def test_a_fault_is_told_in_an_anthropic_apps_dialect(gateway: Gateway, upstream: Scripted) -> None:
    upstream.play(response({"error": {"message": f"no, {KEY}", "type": "x"}}, "400 Bad Request"))
    with anthropic_sdk(gateway) as client, pytest.raises(anthropic.BadRequestError) as caught:
        client.messages.create(model="hosted_vllm/llama", max_tokens=50, messages=MESSAGES)
    assert caught.value.body["type"] == "error"
    assert KEY not in str(caught.value)


ERROR = {"type": "error", "error": {"type": "invalid_request_error", "message": f"max_tokens with {KEY} is too large"}}
FAULTS: dict[str, tuple[tuple[Any, ...], int, str]] = {
    "the request is bad": ((response(ERROR, "400 Bad Request"),), 400, "status_400"),
    "too many requests": ((response(ERROR, "429 Too Many Requests", retry_after="7"),), 429, "rate_limit_exceeded"),
    "our key is refused": ((response(ERROR, "401 Unauthorized"),), 502, "upstream.refused"),
    "it fails": ((response(ERROR, "500 Internal Server Error"),), 500, "status_500"),
    "it says nothing": ((4.0,), 504, "upstream.timeout"),
    "it is a web page": ((response(b"<html>busy</html>", kind="text/html"),), 502, "upstream.failed"),
    "it closes without a word": ((), 500, "status_500"),
    "it leaks a secret": (claude("Use AKIAQYLPMN5HHHFPZAM2", stream=False), 403, "secret.detected"),
}


@pytest.mark.parametrize(("script", "status", "code"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_in_the_apps_dialect_without_a_secret(
    gateway: Gateway,
    upstream: Scripted,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    script: tuple[Any, ...],
    status: int,
    code: str,
) -> None:
    upstream.play(*script)
    told = post(gateway)
    assert (told.status_code, told.json()["error"]["code"]) == (status, code)
    printed = capfd.readouterr()
    for place in (told.text, caplog.text, printed.out, printed.err):
        assert not [word for word in (KEY, "ann.lee", "Traceback", upstream.base_url) if word in place]


def test_what_a_provider_objects_to_is_told(gateway: Gateway, upstream: Scripted) -> None:
    upstream.play(*FAULTS["the request is bad"][0])
    assert "is too large" in post(gateway).json()["error"]["message"]


def test_advice_to_wait_passes(gateway: Gateway, upstream: Scripted) -> None:
    upstream.play(*FAULTS["too many requests"][0])
    assert post(gateway).headers["retry-after"] == "7"


def test_a_stream_that_stalls_ends_with_an_error(gateway: Gateway, upstream: Scripted) -> None:
    head, *events = claude("word " * 60, stream=True)
    upstream.play(head, *events[:3], *events[2:3] * 3, 4.0)
    stream = gateway.sdk().chat.completions.create(model="smart", messages=MESSAGES, stream=True)
    with pytest.raises(openai.APIError) as caught:
        list(stream)
    assert caught.value.body["code"] == "upstream.timeout"


OURS = {
    "another address": {"api_base": "http://127.0.0.1:1/steal"},
    "another address by its older name": {"base_url": "http://127.0.0.1:1/steal"},
    "another key": {"api_key": "sk-mine"},
    "a made-up answer": {"mock_response": "fine"},
    "headers": {"extra_headers": {"x-evil": "1"}},
    "a body": {"extra_body": {"api_base": "http://127.0.0.1:1"}},
    "other models": {"fallbacks": ["openai/gpt-4o"]},
    "a provider": {"custom_llm_provider": "openai"},
    "a tool that somebody else runs": {"tools": [{"type": "mcp", "server_url": "http://127.0.0.1:1"}]},
}


@pytest.mark.parametrize("more", OURS.values(), ids=OURS)
def test_no_argument_of_the_library_comes_from_a_caller(
    gateway: Gateway, upstream: Scripted, more: dict[str, Any]
) -> None:
    upstream.answer(echo)
    before = len(upstream.bodies)
    told = post(gateway, **more)
    assert (told.status_code, told.json()["error"]["code"]) == (400, "unsupported_parameter")
    assert len(upstream.bodies) == before


def test_a_client_that_leaves_ends_the_providers_stream(gateway: Gateway, upstream: Scripted) -> None:
    head, *events = claude("word " * 100, stream=True)
    slowly = [step for _ in range(400) for step in (0.05, events[2])]
    upstream.play(head, *events[:3], *slowly)
    body = {"model": "smart", "stream": True, "messages": MESSAGES}
    with gateway.http() as client, client.stream("POST", "/v1/chat/completions", json=body) as told:
        next(told.iter_bytes())
    assert upstream.hung_up.wait(PATIENCE_S)


def test_its_record_is_as_any_others_and_knows_no_secret(gateway: Gateway, upstream: Scripted) -> None:
    upstream.answer(echo)
    receipt = post(gateway).headers["x-airlock-receipt"]
    opened = show_record(gateway.settings.store.url, receipt)[0].body
    assert (opened["upstream"], opened["model"]["routed"]) == ("claude", "anthropic/claude-x")
    assert json.loads(opened["policy"]["input"])["upstream"]["region"] == "eu"
    stored = b"".join(path.read_bytes() for path in Path(gateway.settings.store.url[10:]).parent.glob("airlock.db*"))
    assert KEY.encode() not in stored
    assert KEY not in repr(gateway.settings)


OFFLINE = """
import asyncio, socket, sys
asked = []

def refuse(*args, **kwargs):
    asked.append(args[:2])
    raise OSError("no network")

socket.getaddrinfo = socket.create_connection = socket.socket.connect = refuse
from gateway.upstream.litellm import LibraryClient

asyncio.run(LibraryClient.start())
sys.exit(str(asked) if asked else 0)
"""


def test_the_library_calls_nobody_when_it_starts(tmp_path: Path) -> None:
    started = subprocess.run(
        [sys.executable, "-c", OFFLINE],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert (started.returncode, started.stderr, started.stdout) == (0, "", "")
