"""Quotas as apps meet them: what the SDK raises, what the headers say, what is given back and what the record says."""

import json
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import httpx
import openai
import pytest

from audit.reading import Filter, Listed, list_records
from gateway.demo.canned import CannedModel
from tests.gateways import Gateway, running
from tests.scripted import DONE, STREAM_HEAD, Script, Scripted, event, reply, response, scripted

pytestmark = pytest.mark.integration

T = TypeVar("T")
HELLO = {"model": "m", "messages": [{"role": "user", "content": "hello"}], "max_tokens": 100}
SECRET = {"model": "m", "messages": [{"role": "user", "content": "AKIAQYLPMN5HHHFPZAM2"}], "max_tokens": 100}
USAGE = {"prompt_tokens": 30, "completion_tokens": 20, "total_tokens": 50}
ANSWER = response(reply("hi") | {"usage": USAGE, "model": "gpt-4o-mini"})
TOLD = b'data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"usage":%s}\n\n' % (
    b'{"prompt_tokens":30,"completion_tokens":20,"total_tokens":50}'
)
STREAM = (STREAM_HEAD, event({"role": "assistant", "content": "hi"}), event({}, "stop"), TOLD, DONE)


@pytest.fixture
def upstream() -> Iterator[Scripted]:
    with scripted() as started:
        started.play(ANSWER)
        yield started


def quota(**limits: Any) -> list[dict[str, Any]]:
    return [{"name": "team", "per": "tenant", **limits}]


def openai_upstream(upstream: Scripted) -> list[dict[str, str]]:
    return [{"name": "canned", "base_url": f"{upstream.base_url}/v1", "provider": "openai"}]


def post(client: httpx.Client, body: dict[str, Any] = HELLO, **more: Any) -> httpx.Response:
    return client.post("/v1/chat/completions", json={**body, **more})


def eventually(look: Callable[[], T | None]) -> T:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.02)
    raise AssertionError("it never came")


def closed(gateway: Gateway, count: int = 1) -> list[Listed]:
    """Give the closed records, once there are so many."""
    kind = Filter(type="request.closed")
    records = eventually(lambda: len(found := list_records(gateway.settings.store.url, kind)) >= count and found)
    return sorted(records, key=lambda record: record.id)


def left(told: httpx.Response, of: str = "tokens") -> int:
    return int(told.headers[f"x-ratelimit-remaining-{of}"])


def test_the_sdk_raises_and_knows_when_to_try_again(upstream: Scripted, tmp_path: Path) -> None:
    with running(tmp_path, upstream.base_url, quotas=quota(requests_per_minute=2)) as gateway:
        sdk = gateway.sdk().with_options(max_retries=0)
        for _ in range(2):
            sdk.chat.completions.create(**HELLO)
        with pytest.raises(openai.RateLimitError) as caught:
            sdk.chat.completions.create(**HELLO)
    error, headers = caught.value, caught.value.response.headers
    assert (error.code, error.type) == ("limit.requests", "rate_limit_error")
    assert f"The quota `team` allows 2 requests a minute; try again in {headers['retry-after']} s." in error.message
    assert 55 <= int(headers["retry-after"]) <= 61
    assert abs(int(headers["retry-after-ms"]) / 1000 - int(headers["retry-after"])) <= 1
    assert (headers["x-airlock-decision"], headers["x-airlock-reason"]) == ("block", "limit.requests")
    assert headers["x-ratelimit-remaining-requests"] == "0"
    assert len(upstream.bodies) == 2


def test_the_sdk_waits_by_itself_for_a_place(upstream: Scripted, tmp_path: Path) -> None:
    upstream.play(upstream.heard, ANSWER)
    with running(tmp_path, upstream.base_url, quotas=quota(concurrent=1)) as gateway:
        sdk, other = gateway.sdk(), gateway.sdk()
        first = threading.Thread(target=lambda: sdk.chat.completions.create(**HELLO))
        first.start()
        eventually(lambda: len(upstream.bodies) == 1)
        with pytest.raises(openai.RateLimitError, match="1 call at once"):
            other.with_options(max_retries=0).chat.completions.create(**HELLO)
        statuses = []
        other._client.event_hooks["response"] += [
            lambda got: statuses.append(got.status_code),
            lambda _: upstream.heard.set(),
        ]
        began = time.monotonic()
        assert other.chat.completions.create(**HELLO).choices[0].message.content == "hi"
        assert (statuses, time.monotonic() - began >= 0.9) == ([429, 200], True)  # a second, as it was told
        first.join()


REFUSED = {  # limits, what the call asks for: code, whether an SDK may wait, whether there is a time to wait for
    "the day's cost": ({"usd_per_day": 0.00002}, {}, "limit.cost", "false", False),
    "the day's tokens": ({"tokens_per_day": 100}, {}, "limit.tokens", "false", False),
    "more tokens than a minute has": ({"tokens_per_minute": 100}, {}, "limit.tokens", "false", False),
    "an answer that is not limited": (
        {"tokens_per_minute": 1000},
        {"max_tokens": None},
        "limit.tokens",
        "false",
        False,
    ),
}


@pytest.mark.parametrize(("limits", "more", "code", "retry", "waits"), REFUSED.values(), ids=REFUSED)
def test_a_call_that_alone_is_too_large(
    upstream: Scripted, tmp_path: Path, limits: dict, more: dict, code: str, retry: str, waits: bool
) -> None:
    model = {"model": "gpt-4o-mini"}
    sections = {"quotas": quota(**limits), "upstreams": openai_upstream(upstream)}
    with running(tmp_path, upstream.base_url, **sections) as gateway, gateway.http() as client:
        told = post(client, **model, **more)
    assert (told.status_code, told.json()["error"]["code"]) == (429, code)
    assert told.headers["x-should-retry"] == retry
    assert ("retry-after" in told.headers) is waits
    assert not upstream.bodies


def test_the_days_cost_is_what_was_used_at_its_price(upstream: Scripted, tmp_path: Path) -> None:
    # 30 tokens at 0.15 and 20 at 0.60 USD a million are 16.5 millionths of a dollar; 100 are reserved at 60.15 + ...
    sections = {"quotas": quota(usd_per_day=0.000115), "upstreams": openai_upstream(upstream)}
    with running(tmp_path, upstream.base_url, **sections) as gateway, gateway.http() as client:
        told = [post(client, model="gpt-4o-mini") for _ in range(5)]
        records = closed(gateway, 4)
    assert [answer.status_code for answer in told] == [200, 200, 200, 200, 429]
    refused = told[-1]
    assert (refused.json()["error"]["code"], refused.headers["x-should-retry"]) == ("limit.cost", "false")
    assert "The quota `team` allows 0.000115 USD a day" in refused.text
    assert 0 < int(refused.headers["retry-after"]) <= 86_400
    assert [record.body["cost_microusd"] for record in records] == [17] * 4
    assert records[0].body["price"].startswith("genai-prices ")


ENDS = {  # the script, more of the request, tokens that count afterwards, whether that is an estimate
    "plain": ((ANSWER,), {}, 50, False),
    "streamed": (STREAM, {"stream": True}, 50, False),
    "plain, usage not told": ((response(reply("x" * 400)),), {}, 102, True),
    "streamed, usage not told": (
        (STREAM_HEAD, event({"content": "x" * 400}), event({}, "stop"), DONE),
        {"stream": True},
        102,
        True,
    ),
    "a stream that is cut off": ((STREAM_HEAD, event({"content": "y " * 200})), {"stream": True}, 102, True),
    "an upstream's error": ((response({"error": {"message": "no"}}, "429 Too Many Requests"),), {}, 0, None),
    "a fault of the upstream's": ((b"nonsense\r\n\r\n",), {}, 2, True),
    "an upstream that hangs up": ((), {}, 0, None),
    "an upstream that refuses the gateway": ((response({}, "401 Unauthorized"),), {}, 0, None),
    "a blocked prompt": ((ANSWER,), SECRET, 0, None),
    "a blocked reply": ((response(reply("AKIAQYLPMN5HHHFPZAM2") | {"usage": USAGE}),), {}, 50, False),
}


@pytest.mark.parametrize(("script", "more", "tokens", "estimated"), ENDS.values(), ids=ENDS)
def test_however_a_call_ends_what_it_used_is_settled(
    upstream: Scripted, tmp_path: Path, script: tuple, more: dict, tokens: int, estimated: bool | None
) -> None:
    quotas = quota(tokens_per_minute=10_000, requests_per_minute=10, concurrent=1)
    with running(tmp_path, upstream.base_url, quotas=quotas) as gateway, gateway.http() as client:
        upstream.play(*script)
        post(client, **more)
        (record,) = closed(gateway)
        upstream.play(ANSWER)
        after = post(client, max_tokens=1_000)
    assert left(after) == 10_000 - tokens - 1_002
    assert left(after, "requests") == 8
    used = record.body.get("usage", {"input": 0, "output": 0})
    assert (used["input"] + used["output"], record.body.get("usage_estimated", False if used["input"] else None)) == (
        tokens,
        estimated,
    )


def test_a_client_that_leaves_in_the_middle_frees_its_place_and_pays_for_what_came(
    upstream: Scripted, tmp_path: Path
) -> None:
    upstream.play(STREAM_HEAD, event({"content": "word " * 100}), 0.3, event({"content": "word " * 100}), 20.0)
    quotas = quota(tokens_per_minute=10_000, concurrent=1)
    with running(tmp_path, upstream.base_url, quotas=quotas) as gateway, gateway.http() as client:
        with client.stream("POST", "/v1/chat/completions", json=HELLO | {"stream": True}) as streamed:
            pieces = streamed.iter_bytes()  # kept: the connection closes with it
            next(pieces)
            assert post(client).status_code == 429
        (record,) = closed(gateway)
        upstream.play(ANSWER)
        after = post(client)
    assert (record.body["error"], record.body["usage_estimated"]) == ("cancelled", True)
    assert 125 <= record.body["usage"]["output"] <= 250
    assert left(after) == 10_000 - sum(record.body["usage"].values()) - 102


def test_a_client_that_leaves_before_the_answer_pays_for_its_question(upstream: Scripted, tmp_path: Path) -> None:
    asked = threading.Event()

    def hesitate(_: bytes) -> Script:
        asked.set()
        yield 20.0

    upstream.answer(hesitate)
    quotas = quota(tokens_per_minute=10_000, concurrent=1)
    with running(tmp_path, upstream.base_url, quotas=quotas) as gateway, gateway.http() as client:
        gateway.leave("/v1/chat/completions", json.dumps(HELLO).encode(), asked)
        (record,) = closed(gateway)
        upstream.play(ANSWER)
        assert left(post(client)) == 10_000 - 2 - 102
    assert (record.body["usage"], record.body["usage_estimated"]) == ({"input": 2, "output": 0}, True)


def test_the_headers_are_of_our_quota_and_not_mixed_with_the_upstreams(upstream: Scripted, tmp_path: Path) -> None:
    upstream.play(response(reply("hi"), x_ratelimit_remaining_requests="7", x_ratelimit_limit_tokens="9"))
    with (
        running(tmp_path, upstream.base_url, quotas=quota(requests_per_minute=60)) as gateway,
        gateway.http() as client,
    ):
        ours = post(client).headers
    with running(tmp_path / "none", upstream.base_url) as gateway, gateway.http() as client:
        theirs = post(client).headers
    assert {name: value for name, value in ours.items() if "ratelimit" in name} == {
        "x-ratelimit-limit-requests": "60",
        "x-ratelimit-remaining-requests": "59",
        "x-ratelimit-reset-requests": ours["x-ratelimit-reset-requests"],
    }
    assert ours["x-ratelimit-reset-requests"] in {"1m0s", "1m1s"}
    assert (theirs["x-ratelimit-remaining-requests"], theirs["x-ratelimit-limit-tokens"]) == ("7", "9")


UNKNOWN = {
    "block": ("block", 503, "limits.cost_unknown"),
    "allow": ("allow", 200, None),
    "a price": (1000, 429, "limit.cost"),
}


@pytest.mark.parametrize(("setting", "status", "code"), UNKNOWN.values(), ids=UNKNOWN)
def test_a_price_that_nobody_knows(
    upstream: Scripted, tmp_path: Path, setting: str | int, status: int, code: str | None
) -> None:
    upstream.play(response(reply("hi") | {"usage": USAGE}))
    quotas = quota(usd_per_day=1, unknown_cost=setting)
    with running(tmp_path, upstream.base_url, quotas=quotas) as gateway, gateway.http() as client:
        told = post(client)
        if status == 200:
            (record,) = closed(gateway)
            assert (record.body["cost"], "cost_microusd" in record.body) == ("unknown", False)
    assert (told.status_code, told.json().get("error", {}).get("code")) == (status, code)


def test_an_own_price_counts(upstream: Scripted, tmp_path: Path) -> None:
    prices = [{"models": ["m*"], "input": 100, "output": 1000}]
    with running(tmp_path, upstream.base_url, prices=prices) as gateway, gateway.http() as client:
        post(client)
        (record,) = closed(gateway)
    assert (record.body["cost_microusd"], record.body["price"]) == (23_000, "configuration")


def test_refused_calls_are_counted_and_have_no_record_each(upstream: Scripted, tmp_path: Path) -> None:
    with running(tmp_path, upstream.base_url, quotas=quota(requests_per_minute=1)) as gateway:
        with gateway.http() as client:
            statuses = [post(client).status_code for _ in range(6)]
        url = gateway.settings.store.url
    assert statuses == [200] + [429] * 5
    (counted,) = list_records(url, Filter(type="limit.refused"))
    assert (counted.body["calls"], counted.body["reason"], counted.body["decision"]) == (5, "limit.requests", "block")
    assert len(list_records(url, Filter(type="request.opened"))) == 1


def test_a_quota_is_for_whom_it_matches(canned: CannedModel, tmp_path: Path) -> None:
    quotas = [
        {"name": "chat", "match": {"use_case": "chat-*"}, "per": "use_case", "requests_per_minute": 1},
        {"name": "all", "per": "key", "requests_per_minute": 2},
    ]
    with running(tmp_path, canned.base_url, quotas=quotas) as gateway:
        tried = {}
        for use_case in ("chat-a", "chat-a", "chat-b", "other"):
            with gateway.http(gateway.key(use_case)) as client:
                tried.setdefault(use_case, []).extend(post(client).headers["x-airlock-reason"] for _ in range(3))
    refused = {name: [reason == "limit.requests" for reason in reasons] for name, reasons in tried.items()}
    assert refused == {
        "chat-a": [False, True, True, True, True, True],
        "chat-b": [False, True, True],
        "other": [False, False, True],
    }


def prefix() -> str:
    return f"test-{uuid.uuid4().hex}"
