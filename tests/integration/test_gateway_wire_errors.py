"""What callers get wrong is told in OpenAI's envelope, with the status that the SDK expects."""

import json
import logging
import time
from collections.abc import Iterator

import httpx
import openai
import pytest

from audit import key_register
from gateway.demo.canned import CannedModel
from tests.gateways import Gateway, running

pytestmark = pytest.mark.integration

OK = {"model": "canned-1", "messages": [{"role": "user", "content": "hi"}]}


@pytest.fixture(scope="module")
def gateway(canned: CannedModel, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    upstream = {"name": "canned", "base_url": f"{canned.base_url}/v1", "models": ["canned-*"]}
    folder = tmp_path_factory.mktemp("wire")
    with running(folder, canned.base_url, limits={"body_bytes": 10_000}, upstreams=[upstream]) as started:
        yield started


@pytest.fixture(scope="module")
def client(gateway: Gateway) -> Iterator[httpx.Client]:
    with gateway.http() as http:
        yield http


DEEP = b'{"model":"canned-1","messages":' + b"[" * 4_000 + b"]" * 4_000 + b"}"
BODIES: dict[str, tuple[bytes, int, str]] = {
    "no body": (b"", 400, "malformed_json"),
    "broken JSON": (b'{"model":', 400, "malformed_json"),
    "not UTF-8": (b'{"model":"\xff"}', 400, "malformed_json"),
    "half an emoji": (b'{"model":"\\ud83d"}', 400, "malformed_json"),
    "NaN": (b'{"temperature":NaN}', 400, "malformed_json"),
    "a key twice": (b'{"model":"a","model":"b"}', 400, "malformed_json"),
    "nested beyond reason": (DEEP, 400, "malformed_json"),
    "a list": (b"[]", 400, "invalid_type"),
    "no model": (json.dumps({"messages": OK["messages"]}).encode(), 400, "invalid_type"),
    "a model that is a number": (json.dumps({**OK, "model": 4}).encode(), 400, "invalid_type"),
    "no messages": (json.dumps({"model": "canned-1", "messages": []}).encode(), 400, "invalid_type"),
    "messages of strings": (json.dumps({"model": "canned-1", "messages": ["hi"]}).encode(), 400, "invalid_type"),
    "a role that is a list": (
        json.dumps({"model": "canned-1", "messages": [{"role": [], "content": "hi"}]}).encode(),
        400,
        "invalid_type",
    ),
    "stream: yes": (json.dumps({**OK, "stream": "yes"}).encode(), 400, "invalid_type"),
    "a model that nobody serves": (json.dumps({**OK, "model": "gpt-0"}).encode(), 404, "model_not_found"),
    "a model that is a sentence": (
        json.dumps({**OK, "model": "canned-1 ann.lee@x.com"}).encode(),
        404,
        "model_not_found",
    ),
    "too long": (json.dumps({**OK, "user": "x" * 20_000}).encode(), 413, "body_too_large"),
}


@pytest.mark.parametrize(("body", "status", "code"), BODIES.values(), ids=BODIES)
def test_a_bad_body_is_refused(
    client: httpx.Client, canned: CannedModel, body: bytes, status: int, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = list(canned.seen)
    with caplog.at_level(logging.DEBUG):
        told = client.post("/v1/chat/completions", content=body)
    assert (told.status_code, told.json()["error"]["code"]) == (status, code)
    assert told.headers["content-type"] == "application/json"
    assert "Traceback" not in told.text
    assert "ann.lee" not in told.text + caplog.text
    assert canned.seen == before


def test_a_body_that_grows_past_the_limit_without_saying_so_is_refused(client: httpx.Client) -> None:
    told = client.post("/v1/chat/completions", content=(b" " * 1_000 for _ in range(100)))
    assert told.status_code == 413


def test_a_compressed_body_is_refused(client: httpx.Client) -> None:
    told = client.post("/v1/chat/completions", content=b"x", headers={"content-encoding": "gzip"})
    assert told.json()["error"]["code"] == "unsupported_encoding"


KEYS: dict[str, tuple[dict[str, str], str]] = {
    "no key": ({}, "missing_api_key"),
    "an unknown key": ({"authorization": "Bearer ak_nobody_" + "x" * 43}, "invalid_api_key"),
    "somebody else's format": ({"authorization": "Bearer sk-proj-123"}, "invalid_api_key"),
    "another scheme": ({"authorization": "Basic YTpi"}, "missing_api_key"),
    "bytes that are no text": ({"authorization": b"Bearer \xff\xfe"}, "invalid_api_key"),  # type: ignore[dict-item]
}


@pytest.mark.parametrize(("headers", "code"), KEYS.values(), ids=KEYS)
@pytest.mark.parametrize("path", ["/v1/chat/completions", "/v1/models", "/airlock/receipts/x"])
def test_without_a_valid_key_nobody_is_let_in(gateway: Gateway, path: str, headers: dict[str, str], code: str) -> None:
    with httpx.Client(base_url=gateway.base_url, trust_env=False) as anybody:
        method = "POST" if path.endswith("completions") else "GET"
        told = anybody.request(method, path, headers=headers)
    assert (told.status_code, told.json()["error"]["code"]) == (401, code)
    assert "sk-proj" not in told.text


def test_a_revoked_key_is_refused_within_two_seconds(gateway: Gateway) -> None:
    secret = gateway.key()
    with gateway.http(secret) as client:
        assert client.get("/v1/models").status_code == 200
        key_register.revoke(gateway.settings.store.url, secret.split("_")[1])
        deadline = time.monotonic() + 2
        while client.get("/v1/models").status_code == 200:
            assert time.monotonic() < deadline
            time.sleep(0.05)


@pytest.mark.parametrize("path", ["/", "/v2/files", "/v1"])
def test_a_path_that_no_dialect_reads_is_refused(client: httpx.Client, path: str) -> None:
    told = client.post(path, json=OK)
    assert (told.status_code, told.json()["error"]["code"]) == (404, "unknown_url")


def test_a_wrong_method_is_refused(client: httpx.Client) -> None:
    told = client.post("/airlock/receipts/x")
    assert (told.status_code, told.json()["error"]["code"]) == (405, "method_not_allowed")


def test_an_endpoint_that_no_dialect_reads_is_blocked(client: httpx.Client) -> None:
    told = client.get("/v1/chat/completions")
    assert (told.status_code, told.json()["error"]["code"]) == (403, "coverage.unscanned")


def test_the_sdk_raises_its_own_errors(gateway: Gateway) -> None:
    sdk = gateway.sdk()
    with pytest.raises(openai.NotFoundError):
        sdk.chat.completions.create(model="gpt-0", messages=OK["messages"])
    with pytest.raises(openai.BadRequestError):
        sdk.chat.completions.create(model="canned-1", messages=[])
    with pytest.raises(openai.AuthenticationError):
        sdk.with_options(api_key="ak_x").chat.completions.create(**OK)


def test_what_nobody_can_screen_is_blocked_not_passed(gateway: Gateway, canned: CannedModel) -> None:
    before = list(canned.seen)
    parts = [{"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}}]
    with pytest.raises(openai.PermissionDeniedError) as caught:
        gateway.sdk().chat.completions.create(model="canned-1", messages=[{"role": "user", "content": parts}])
    assert caught.value.code == "coverage.unscanned"
    assert canned.seen == before


def test_health(client: httpx.Client) -> None:
    assert client.get("/health/live").json() == {"status": "ok"}
    ready = client.get("/health/ready")
    parts = {"record": "ok", "keys": "ok", "policy": "ok", "limits": "ok"}
    assert (ready.status_code, ready.json()["parts"]) == (200, parts)
