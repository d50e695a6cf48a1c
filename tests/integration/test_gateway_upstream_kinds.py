"""Upstreams other than the vendor's own: Azure's paths, header and filter results; servers without a key."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.gateways import Gateway, running
from tests.scripted import DONE, STREAM_HEAD, Scripted, event, reply, response, scripted

pytestmark = pytest.mark.integration

SAFE = {"hate": {"filtered": False, "severity": "safe"}, "violence": {"filtered": False, "severity": "safe"}}
PROMPT = [{"prompt_index": 0, "content_filter_results": SAFE}]
MESSAGES = [{"role": "user", "content": "I am ann.lee@example.com"}]


@pytest.fixture(scope="module")
def upstream() -> Iterator[Scripted]:
    with scripted() as started:
        yield started


@pytest.fixture(scope="module")
def gateway(upstream: Scripted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = tmp_path_factory.mktemp("kinds")
    (folder / "key").write_text("azure-secret\n")
    azure = {
        "name": "azure",
        "base_url": upstream.base_url,
        "scheme": "azure",
        "api_version": "2024-10-21",
        "api_key": {"file": "key"},
        "headers": {"x-ms-useragent": "airlock"},
        "models": [],
    }
    local = {"name": "local", "base_url": f"{upstream.base_url}/v1", "models": ["llama*"], "hosting": "self"}
    aliases = {"smart": [{"upstream": "azure", "model": "my-deployment"}]}
    with running(folder, upstream.base_url, upstreams=[azure, local], models=aliases) as started:
        yield started


def azure_event(choices: list[dict[str, Any]], **more: Any) -> bytes:
    chunk = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "gpt-4o", "choices": choices, **more}
    return f"data: {json.dumps(chunk)}\n\n".encode()


def test_azure_is_asked_at_its_deployment_with_its_header(gateway: Gateway, upstream: Scripted) -> None:
    upstream.play(response({**reply("hello"), "prompt_filter_results": PROMPT}))
    told = gateway.sdk().chat.completions.create(model="smart", messages=MESSAGES)
    assert upstream.paths[-1] == "/openai/deployments/my-deployment/chat/completions?api-version=2024-10-21"
    sent = upstream.headers[-1]
    assert (sent["api-key"], sent["x-ms-useragent"]) == ("azure-secret", "airlock")
    assert "authorization" not in sent
    assert b"ann.lee" not in upstream.bodies[-1]
    assert told.choices[0].message.content == "hello"
    assert told.to_dict()["prompt_filter_results"] == PROMPT


def test_azures_stream_with_its_filter_results_arrives_whole(gateway: Gateway, upstream: Scripted) -> None:
    def answer(body: bytes) -> tuple[bytes, ...]:
        token = json.loads(body)["messages"][0]["content"].split()[-1]
        half = len(token) // 2
        words = ["Hello ", token[:half], token[half:], " and welcome"]
        deltas = [
            {"index": 0, "delta": {"content": word}, "finish_reason": None, "content_filter_results": SAFE}
            for word in words
        ]
        end = {"index": 0, "delta": {}, "finish_reason": "stop", "content_filter_results": {}}
        first = azure_event([], prompt_filter_results=PROMPT)
        return (STREAM_HEAD, first, *(azure_event([delta]) for delta in deltas), azure_event([end]), DONE)

    upstream.answer(answer)
    stream = gateway.sdk().chat.completions.create(model="smart", messages=MESSAGES, stream=True)
    chunks = list(stream)
    said = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert said == "Hello ann.lee@example.com and welcome"
    assert json.loads(upstream.bodies[-1])["stream_options"] == {"include_usage": True}


def test_azures_own_filter_is_told_as_it_says(gateway: Gateway, upstream: Scripted) -> None:
    error = {
        "message": "The response was filtered.",
        "type": None,
        "param": "prompt",
        "code": "content_filter",
        "status": 400,
        "innererror": {"code": "ResponsibleAIPolicyViolation", "content_filter_result": SAFE},
    }
    upstream.play(response({"error": error}, "400 Bad Request"))
    with gateway.http() as client:
        told = client.post("/v1/chat/completions", json={"model": "smart", "messages": MESSAGES})
    assert (told.status_code, told.json()["error"]["code"]) == (400, "content_filter")


def test_a_server_without_a_key_gets_none(gateway: Gateway, upstream: Scripted) -> None:
    upstream.play(STREAM_HEAD, event({"content": "hello "}), event({"content": "there"}), event({}, "stop"), DONE)
    stream = gateway.sdk().chat.completions.create(model="llama3.2", messages=MESSAGES, stream=True)
    assert "".join(chunk.choices[0].delta.content or "" for chunk in stream) == "hello there"
    assert upstream.paths[-1] == "/v1/chat/completions"
    assert not {"authorization", "api-key"} & upstream.headers[-1].keys()
    assert json.loads(upstream.bodies[-1])["model"] == "llama3.2"


def test_no_secret_is_in_a_record_a_log_or_an_answer(
    gateway: Gateway, upstream: Scripted, caplog: pytest.LogCaptureFixture
) -> None:
    upstream.play(response({"error": {"message": "key azure-secret is bad"}}, "401 Unauthorized"))
    with gateway.http() as client:
        told = client.post("/v1/chat/completions", json={"model": "smart", "messages": MESSAGES})
    assert (told.status_code, told.json()["error"]["code"]) == (502, "upstream.refused")
    stored = b"".join(path.read_bytes() for path in Path(gateway.settings.store.url[10:]).parent.glob("airlock.db*"))
    for place in (told.text, str(told.headers), caplog.text, repr(gateway.settings)):
        assert "azure-secret" not in place
    assert b"azure-secret" not in stored
