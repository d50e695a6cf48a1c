"""kill -9 in the middle of a hundred calls: no upstream call without its opened record, and a log that verifies."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from audit import key_register, schema
from audit.reading import Filter, list_records
from gateway.settings import load
from tests.gateways import configure
from tests.parts import require_postgres
from tests.scripted import Scripted, reply, response, scripted

pytestmark = pytest.mark.integration

CALLS = 100
CLOSED = Filter(type="request.closed")
PORT_WAIT_S = 120


@contextmanager
def serving(config: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run `airlock serve` as its users do, in a process of its own."""
    command = [sys.executable, "-m", "gateway.cli", "serve", "-c", str(config), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            wait_ready(f"http://127.0.0.1:{port}")
            yield process
        finally:
            process.kill()


def wait_ready(base_url: str) -> None:
    deadline = time.monotonic() + PORT_WAIT_S
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{base_url}/health/ready", trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    raise AssertionError("the gateway did not start")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    if request.param == "sqlite":
        yield {}
        return
    url = require_postgres()
    psycopg = pytest.importorskip("psycopg")
    name = f"airlock_killed_{os.getpid()}"
    server = url.replace("+psycopg", "")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield {"url": f"{url.rpartition('/')[0]}/{name}"}
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def call(base_url: str, key: str, number: int) -> str | None:
    body = {"model": "m", "messages": [{"role": "user", "content": f"call {number} of ann.lee@example.com"}]}
    headers = {"authorization": f"Bearer {key}"}
    try:
        told = httpx.post(f"{base_url}/v1/chat/completions", json=body, headers=headers, timeout=120, trust_env=False)
    except httpx.TransportError:
        return None
    assert told.status_code == 200
    return told.headers["x-airlock-receipt"]


def test_nothing_left_without_its_record(tmp_path: Path, store: dict[str, str]) -> None:
    with scripted() as upstream:
        upstream.play(0.005, response(reply("hello")))
        config = configure(tmp_path, upstream.base_url, store=store)
        url = load(config).store.url
        schema.upgrade(url)
        key, _ = key_register.create(url, tenant="default", use_case="default")
        port = free_port()
        with serving(config, port) as process, ThreadPoolExecutor(8) as clients:
            threading.Thread(target=kill_after, args=(process, upstream, CALLS // 3), daemon=True).start()
            receipts = list(clients.map(lambda n: call(f"http://127.0.0.1:{port}", key, n), range(CALLS)))
        assert process.wait() == -signal.SIGKILL
        sent = [headers["x-client-request-id"] for headers in upstream.headers]
        assert_recorded(url, sent, [receipt for receipt in receipts if receipt])
        with serving(config, port):  # it takes up its log where it was left
            assert call(f"http://127.0.0.1:{port}", key, CALLS)
    verdict = airlock("audit", "verify", "-c", str(config), "--open-limit", "0")
    assert verdict.returncode == 0, verdict.stdout
    lost = len(set(sent) - {record.opened_ref for record in list_records(url, CLOSED, limit=10 * CALLS)})
    assert verdict.stdout.count(b"unmatched") >= lost > 0  # the calls that were under way are named


def kill_after(process: subprocess.Popen[bytes], upstream: Scripted, count: int) -> None:
    while len(upstream.bodies) < count:
        time.sleep(0.001)
    process.kill()


def assert_recorded(url: str, sent: list[str], receipts: list[str]) -> None:
    opened = {record.id for record in list_records(url, Filter(type="request.opened"), limit=10 * CALLS)}
    assert CALLS // 3 <= len(sent) < CALLS  # it was killed in the middle
    assert set(sent) <= opened
    assert set(receipts) <= opened


def airlock(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "gateway.cli", *arguments], capture_output=True, check=False)


def test_a_stop_by_signal_loses_nothing(tmp_path: Path) -> None:
    with scripted() as upstream:
        upstream.play(0.3, response(reply("hello")))
        config = configure(tmp_path, upstream.base_url)
        url = load(config).store.url
        schema.upgrade(url)
        key, _ = key_register.create(url, tenant="default", use_case="default")
        port = free_port()
        with serving(config, port) as process, ThreadPoolExecutor(8) as clients:
            pending = [clients.submit(call, f"http://127.0.0.1:{port}", key, n) for n in range(8)]
            while len(upstream.bodies) < 8:
                time.sleep(0.01)
            process.send_signal(signal.SIGTERM)
            receipts = {future.result() for future in pending}
            assert process.wait(20) == 0
    closed = {record.opened_ref for record in list_records(url, Filter(type="request.closed"))}
    assert None not in receipts
    assert receipts <= closed
    verdict = airlock("audit", "verify", "-c", str(config), "--json")
    assert verdict.returncode == 0, verdict.stdout
    assert b'"pending":0' in verdict.stdout.replace(b" ", b"")
