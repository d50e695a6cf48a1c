"""Dead, slow, lying upstreams: a clear error in the caller's dialect, never a traceback, never a false success."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import openai
import orjson
import pytest

from audit.reading import Filter, Listed, list_records, show_record
from tests.gateways import Gateway, running
from tests.pace import within
from tests.scripted import (
    DONE,
    PATIENCE_S,
    STREAM_HEAD,
    Script,
    Scripted,
    Step,
    event,
    reply,
    response,
    scripted,
    slowly,
)

pytestmark = pytest.mark.integration

SECRET = "AKIAQYLPMN5HHHFPZAM2"
LIMITS = {"connect_s": 1, "first_byte_s": 0.5, "idle_s": 0.5, "reply_bytes": 100_000, "body_bytes": 50_000}


@pytest.fixture(scope="module")
def upstream() -> Iterator[Scripted]:
    with scripted() as started:
        yield started


@pytest.fixture(scope="module")
def gateway(upstream: Scripted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with running(tmp_path_factory.mktemp("faults"), upstream.base_url, limits=LIMITS) as started:
        yield started


@pytest.fixture(scope="module")
def client(gateway: Gateway) -> Iterator[httpx.Client]:
    with gateway.http() as http:
        yield http


def post(client: httpx.Client, stream: bool = False) -> httpx.Response:
    body = {"model": "m", "stream": stream, "messages": [{"role": "user", "content": "I am ann.lee@example.com"}]}
    return client.post("/v1/chat/completions", json=body)


WHOLE: dict[str, tuple[tuple[Step, ...], int, str]] = {
    "it closes without a word": ((), 502, "upstream.unreachable"),
    "it says nothing": ((2.0,), 504, "upstream.timeout"),
    "it is not HTTP": ((b"SSH-2.0-OpenSSH_9.2\r\n\r\n",), 502, "upstream.invalid"),
    "it stops in the middle": ((response(reply("hello"))[:-20],), 502, "upstream.invalid"),
    "it stalls in the middle": ((response(reply("hello"))[:-20], 2.0), 504, "upstream.timeout"),
    "it is a web page": ((response(b"<html>busy</html>", kind="text/html"),), 502, "upstream.invalid"),
    "it is JSON of another kind": ((response({"choices": {}}),), 502, "upstream.invalid"),
    "it is an empty body": ((response(b""),), 502, "upstream.invalid"),
    "it says a key twice": ((response(b'{"choices":[],"choices":[]}'),), 502, "upstream.invalid"),
    "it announces too much": ((response(reply("x" * 200_000)),), 502, "upstream.too_large"),
    "it sends too much": (
        (b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n" + b"x" * 200_000,),
        502,
        "upstream.too_large",
    ),
    "its status is none": ((response(reply("hi"), "700 Strange"),), 502, "upstream.refused"),
    "it redirects": ((response(b"", "302 Found", location="http://127.0.0.1:1/"),), 502, "upstream.refused"),
    "it does not take our key": (
        (response({"error": {"message": "Incorrect API key provided: sk-live"}}, "401 Unauthorized"),),
        502,
        "upstream.refused",
    ),
    "it fails with a page": ((response(b"oops", "500 Internal Server Error", "text/plain"),), 502, "upstream.invalid"),
    "it leaks a secret": ((response(reply(f"Use {SECRET}")),), 403, "secret.detected"),
}


@pytest.mark.parametrize(("script", "status", "code"), WHOLE.values(), ids=WHOLE)
def test_a_fault_of_a_whole_reply_is_told(
    client: httpx.Client, upstream: Scripted, script: tuple[Step, ...], status: int, code: str
) -> None:
    upstream.play(*script)
    told = post(client)
    assert (told.status_code, told.json()["error"]["code"]) == (status, code)
    assert set(told.json()["error"]) == {"message", "type", "param", "code"}
    assert told.headers["x-airlock-receipt"]
    assert not [word for word in ("Traceback", "ann.lee", "sk-live", SECRET) if word in told.text]


def test_an_upstream_that_is_not_there_is_told(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    with running(tmp_path, address) as gateway, gateway.http() as client:
        told = post(client)
    assert (told.status_code, told.json()["error"]["code"]) == (502, "upstream.unreachable")
    assert told.headers["x-airlock-decision"] == "allow"


def test_a_providers_own_error_passes_with_its_advice_and_its_tokens_restored(
    client: httpx.Client, upstream: Scripted
) -> None:
    upstream.play(response(reply("hello")))
    post(client)
    token = orjson.loads(upstream.bodies[-1])["messages"][0]["content"].split()[-1]
    error = {"error": {"message": f"Too many requests from {token}", "type": "tokens", "code": "rate_limit_exceeded"}}
    upstream.play(
        response(error, "429 Too Many Requests", retry_after="7", x_ratelimit_limit_requests="60", set_cookie="a=b")
    )
    told = post(client)
    assert told.status_code == 429
    assert told.json()["error"]["message"] == "Too many requests from ann.lee@example.com"
    assert (told.headers["retry-after"], told.headers["x-ratelimit-limit-requests"]) == ("7", "60")
    assert "set-cookie" not in told.headers


def test_the_clients_key_is_never_forwarded(client: httpx.Client, upstream: Scripted) -> None:
    upstream.play(response(reply("hello")))
    client.post(
        "/v1/chat/completions",
        json={"model": "m", "messages": [{"role": "user", "content": "hi"}]},
        headers={
            "x-api-key": "ak_second",
            "cookie": "session=1",
            "x-forwarded-for": "10.0.0.1",
            "openai-beta": "assistants=v2",
        },
    )
    sent = upstream.headers[-1]
    assert not [name for name in ("authorization", "x-api-key", "cookie", "x-forwarded-for") if name in sent]
    assert sent["openai-beta"] == "assistants=v2"
    assert sent["accept-encoding"] == "identity"


ROLE = event({"role": "assistant", "content": ""})
WORDS = [event({"content": f"word {i} "}) for i in range(60)]
END = event({}, "stop")
STREAMS: dict[str, tuple[tuple[Step, ...], str]] = {
    "it is cut off between events": ((STREAM_HEAD, ROLE, *WORDS, 0.2), "upstream.cut_off"),
    "it is cut off inside an event": ((STREAM_HEAD, ROLE, *WORDS, 0.2, END[:20]), "upstream.cut_off"),
    "it stalls": ((STREAM_HEAD, ROLE, *WORDS, 0.2, 2.0), "upstream.timeout"),
    "it sends garbage": ((STREAM_HEAD, ROLE, *WORDS, 0.2, b"data: {not json\n\n"), "upstream.invalid"),
    "it fails in the middle": (
        (STREAM_HEAD, ROLE, *WORDS, 0.2, b'data: {"error":{"message":"overloaded","type":"server_error"}}\n\n', DONE),
        "",
    ),
}


@pytest.mark.parametrize(("script", "code"), STREAMS.values(), ids=STREAMS)
def test_a_fault_in_a_stream_is_told_after_what_came_before_it(
    gateway: Gateway, upstream: Scripted, script: tuple[Step, ...], code: str
) -> None:
    upstream.play(*script)
    got: list[str] = []
    messages = [{"role": "user", "content": "go"}]
    stream = gateway.sdk().chat.completions.create(model="m", messages=messages, stream=True)
    with pytest.raises(openai.APIError) as caught:
        got.extend(chunk.choices[0].delta.content or "" for chunk in stream)
    assert "".join(got).startswith("word 0 word 1 ")
    assert not code or caught.value.body["code"] in {code, "upstream.invalid"}


FIRST: dict[str, tuple[tuple[Step, ...], int, str]] = {
    "nothing follows the headers": ((STREAM_HEAD, 2.0), 504, "upstream.timeout"),
    "it ends before it began": ((STREAM_HEAD,), 502, "upstream.cut_off"),
    "it is no stream": ((response(reply("hello")),), 502, "upstream.invalid"),
    "its first window leaks a secret": (
        (STREAM_HEAD, ROLE, event({"content": f"Use {SECRET} for it."}), END, DONE),
        403,
        "secret.detected",
    ),
}


@pytest.mark.parametrize(("script", "status", "code"), FIRST.values(), ids=FIRST)
def test_a_fault_before_the_first_byte_is_an_http_error(
    client: httpx.Client, upstream: Scripted, script: tuple[Step, ...], status: int, code: str
) -> None:
    upstream.play(*script)
    told = post(client, stream=True)
    assert (told.status_code, told.json()["error"]["code"]) == (status, code)
    assert SECRET not in told.text


def test_a_secret_late_in_a_stream_ends_it_as_a_content_filter(gateway: Gateway, upstream: Scripted) -> None:
    pieces = [event({"content": piece}) for piece in ("Use ", "AKIAQYLP", "MN5HHHFPZAM2", " for it. ")]
    upstream.play(STREAM_HEAD, ROLE, *WORDS, upstream.heard, *pieces, *WORDS, END, DONE)
    ask = gateway.sdk().chat.completions.create
    chunks = list(upstream.hears(ask(model="m", messages=[{"role": "user", "content": "go"}], stream=True), 10))
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    assert text.startswith("word 0 word 1 ")
    assert "AKIA" not in text
    assert chunks[-1].choices[0].finish_reason == "content_filter"


def test_a_client_that_leaves_ends_the_upstream_call_and_the_record(gateway: Gateway, upstream: Scripted) -> None:
    upstream.play(STREAM_HEAD, ROLE, *WORDS, *slowly(b"".join(WORDS)))
    body = {"model": "m", "stream": True, "messages": [{"role": "user", "content": "go"}]}
    with gateway.http() as client, client.stream("POST", "/v1/chat/completions", json=body) as told:
        next(told.iter_bytes())
        receipt = told.headers["x-airlock-receipt"]
    assert upstream.hung_up.wait(PATIENCE_S)
    assert closed_record(gateway, receipt).body["error"] == "cancelled"


def test_a_client_that_leaves_before_the_first_byte_ends_the_upstream_call(
    gateway: Gateway, upstream: Scripted
) -> None:
    asked = threading.Event()

    def hesitate(_: bytes) -> Script:
        asked.set()
        yield from slowly(b"HTTP/1.1 200 OK\r\nx-slow: " + b"a" * 1_000)

    upstream.answer(hesitate)
    gateway.leave("/v1/chat/completions", b'{"model":"m","messages":[{"role":"user","content":"go"}]}', asked)
    assert upstream.hung_up.wait(PATIENCE_S)


def test_clients_that_leave_at_once_leave_no_call_without_its_end(gateway: Gateway, upstream: Scripted) -> None:
    upstream.play(0.05, response(reply("hello")))
    body = b'{"model":"m","messages":[{"role":"user","content":"go"}]}'
    head = f"POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {gateway.key()}\r\n"
    raw = f"{head}content-length: {len(body)}\r\n\r\n".encode() + body
    address = ("127.0.0.1", int(gateway.base_url.rpartition(":")[2]))
    for number in range(40):
        with socket.create_connection(address) as connection:
            connection.sendall(raw)
            time.sleep(number % 8 / 2000)
    url = gateway.settings.store.url
    deadline = time.monotonic() + 10
    while unmatched := opened_without_end(url):
        assert time.monotonic() < deadline, unmatched
        time.sleep(0.05)


def opened_without_end(url: str) -> set[str]:
    opened = {record.id for record in list_records(url, Filter(type="request.opened"), limit=1000)}
    closed = {record.opened_ref for record in list_records(url, Filter(type="request.closed"), limit=1000)}
    return {name for name in opened if name not in closed}


def closed_record(gateway: Gateway, receipt: str) -> Listed:
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        for record in show_record(gateway.settings.store.url, receipt):
            if record.opened_ref == receipt:
                return record
        time.sleep(0.05)
    raise AssertionError("the call was never closed")


def test_a_provider_that_keeps_the_line_open_after_the_end_is_not_waited_for(
    gateway: Gateway, upstream: Scripted
) -> None:
    upstream.play(STREAM_HEAD, ROLE, *WORDS, END, DONE, threading.Event())
    began = time.monotonic()
    with gateway.http() as client:
        body = {"model": "m", "stream": True, "messages": [{"role": "user", "content": "go"}]}
        told = client.post("/v1/chat/completions", json=body)
    assert told.text.endswith("data: [DONE]\n\n")
    assert "word 59 " in told.text
    assert time.monotonic() - began < within(PATIENCE_S / 2)
    assert "error" not in closed_record(gateway, told.headers["x-airlock-receipt"]).body


def test_a_long_stream_arrives_whole_however_it_is_cut(gateway: Gateway, upstream: Scripted) -> None:
    words = [f"word{i} " for i in range(3_000)]
    transcript = b"".join([ROLE, *(event({"content": word}) for word in words), END, DONE])
    upstream.play(STREAM_HEAD, *[transcript[at : at + 777] for at in range(0, len(transcript), 777)])
    stream = gateway.sdk().chat.completions.create(model="m", messages=[{"role": "user", "content": "go"}], stream=True)
    assert "".join(chunk.choices[0].delta.content or "" for chunk in stream) == "".join(words)


def test_a_reply_that_counts_beyond_reason_is_recorded_all_the_same(gateway: Gateway, upstream: Scripted) -> None:
    usage = {"prompt_tokens": 2**60, "completion_tokens": 1, "total_tokens": 1}
    upstream.play(response({**reply("hello"), "usage": usage}))
    with gateway.http() as client:
        receipt = post(client).headers["x-airlock-receipt"]
    assert closed_record(gateway, receipt).body["usage"] == {"input": 2**53 - 1, "output": 1}


def test_a_stream_blocked_at_its_start_has_its_decision_on_record(gateway: Gateway, upstream: Scripted) -> None:
    upstream.play(STREAM_HEAD, ROLE, event({"content": f"Use {SECRET} for it."}), END, DONE)
    with gateway.http() as client:
        receipt = post(client, stream=True).headers["x-airlock-receipt"]
    body = closed_record(gateway, receipt).body
    assert body["policy"]["answer"]["action"] == "block"
    assert body["reply"]


def test_models_are_told_by_what_the_api_knows_of_them_only(gateway: Gateway, upstream: Scripted) -> None:
    listed = [{"id": "m", "created": 1, "owned_by": "x", "note": SECRET}, {"id": "ann.lee@example.com x"}]
    upstream.play(response({"object": "list", "data": listed}))
    with gateway.http() as client:
        told = client.get("/v1/models").json()["data"]
    assert told == [{"id": "m", "object": "model", "created": 1, "owned_by": "x"}]
