"""When a part that protects the call is missing, the call is blocked and says so; when it is back, calls pass again."""

import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import openai
import pytest

import gateway.checks
from audit.reading import Filter, list_records
from detectors.finding import Finding, Passage
from detectors.suite import Limits, Suite
from gateway.demo.background import NotStarted
from gateway.demo.canned import CannedModel
from tests.gateways import Gateway, running
from tests.opa_server import opa_server
from tests.pace import within
from tests.parts import require_opa

pytestmark = pytest.mark.integration

OK = {"model": "canned-1", "messages": [{"role": "user", "content": "I am ann.lee@example.com"}]}


def ask(started: Gateway, **more: object) -> httpx.Response:
    with started.http() as client:
        return client.post("/v1/chat/completions", json={**OK, **more})


def assert_blocked(told: httpx.Response, code: str, canned: CannedModel, seen: Sequence[object]) -> None:
    assert (told.status_code, told.json()["error"]["code"]) == (503, code)
    assert (told.headers["x-airlock-decision"], told.headers["x-airlock-reason"]) == ("block", code)
    assert told.headers["x-should-retry"] == "false"
    assert list(canned.seen) == list(seen)


class Broken:
    """A detector that does what `fault` says."""

    name, version, labels = "broken", "1", frozenset({"PERSON"})

    def __init__(self, fault: str) -> None:
        self._fault = fault

    def inspect(self, passages: Sequence[Passage], seconds: float) -> Sequence[Finding]:
        if self._fault == "raises":
            raise ValueError(passages[0].text)
        if self._fault == "hangs":
            time.sleep(1)
        return ()


@pytest.mark.parametrize("stream", [False, True], ids=["plain", "streamed"])
@pytest.mark.parametrize("fault", ["raises", "hangs"])
def test_a_detector_that_fails(
    canned: CannedModel,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    fault: str,
    stream: bool,
) -> None:
    limits = Limits(inline_chars=0, seconds=0.3)
    monkeypatch.setattr(gateway.checks, "default_suite", lambda *_, **__: Suite([Broken(fault)], limits))
    seen = list(canned.seen)
    with running(tmp_path, canned.base_url) as started:
        told = ask(started, stream=stream)
        assert_blocked(told, "detector.unavailable", canned, seen)
        assert_record(started, told.headers["x-airlock-receipt"], "detector.unavailable")
    assert "ann.lee" not in caplog.text + told.text


def assert_record(started: Gateway, receipt: str, reason: str) -> None:
    records = list_records(started.settings.store.url, Filter(type="request.opened"))
    assert [(r.id, r.body["decision"], r.body["reason"]) for r in records] == [(receipt, "block", reason)]


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("bundle") / "bundle.tar.gz"
    command = [sys.executable, "-m", "gateway.cli", "policy", "build", "-o", str(target), "--opa", require_opa()]
    subprocess.run(command, check=True, capture_output=True)
    return target


class TestThePolicyServer:
    def test_decides_like_the_embedded_engine_until_it_goes_away(
        self, canned: CannedModel, tmp_path: Path, bundle: Path
    ) -> None:
        with opa_server(bundle) as (url, process):
            policy = {"engine": "opa", "opa": {"url": url, "timeout_ms": 2000}}
            with running(tmp_path, canned.base_url, policy=policy) as started:
                told = ask(started)
                assert told.status_code == 200
                assert "ann.lee@example.com" in told.text
                assert "ann.lee" not in str(canned.seen[-1])
                seen = list(canned.seen)
                process.kill()
                process.wait()
                blocked = ask(started)
                assert_blocked(blocked, "policy.unavailable", canned, seen)
                with started.http() as client:
                    assert client.get("/health/ready").json()["parts"]["policy"] == "the policy engine can't decide"

    def test_that_never_answers(self, canned: CannedModel, tmp_path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            url = f"http://127.0.0.1:{silent.getsockname()[1]}"
            seen = list(canned.seen)
            with running(tmp_path, canned.base_url, policy={"engine": "opa", "opa": {"url": url}}) as started:
                began = time.monotonic()
                assert_blocked(ask(started), "policy.unavailable", canned, seen)
                assert time.monotonic() - began < within(2)


RUNAWAY = {
    "endless": "count([1 | some a in numbers.range(1, 3000); some b in numbers.range(1, 3000); a * b < 0]) > 0",
    "huge": "count([x | some a in numbers.range(1, 100000); x := [a, numbers.range(1, 1000)]]) > 0",
}


@pytest.mark.parametrize("condition", RUNAWAY.values(), ids=RUNAWAY)
def test_a_policy_that_runs_away(canned: CannedModel, tmp_path: Path, condition: str) -> None:
    folder = tmp_path / "policy"
    (folder / "airlock").mkdir(parents=True)
    (folder / "data.json").write_text("{}")
    rule = f'package airlock.main\n\ndecision := {{"action": "allow"}} if {condition}\n'
    (folder / "airlock" / "main.rego").write_text(rule)
    command = [sys.executable, "-m", "gateway.cli", "policy", "build", str(folder), "--opa", require_opa()]
    subprocess.run(command, check=True, capture_output=True)
    seen = list(canned.seen)
    with running(tmp_path, canned.base_url, policy={"bundle": str(folder)}) as started:
        began = time.monotonic()
        assert_blocked(ask(started), "policy.unavailable", canned, seen)
        assert time.monotonic() - began < within(5)


class TestTheStore:
    @pytest.fixture
    def started(self, canned: CannedModel, tmp_path: Path) -> Iterator[Gateway]:
        with running(tmp_path, canned.base_url, limits={"record_s": 0.5}) as gateway:
            yield gateway

    @pytest.mark.parametrize("stream", [False, True], ids=["plain", "streamed"])
    def test_that_does_not_answer_blocks_until_it_does_again(
        self, started: Gateway, canned: CannedModel, stream: bool
    ) -> None:
        key = started.key()
        seen = list(canned.seen)
        with started.http(key) as client, locked(started):
            told = client.post("/v1/chat/completions", json={**OK, "stream": stream})
            assert_blocked(told, "record.unavailable", canned, seen)
            assert "x-airlock-receipt" not in told.headers
            assert eventually(lambda: client.get("/health/ready").status_code == 503)
        with started.http(key) as client:
            assert eventually(lambda: client.post("/v1/chat/completions", json=OK).status_code == 200)

    def test_that_comes_back_gets_the_closed_record_it_missed(self, started: Gateway, canned: CannedModel) -> None:
        sdk = started.sdk()
        stream = sdk.chat.completions.create(**OK, stream=True)
        with locked(started):
            assert "".join(c.choices[0].delta.content or "" for c in stream).endswith("ann.lee@example.com")
        url = started.settings.store.url
        assert eventually(lambda: len(list_records(url, Filter(type="request.closed"))) == 1)


@contextmanager
def locked(started: Gateway) -> Iterator[None]:
    """Hold SQLite's write lock, as a back-up or a stuck process would."""
    connection = sqlite3.connect(started.settings.store.url.removeprefix("sqlite:///"), isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


def eventually(condition: object, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False


def test_the_gateway_does_not_start_without_its_signing_key(canned: CannedModel, tmp_path: Path) -> None:
    nowhere = {"signing_key": "elsewhere/log.key"}
    with pytest.raises(NotStarted, match=r"log\.key can't be read"), running(tmp_path, canned.base_url, store=nowhere):
        pass


def test_the_sdk_raises_on_a_block_without_trying_again(
    canned: CannedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateway.checks, "default_suite", lambda *_, **__: Suite([Broken("raises")]))
    with running(tmp_path, canned.base_url) as started, pytest.raises(openai.InternalServerError) as caught:
        started.sdk().chat.completions.create(**OK)
    assert caught.value.code == "detector.unavailable"
    url = started.settings.store.url
    assert len(list_records(url, Filter(type="request.opened"))) == 1
