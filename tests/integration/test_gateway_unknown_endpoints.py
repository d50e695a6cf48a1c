"""Endpoints that no dialect reads: blocked unless a use case accepts that nobody looks, and screened all the same."""

import http.client
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import openai
import pytest

import policies
from audit.reading import show_record
from tests.gateways import Gateway, running
from tests.scripted import STREAM_HEAD, Scripted, response, scripted

pytestmark = pytest.mark.integration

ADDRESS = "ann.lee@example.com"
SECRET = "AKIAQYLPMN5HHHFPZAM2"


@pytest.fixture(scope="module")
def upstream() -> Iterator[Scripted]:
    with scripted() as server:
        yield server


@pytest.fixture(scope="module")
def gateway(upstream: Scripted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = tmp_path_factory.mktemp("unknown")
    data = json.loads((Path(policies.__file__).parent / "data.json").read_text())
    data["use_cases"]["open"] = data["use_cases"]["default"] | {"allow_unscanned": ["unknown_endpoint"]}
    (folder / "data.json").write_text(json.dumps(data))
    upstreams = [
        {"name": "one", "base_url": f"{upstream.base_url}/base/v1"},
        {"name": "two", "base_url": f"{upstream.base_url}/claude", "api": "anthropic"},
        {"name": "three", "base_url": f"{upstream.base_url}/google", "api": "gemini"},
    ]
    with running(folder, upstream.base_url, upstreams=upstreams, policy={"data": "data.json"}) as started:
        yield started


@pytest.fixture(scope="module")
def client(gateway: Gateway) -> Iterator[httpx.Client]:
    with gateway.http(gateway.key("open")) as http:
        yield http


def records(gateway: Gateway, told: httpx.Response) -> list[dict[str, Any]]:
    """Give the call's two records; the closed one is durable a moment after the answer."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        found = show_record(gateway.settings.store.url, told.headers["x-airlock-receipt"])
        if len(found) == 2:
            return [record.body for record in found]
        time.sleep(0.01)
    raise AssertionError("the call was never closed")


def test_it_is_blocked_until_a_use_case_accepts_it(gateway: Gateway, upstream: Scripted) -> None:
    before = len(upstream.paths)
    with pytest.raises(openai.PermissionDeniedError) as caught:
        gateway.sdk().files.list()
    assert caught.value.code == "coverage.unscanned"
    assert "unknown_endpoint" in caught.value.response.text
    assert len(upstream.paths) == before


def test_an_sdk_reads_through_it(gateway: Gateway, upstream: Scripted) -> None:
    batch = {"id": "batch_1", "object": "batch", "status": "validating", "input_file_id": "file-1"}
    upstream.play(response(batch))
    sdk = gateway.sdk("open")
    made = sdk.batches.create(
        input_file_id="file-1",
        endpoint="/v1/chat/completions",
        completion_window="24h",
        metadata={"for": ADDRESS},
    )
    assert made.status == "validating"
    assert ADDRESS.encode() not in upstream.bodies[-1]
    assert upstream.paths[-1] == "/base/v1/batches"
    upstream.play(response({"object": "list", "data": [batch], "has_more": False}))
    assert [found.id for found in sdk.batches.list(limit=2, after="batch_0")] == ["batch_1"]
    assert upstream.paths[-1] == "/base/v1/batches?after=batch_0&limit=2"
    upstream.play(response({"id": "file-1", "object": "file", "deleted": True}))
    assert sdk.files.delete("file-1").deleted
    assert upstream.paths[-1] == "/base/v1/files/file-1"


def test_personal_values_come_back(client: httpx.Client, upstream: Scripted, gateway: Gateway) -> None:
    upstream.answer(lambda body: [response({"echo": json.loads(body)["text"]})])
    told = client.post("/v1/unheard/of", json={"text": f"Write to {ADDRESS}", "model": "m"})
    assert told.json() == {"echo": f"Write to {ADDRESS}"}
    assert ADDRESS.encode() not in upstream.bodies[-1]
    opened, closed = records(gateway, told)
    assert (opened["decision"], opened["model"]["requested"]) == ("allow", "m")
    for record in (opened, closed):
        unscanned = json.loads(record["policy"]["input"])["coverage"]["unscanned"]
        assert [part["reason"] for part in unscanned] == ["unknown_endpoint"]


SECRETS: dict[str, dict[str, Any]] = {
    "in the body": {"url": "/v1/unheard", "json": {"a": [SECRET]}},
    "in the path": {"url": f"/v1/unheard/{SECRET}"},
    "in the query": {"url": f"/v1/unheard?after={SECRET}"},
    "in a file": {"url": "/v1/files", "files": {"file": ("a.txt", f"the key {SECRET} is ours")}},
}


@pytest.mark.parametrize("call", SECRETS.values(), ids=SECRETS)
def test_a_secret_never_leaves(client: httpx.Client, upstream: Scripted, call: dict[str, Any]) -> None:
    before = len(upstream.paths)
    told = client.request("POST", **call)
    assert (told.status_code, told.json()["error"]["code"]) == (403, "secret.detected")
    assert SECRET not in told.text
    assert len(upstream.paths) == before


def test_personal_data_in_a_path_is_blocked_and_not_written_down(client: httpx.Client, gateway: Gateway) -> None:
    told = client.get(f"/v1/users/{ADDRESS}")
    assert (told.status_code, told.json()["error"]["code"]) == (403, "pseudonyms.unmaskable")
    assert "ann.lee" not in str(records(gateway, told))


def test_bytes_and_streams_pass_as_they_are(client: httpx.Client, upstream: Scripted) -> None:
    sound = bytes(range(256))
    upstream.play(response(sound, kind="audio/mpeg"))
    told = client.post("/v1/audio/speech", json={"model": "tts", "input": "hello"})
    assert (told.content, told.headers["content-type"]) == (sound, "audio/mpeg")
    upstream.play(STREAM_HEAD, b'event: thread.run\ndata: {"id": 1}\n\n', b"event: done\ndata: [DONE]\n\n")
    told = client.post("/v1/threads/runs", json={"stream": True})
    assert told.content == b'event: thread.run\ndata: {"id": 1}\n\nevent: done\ndata: [DONE]\n\n'
    assert told.headers["content-type"].startswith("text/event-stream")
    upstream.play(response({"said": "whole"}))
    assert client.post("/v1/threads/runs", json={"stream": True}).json() == {"said": "whole"}


@pytest.mark.parametrize(("method", "times"), [("POST", 1), ("GET", 2)])
def test_what_may_create_something_is_sent_once(
    client: httpx.Client, upstream: Scripted, method: str, times: int
) -> None:
    upstream.play(response({"error": {"message": "busy"}}, "503 Service Unavailable"))
    before = len(upstream.paths)
    assert client.request(method, "/v1/batches", json={"input": "f"} if method == "POST" else None).status_code == 503
    assert len(upstream.paths) - before == times


def test_a_secret_in_a_reply_is_stopped(client: httpx.Client, upstream: Scripted) -> None:
    upstream.play(response({"a": SECRET}))
    assert client.get("/v1/unheard").json()["error"]["code"] == "secret.detected"
    upstream.play(STREAM_HEAD, b'data: {"id": 1}\n\n', 0.2, f'data: {{"a": "{SECRET}"}}\n\n'.encode())
    told = client.post("/v1/unheard", json={})
    assert b"secret.detected" in told.content
    assert SECRET.encode() not in told.content


@pytest.mark.parametrize(
    ("path", "headers", "asked"),
    [
        ("/v1/messages/batches?limit=2", {}, "/claude/v1/messages/batches?limit=2"),
        ("/v1/skills", {"anthropic-version": "2023-06-01"}, "/claude/v1/skills"),
        ("/v1beta/cachedContents", {}, "/google/v1beta/cachedContents"),
        ("/openai/files?api-version=2024-10-21", {}, "/base/v1/files"),
        ("/openai/v1/files", {}, "/base/v1/files"),
        ("/openai/deployments/m/audio/speech?api-version=1", {}, "/base/v1/audio/speech"),
        ("/v1/chat/completions", {}, "/base/v1/chat/completions"),
    ],
)
def test_each_api_has_its_own(
    client: httpx.Client, upstream: Scripted, path: str, headers: dict[str, str], asked: str
) -> None:
    upstream.play(response({"data": []}))
    assert client.get(path, headers=headers).json() == {"data": []}
    assert upstream.paths[-1] == asked


def test_an_error_is_told_in_the_apis_own_way(client: httpx.Client) -> None:
    told = client.get(f"/v1/messages/batches/{SECRET}")
    assert told.json()["type"] == "error"
    assert told.status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/v1/../admin",
        "/v1/%2e%2e/admin",
        "/v1/files%2f..%2f..%2fadmin",
        "/v1//evil.example/x",
        "/v1/http://evil.example",
    ],
)
def test_the_base_url_cannot_be_left(gateway: Gateway, upstream: Scripted, path: str) -> None:
    before = len(upstream.paths)
    raw = http.client.HTTPConnection(urlsplit(gateway.base_url).netloc, timeout=20)
    raw.request("GET", path, headers={"authorization": f"Bearer {gateway.key('open')}"})
    told = raw.getresponse()
    assert (told.status, json.loads(told.read())["error"]["code"]) == (400, "invalid_path")
    raw.close()
    assert len(upstream.paths) == before


@pytest.mark.parametrize("path", ["/", "/v2/files", "/admin", "/mcpx"])
def test_other_paths_do_not_exist(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_nobody_is_let_in_without_a_key(gateway: Gateway) -> None:
    told = httpx.get(f"{gateway.base_url}/v1/files", trust_env=False)
    assert (told.status_code, told.json()["error"]["code"]) == (401, "missing_api_key")
