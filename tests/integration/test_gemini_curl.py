"""Gemini without an SDK: the key in the address, a stream as one JSON list, errors as a person reads them."""

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from audit.reading import show_record
from tests.gateways import Gateway, running
from tests.scripted import STREAM_HEAD, Script, Scripted, response, scripted

pytestmark = pytest.mark.integration

ADDRESS = "ann.lee@example.com"
TOKEN = re.compile(r"<EMAIL_ADDRESS_[a-z0-9]+>")
SECRET = "AKIAQYLPMN5HHHFPZAM2"
LONG = [f"word{number} " for number in range(60)]
MODELS = "/v1beta/models/gemini-2.5-flash"
STREAM = f"{MODELS}:streamGenerateContent"


@pytest.fixture(scope="module")
def upstream() -> Iterator[Scripted]:
    with scripted() as server:
        yield server


@pytest.fixture(scope="module")
def gateway(upstream: Scripted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = tmp_path_factory.mktemp("gemini-curl")
    google = {"name": "google", "api": "gemini", "base_url": upstream.base_url}
    with running(folder, upstream.base_url, upstreams=[google], limits={"idle_s": 2}) as started:
        yield started


@pytest.fixture
def curl(gateway: Gateway) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=gateway.base_url, timeout=20, trust_env=False) as client:
        yield client


def ask(words: str) -> dict[str, Any]:
    return {"contents": [{"parts": [{"text": words}]}]}


def events(*pieces: str, reason: str | None = "STOP") -> list[bytes]:
    told = []
    for number, piece in enumerate(pieces):
        candidate: dict[str, Any] = {"content": {"parts": [{"text": piece}], "role": "model"}, "index": 0}
        if reason and number == len(pieces) - 1:
            candidate["finishReason"] = reason
        told.append(f"data: {json.dumps({'candidates': [candidate], 'modelVersion': 'm'})}\r\n\r\n".encode())
    return told


def said(documents: list[dict[str, Any]]) -> str:
    parts = [
        part
        for document in documents
        for candidate in document.get("candidates", ())
        for part in candidate.get("content", {}).get("parts", ())
    ]
    return "".join(part["text"] for part in parts)


def test_a_key_in_the_address_opens_the_door_and_stays_there(
    gateway: Gateway, upstream: Scripted, curl: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx").setLevel(logging.WARNING)  # the client's own log has the address, as curl's would
    logging.getLogger("httpcore").setLevel(logging.WARNING)
    key = gateway.key()
    upstream.play(response({"candidates": [{"content": {"parts": [{"text": "Hi."}]}, "finishReason": "STOP"}]}))
    got = curl.post(f"{MODELS}:generateContent", params={"key": key}, json=ask("Hello"))
    assert (got.status_code, said([got.json()])) == (200, "Hi.")
    assert upstream.paths[-1] == f"{MODELS}:generateContent"
    assert key not in str((upstream.headers[-1], upstream.bodies[-1]))
    assert key not in caplog.text
    assert key not in str(show_record(gateway.settings.store.url, got.headers["x-airlock-receipt"]))
    store = Path(gateway.settings.store.url.removeprefix("sqlite:///"))
    assert not [file for file in store.parent.glob(f"{store.name}*") if key.encode() in file.read_bytes()]


BAD_KEYS = {"a wrong one": {"key": "ak_wrong"}, "none": {}, "one without a name": {"": "ak_wrong"}}


@pytest.mark.parametrize("params", BAD_KEYS.values(), ids=BAD_KEYS)
def test_without_a_good_key_nobody_comes_in(curl: httpx.Client, params: dict[str, str]) -> None:
    got = curl.post(f"{MODELS}:generateContent", params=params, json=ask("Hello"))
    assert got.status_code == 401
    assert got.json()["error"]["status"] == "UNAUTHENTICATED"
    assert "ak_wrong" not in got.text


def test_other_apis_take_no_key_from_the_address(gateway: Gateway, curl: httpx.Client) -> None:
    for name in ("key", ""):
        body = {"model": "m", "messages": [{"role": "user", "content": "Hello"}]}
        assert curl.post("/v1/chat/completions", params={name: gateway.key()}, json=body).status_code == 401


def test_a_stream_is_one_list_unless_the_client_asks_for_events(
    gateway: Gateway, upstream: Scripted, curl: httpx.Client
) -> None:
    def repeat(body: bytes) -> Script:
        token = TOKEN.search(body.decode())
        assert token
        return [STREAM_HEAD, *events("To ", token[0][:7], token[0][7:] + ", as ", "you asked.")]

    upstream.answer(repeat)
    got = curl.post(STREAM, params={"key": gateway.key()}, json=ask(f"Write to {ADDRESS}"))
    assert got.headers["content-type"] == "application/json"
    assert re.fullmatch(rb"\[\{.*\}(\n,\r\n\{.*\})*\n\]\n", got.content)
    assert said(got.json()) == f"To {ADDRESS}, as you asked."
    assert got.json()[-1]["candidates"][0]["finishReason"] == "STOP"
    assert upstream.paths[-1] == f"{STREAM}?alt=sse"


def test_a_stream_as_a_list_comes_piece_by_piece(gateway: Gateway, upstream: Scripted, curl: httpx.Client) -> None:
    first, last = events(*LONG)[:50], events(*LONG)[50:]
    upstream.play(STREAM_HEAD, *first, upstream.heard, *last)
    with curl.stream("POST", STREAM, params={"key": gateway.key()}, json=ask("Go on.")) as got:
        pieces = upstream.hears(got.iter_raw())
        begun = next(pieces)
        assert begun.startswith(b"[{")
        assert b"word59" not in begun
        assert said(json.loads(begun + b"".join(pieces))) == "".join(LONG)


ENDS: dict[str, tuple[list[bytes | float], dict[str, Any]]] = {
    "a fault": ([], {"code": 502, "status": "UNAVAILABLE"}),
    "an error of the provider": (
        [b'data: {"error": {"code": 503, "message": "Overloaded.", "status": "UNAVAILABLE"}}\r\n\r\n'],
        {"code": 503, "status": "UNAVAILABLE"},
    ),
}


def heard(gateway: Gateway, upstream: Scripted, curl: httpx.Client) -> list[dict[str, Any]]:
    """Read a list to its end, whose script waits until its beginning is heard."""
    with curl.stream("POST", STREAM, params={"key": gateway.key()}, json=ask("Go on.")) as got:
        return list(json.loads(b"".join(upstream.hears(got.iter_raw()))))


@pytest.mark.parametrize(("steps", "error"), ENDS.values(), ids=ENDS)
def test_a_list_that_ends_badly_says_so_in_its_last_element(
    gateway: Gateway, upstream: Scripted, curl: httpx.Client, steps: list[bytes | float], error: dict[str, Any]
) -> None:
    upstream.play(STREAM_HEAD, *events(*LONG, reason=None), upstream.heard, *steps)
    got = heard(gateway, upstream, curl)
    assert "".join(LONG).startswith(said(got[:-1]))
    assert list(got[-1]) == ["error"]
    assert {name: got[-1]["error"][name] for name in error} == error


def test_a_policy_stop_is_the_lists_last_element(gateway: Gateway, upstream: Scripted, curl: httpx.Client) -> None:
    upstream.play(STREAM_HEAD, *events(*LONG, reason=None), upstream.heard, *events(f"Use {SECRET} ", *LONG))
    got = heard(gateway, upstream, curl)
    last = got[-1]["candidates"][0]
    assert (last["finishReason"], last["index"]) == ("PROHIBITED_CONTENT", 0)
    assert last["finishMessage"]
    assert SECRET not in str(got)


def test_a_blocked_prompt_names_its_reason(gateway: Gateway, upstream: Scripted, curl: httpx.Client) -> None:
    before = len(upstream.bodies)
    got = curl.post(STREAM, params={"key": gateway.key(), "alt": "sse"}, json=ask(f"Is {SECRET} active?"))
    assert got.status_code == 403
    assert list(got.json()) == ["error"]
    error = got.json()["error"]
    assert (error["code"], error["status"]) == (403, "PERMISSION_DENIED")
    assert error["details"] == [
        {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "secret.detected", "domain": "airlock"}
    ]
    assert len(upstream.bodies) == before


REFUSED: dict[str, tuple[str, dict[str, Any], dict[str, str], str]] = {
    "another framing": (STREAM, ask("Hi"), {"alt": "proto"}, "alt"),
    "no contents": (STREAM, {}, {}, "contents"),
    "settings in both spellings": (
        STREAM, {**ask("Hi"), "generationConfig": {}, "generation_config": {}}, {}, "generationConfig",
    ),
    "another model in the body": (
        f"{MODELS}:embedContent", {"model": "models/x", "content": {"parts": []}}, {}, "model",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("path", "body", "query", "param"), REFUSED.values(), ids=REFUSED)
def test_what_can_not_be_understood_is_refused_in_the_apis_way(
    gateway: Gateway, curl: httpx.Client, path: str, body: dict[str, Any], query: dict[str, str], param: str
) -> None:
    got = curl.post(path, params={"key": gateway.key(), **query}, json=body)
    assert got.status_code == 400
    assert got.json()["error"]["status"] == "INVALID_ARGUMENT"
    assert got.json()["error"]["details"][0]["metadata"] == {"param": param}


def test_an_unknown_method_is_blocked_in_the_apis_way(gateway: Gateway, curl: httpx.Client) -> None:
    got = curl.post(f"{MODELS}:predictLongRunning", params={"key": gateway.key()}, json={})
    assert (got.status_code, got.json()["error"]["status"]) == (403, "PERMISSION_DENIED")
    got = curl.put(f"{MODELS}:generateContent", params={"key": gateway.key()}, json={})
    assert (got.status_code, got.json()["error"]["status"]) == (403, "PERMISSION_DENIED")
