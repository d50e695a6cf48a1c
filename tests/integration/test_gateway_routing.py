"""Where a call goes when a provider fails: seen by the providers, by the app and in the record."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from audit.checkpoint import load_verifier
from audit.reading import Filter, list_records
from audit.source import open_source
from audit.verify import verify
from tests.opa_server import opa_server
from tests.parts import require_opa
from tests.routes import MODELS, Routes, policy_data, three_upstreams, turns
from tests.scripted import DONE, STREAM_HEAD, event, reply, response

pytestmark = pytest.mark.integration

OK = (response(reply("hello")),)
FAULT = (response({"error": {"message": "oops", "type": "server_error"}}, "500 Internal Server Error"),)
BUSY = (response({"error": {"message": "slow down", "type": "tokens"}}, "429 Too Many Requests", retry_after="0"),)
LONG = (response({"error": {"message": "slow down", "type": "tokens"}}, "429 Too Many Requests", retry_after="60"),)
BAD = (response({"error": {"message": "no such thing", "type": "invalid_request_error"}}, "400 Bad Request"),)
SLOW = (1.5, *OK)
SILENT = ()


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Routes]:
    with three_upstreams(tmp_path_factory.mktemp("routes"), us={"timeouts": {"first_byte_s": 0.4}}) as routes:
        yield routes


@pytest.fixture
def routes(started: Routes) -> Routes:
    started.forget()
    for upstream in (started.us, started.eu, started.own):
        upstream.play(*OK)
    return started


def ask(routes: Routes, model: str, use_case: str = "default", text: str = "hi", **more: Any) -> httpx.Response:
    body = {"model": model, "messages": [{"role": "user", "content": text}], **more}
    with routes.gateway.http(routes.gateway.key(use_case)) as client:
        return client.post("/v1/chat/completions", json=body)


def notes(routes: Routes) -> dict[str, str]:
    ready = httpx.get(f"{routes.gateway.base_url}/health/ready", trust_env=False)
    assert ready.status_code == 200
    found: dict[str, str] = ready.json()["notes"]
    return found


FAULTS = {
    "all is well": (OK, OK, (1, 0, 0), 200, "us"),
    "busy once": ((BUSY, OK), OK, (2, 0, 0), 200, "us"),
    "busy for a minute": ((LONG,), OK, (1, 1, 0), 200, "eu"),
    "a fault twice": ((FAULT,), OK, (2, 1, 0), 200, "eu"),
    "closed without a word": ((SILENT,), OK, (2, 1, 0), 200, "eu"),
    "no answer in time": ((SLOW,), OK, (1, 1, 0), 200, "eu"),
    "two that fail": ((FAULT,), FAULT, (2, 2, 1), 200, "own"),
    "a request that is bad": ((BAD,), OK, (1, 0, 0), 400, "us"),
}


@pytest.mark.parametrize(("us", "eu", "asked", "status", "served"), FAULTS.values(), ids=FAULTS)
def test_a_fault_before_the_first_byte_leads_on(
    routes: Routes, us: Any, eu: Any, asked: tuple[int, int, int], status: int, served: str
) -> None:
    turns(routes.us, *(us if isinstance(us[0], tuple) else (us,)))
    routes.eu.play(*eu)
    told = ask(routes, "fast")
    assert (told.status_code, told.headers["x-airlock-upstream"], routes.asked) == (status, served, asked)
    closed = routes.records(told.headers["x-airlock-receipt"])[-1].body
    assert (closed["upstream"], closed["attempts"]) == (served, sum(asked))


def test_each_provider_gets_its_own_name_of_the_model_and_the_app_the_providers(routes: Routes) -> None:
    routes.us.play(*FAULT)
    told = ask(routes, "fast")
    assert orjson.loads(routes.us.bodies[0])["model"] == "gpt-us"
    assert orjson.loads(routes.eu.bodies[0])["model"] == "gpt-eu"
    assert told.json()["model"] == "m"


def test_going_on_is_on_record_before_it_is_done_and_can_be_decided_again(routes: Routes) -> None:
    url = routes.gateway.settings.store.url
    seen: list[list[str]] = []

    def looking(_: bytes) -> tuple[bytes]:
        seen.append([record.opened_ref or "" for record in list_records(url, Filter(type="request.rerouted"))])
        return OK

    routes.us.play(*FAULT)
    routes.eu.answer(looking)
    receipt = ask(routes, "fast", text="I am ann.lee@example.com").headers["x-airlock-receipt"]
    assert receipt in seen[0]
    opened, rerouted, closed = routes.records(receipt)
    assert (rerouted.type, rerouted.opened_ref) == ("request.rerouted", receipt)
    assert rerouted.body["model"] == {"requested": "fast", "routed": "gpt-eu", "provider": "azure"}
    assert (rerouted.body["upstream"], rerouted.body["cause"], rerouted.body["attempts"]) == ("eu", "status.500", 2)
    assert rerouted.body["pseudonyms"] == {"EMAIL_ADDRESS": 1}
    inputs = [orjson.loads(record.body["policy"]["input"])["upstream"] for record in (opened, rerouted, closed)]
    assert [facts["region"] for facts in inputs] == ["us", "eu", "eu"]
    assert [facts["model"] for facts in inputs] == ["gpt-us", "gpt-eu", "gpt-eu"]


def test_a_reply_of_the_second_provider_is_restored(routes: Routes) -> None:
    routes.us.play(*FAULT)
    routes.eu.answer(
        lambda body: (response(reply("Hello " + orjson.loads(body)["messages"][0]["content"].split()[-1])),)
    )
    told = ask(routes, "fast", text="I am ann.lee@example.com")
    assert told.json()["choices"][0]["message"]["content"] == "Hello ann.lee@example.com"
    assert b"ann.lee" not in routes.us.bodies[0] + routes.eu.bodies[0]


class TestPolicy:
    def test_passes_over_a_region_that_a_use_case_may_not_use(self, routes: Routes) -> None:
        told = ask(routes, "fast", "european")
        assert (told.status_code, told.headers["x-airlock-upstream"], routes.asked) == (200, "eu", (0, 1, 0))
        assert told.headers["x-airlock-decision"] == "allow"
        opened, passed, closed = routes.records(told.headers["x-airlock-receipt"])
        assert (opened.body["upstream"], closed.body["upstream"]) == ("eu", "eu")
        assert (passed.type, passed.body["upstream"]) == ("request.passed_over", "us")
        assert (passed.body["decision"], passed.body["reason"]) == ("block", "region.not_allowed")
        assert json.loads(passed.body["policy"]["input"])["upstream"]["region"] == "us"

    def test_lets_no_fallback_out_of_a_region(self, routes: Routes) -> None:
        routes.eu.play(*FAULT)
        told = ask(routes, "european", "european")
        assert (told.status_code, told.json()["error"]["message"], routes.asked) == (500, "oops", (0, 2, 0))
        kinds = [record.type for record in routes.records(told.headers["x-airlock-receipt"])]
        assert kinds == ["request.opened", "request.passed_over", "request.closed"]

    def test_tells_the_first_refusal_when_nobody_may_serve(self, routes: Routes) -> None:
        told = ask(routes, "american", "european")
        assert (told.status_code, told.json()["error"]["code"]) == (403, "region.not_allowed")
        assert routes.asked == (0, 0, 0)
        opened, closed = routes.records(told.headers["x-airlock-receipt"])
        assert (opened.body["decision"], closed.body["error"]) == ("block", "region.not_allowed")

    def test_keeps_personal_data_on_the_operators_own_hosts(self, routes: Routes) -> None:
        assert ask(routes, "fast", "careful").headers["x-airlock-upstream"] == "us"
        told = ask(routes, "fast", "careful", text="I am ann.lee@example.com")
        assert (told.status_code, told.headers["x-airlock-upstream"], routes.asked) == (200, "own", (1, 0, 1))

    def test_lets_no_alias_lead_to_a_model_that_is_not_listed(self, routes: Routes) -> None:
        routes.us.play(*FAULT)
        routes.eu.play(*FAULT)
        told = ask(routes, "fast", "named")
        assert (told.status_code, routes.asked) == (500, (2, 2, 0))


def test_the_policy_server_decides_on_every_candidate_alike(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle.tar.gz"
    (tmp_path / "data.json").write_text(json.dumps(policy_data()))
    command = [sys.executable, "-m", "gateway.cli", "policy", "build", "-o", str(bundle), "--opa", require_opa()]
    subprocess.run([*command, "--data", str(tmp_path / "data.json")], check=True, capture_output=True)
    with opa_server(bundle) as (url, _):
        policy = {"engine": "opa", "opa": {"url": url, "timeout_ms": 2000}}
        with three_upstreams(tmp_path, policy=policy) as routes:
            for upstream in (routes.us, routes.eu, routes.own):
                upstream.play(*OK)
            assert ask(routes, "fast", "european").headers["x-airlock-upstream"] == "eu"
            assert ask(routes, "american", "european").json()["error"]["code"] == "region.not_allowed"
            personal = ask(routes, "fast", "careful", text="I am ann.lee@example.com")
            assert personal.headers["x-airlock-upstream"] == "own"
            routes.eu.play(*FAULT)
            assert ask(routes, "european", "european").status_code == 500
            assert routes.asked == (0, 3, 1)
            opened = routes.records(personal.headers["x-airlock-receipt"])[0]
    assert opened.body["policy"]["engine"] == "opa"


def stream_of(*words: str) -> tuple[bytes, ...]:
    return (STREAM_HEAD, *(event({"content": word}) for word in words), event({}, "stop"), DONE)


def test_a_stream_goes_on_to_another_provider_before_its_first_byte(routes: Routes) -> None:
    routes.us.play(*FAULT)
    routes.eu.play(*stream_of("hello ", "there"))
    told = ask(routes, "fast", stream=True)
    assert (told.headers["x-airlock-upstream"], routes.asked) == ("eu", (2, 1, 0))
    assert '"hello ' in told.text
    assert told.text.endswith("data: [DONE]\n\n")


def test_a_stream_that_has_begun_is_that_providers_to_the_end(routes: Routes) -> None:
    routes.us.play(STREAM_HEAD)
    told = ask(routes, "fast", stream=True)
    assert (told.status_code, told.json()["error"]["code"], routes.asked) == (502, "upstream.cut_off", (1, 0, 0))


def test_calls_are_shared_by_weight(routes: Routes) -> None:
    body = {"model": "shared", "messages": [{"role": "user", "content": "hi"}]}
    with routes.gateway.http() as client:
        for _ in range(80):
            assert client.post("/v1/chat/completions", json=body).status_code == 200
    us, eu, own = routes.asked
    assert 44 <= us <= 76
    assert (us + eu, own) == (80, 0)


def test_aliases_are_listed_as_models(routes: Routes) -> None:
    for upstream in (routes.us, routes.eu, routes.own):
        upstream.play(*FAULT)
    with routes.gateway.http() as client:
        listed = [model["id"] for model in client.get("/v1/models").json()["data"]]
    assert listed == sorted(MODELS)


def test_the_log_verifies_with_calls_that_went_on(routes: Routes) -> None:
    routes.us.play(*FAULT)
    routes.records(ask(routes, "fast").headers["x-airlock-receipt"])
    store = routes.gateway.settings.store
    with open_source(store.url) as source:
        report = verify(source, load_verifier(store.signing_key.with_name(store.signing_key.name + ".pub")))
    assert (report.ok, report.orphaned) == (True, 0)


def test_a_provider_that_is_not_there_is_no_end(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    with three_upstreams(tmp_path, us={"base_url": nowhere}) as routes:
        routes.eu.play(*OK)
        told = ask(routes, "fast")
        assert (told.status_code, told.headers["x-airlock-upstream"]) == (200, "eu")
        rerouted = routes.records(told.headers["x-airlock-receipt"])[1]
    assert rerouted.body["cause"] == "upstream.unreachable"


def test_a_provider_that_keeps_failing_is_left_alone_until_it_recovers(tmp_path: Path) -> None:
    with three_upstreams(tmp_path, us={"breaker": {"failures": 3, "pause_s": 0.5}}) as routes:
        routes.us.play(*FAULT)
        routes.eu.play(*OK)
        for _ in range(4):
            assert ask(routes, "fast").status_code == 200
        assert routes.asked == (3, 4, 0)
        assert ask(routes, "american").status_code == 500
        assert routes.asked == (4, 4, 0)
        assert "keeps failing" in notes(routes)["upstream us"]
        routes.us.play(*OK)
        time.sleep(0.6)
        assert [ask(routes, "fast").headers["x-airlock-upstream"] for _ in range(2)] == ["us", "us"]
        assert "upstream us" not in notes(routes)
