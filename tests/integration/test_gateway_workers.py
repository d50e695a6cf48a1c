"""`airlock serve --workers 2`: one port, one log, one detector process; any of them may die, and all end together."""

import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from audit import key_register, schema
from audit.reading import Filter, list_records
from gateway.settings import load
from tests.encoder_service import until
from tests.gateways import configure
from tests.integration.test_gateway_killed import airlock, free_port
from tests.integration.test_gateway_quotas import quota
from tests.pace import within
from tests.parts import require_postgres
from tests.scripted import Scripted, scripted
from tests.speaking import CLEAN, say, user
from tests.unit.detectors.encoder.small_encoder import write_encoder

pytestmark = [pytest.mark.integration, pytest.mark.timeout(400)]  # each wait in here has a limit of its own

UNAVAILABLE = "detector.unavailable"
PROC = Path("/proc")


@dataclass
class Running:
    """An `airlock serve --workers` with its processes."""

    process: subprocess.Popen[bytes]
    url: str
    key: str
    folder: Path
    store: str
    codes: Counter[str] = field(default_factory=Counter)

    def processes(self, module: str) -> list[int]:
        """Give the numbers of its processes that run a module."""
        children = (PROC / f"{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(pid) for pid in children if module in (PROC / pid / "cmdline").read_text()]

    @property
    def workers(self) -> list[int]:
        return self.processes("workers.worker")

    @property
    def readers(self) -> list[int]:
        return self.processes("workers.detector_process")

    def wait_for(self, code: str, more: int) -> None:
        """Wait until so many more calls have ended like this."""
        wanted, deadline = self.codes[code] + more, time.monotonic() + 60
        while self.codes[code] < wanted:
            assert time.monotonic() < deadline, self.codes
            time.sleep(0.02)

    def call(self, text: str) -> str:
        """Make a call, and give the code of what became of it: "" if it was answered, "lost" without an answer."""
        headers = {"authorization": f"Bearer {self.key}"}
        try:
            told = httpx.post(
                f"{self.url}/v1/chat/completions", json=user(text), headers=headers, timeout=30, trust_env=False
            )
        except httpx.TransportError:
            return "lost"
        return str(told.json()["error"]["code"]) if "error" in told.json() else ""


@pytest.fixture
def upstream() -> Iterator[Scripted]:
    with scripted() as server:
        say(server, CLEAN)
        yield server


@contextmanager
def workers(folder: Path, upstream: Scripted, **sections: Any) -> Iterator[Running]:
    write_encoder(folder / "weights", window=256, overlap=32)
    config = configure(folder, upstream.base_url, **{"detectors": {"weights": "weights"}, **sections})
    store = load(config).store.url
    schema.upgrade(store)
    key, _ = key_register.create(store, tenant="default", use_case="default")
    port = free_port()
    command = [sys.executable, "-m", "gateway.cli", "serve", "-c", str(config), "--port", str(port), "--workers", "2"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            until(lambda: answers(f"http://127.0.0.1:{port}"), 90)
            yield Running(process, f"http://127.0.0.1:{port}", key, folder, store)
        finally:
            process.kill()


def answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health/ready", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


@contextmanager
def load_on(running: Running, clients: int = 6) -> Iterator[None]:
    """Call all the time, each call with a text of its own."""
    stop = threading.Event()

    def work(client: int) -> None:
        number = 0
        while not stop.is_set():
            number += 1
            running.codes[running.call(f"word {client} {number} goes on, Ann Lee")] += 1

    with ThreadPoolExecutor(clients) as pool:
        futures = [pool.submit(work, client) for client in range(clients)]
        try:
            yield
        finally:
            stop.set()
            for future in futures:
                future.result()


def verified(running: Running) -> None:
    """The log is whole, and every call that was answered is in it."""
    verdict = airlock("audit", "verify", "-c", str(running.folder / "airlock.yaml"), "--json")
    assert verdict.returncode == 0, verdict.stdout
    assert b'"pending":0' in verdict.stdout.replace(b" ", b"")


def opened(running: Running) -> int:
    return len(list_records(running.store, Filter(type="request.opened"), limit=100_000))


def test_a_worker_that_is_killed_takes_only_its_own_calls_along(upstream: Scripted, tmp_path: Path) -> None:
    with workers(tmp_path, upstream) as running:
        assert (len(running.workers), len(running.readers)) == (2, 1)
        with load_on(running):
            running.wait_for("", 20)
            victim = running.workers[0]
            os.kill(victim, signal.SIGKILL)
            until(lambda: len(running.workers) == 2 and victim not in running.workers)
            running.wait_for("", 20)
        assert set(running.codes) <= {"", "lost"}
        assert running.codes["lost"] <= 6  # no more than were under way
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(30) == 0
    verified(running)
    assert running.codes[""] <= opened(running) <= sum(running.codes.values())
    assert not [body for body in upstream.bodies if b"Ann Lee" in body]


def test_a_detector_process_that_is_killed_lets_nothing_pass_unread_and_is_back_soon(
    upstream: Scripted, tmp_path: Path
) -> None:
    with workers(tmp_path, upstream) as running, load_on(running):
        running.wait_for("", 20)
        (place,) = (tmp_path / ".airlock").glob("detectors.*.sock")
        assert stat.S_IMODE(place.stat().st_mode) == 0o600
        (victim,) = running.readers
        os.kill(victim, signal.SIGKILL)
        running.wait_for(UNAVAILABLE, 1)
        until(lambda: running.readers not in ([], [victim]))
        until(lambda: running.call("word, are you back") == "")
        running.wait_for("", 20)
    assert set(running.codes) == {"", UNAVAILABLE}
    assert not [body for body in upstream.bodies if b"Ann Lee" in body]


def test_a_stop_under_load_loses_nothing_and_leaves_nobody(upstream: Scripted, tmp_path: Path) -> None:
    with workers(tmp_path, upstream) as running:
        everybody = [*running.workers, *running.readers]
        with load_on(running):
            running.wait_for("", 20)
            running.process.send_signal(signal.SIGTERM)
            assert running.process.wait(60) == 0
            answered = running.codes[""]
        assert set(running.codes) <= {"", "lost"}  # who came too late found nobody
    closed = list_records(running.store, Filter(type="request.closed"), limit=100_000)
    assert answered <= len(closed) == opened(running)
    assert not [pid for pid in everybody if (PROC / str(pid)).exists()]
    assert not list((tmp_path / ".airlock").glob("*.sock"))
    verified(running)


def test_when_all_is_killed_at_once_the_workers_end_by_themselves(upstream: Scripted, tmp_path: Path) -> None:
    with workers(tmp_path, upstream) as running:
        everybody = [*running.workers, *running.readers]
        assert running.call("so it is") == ""
        running.process.kill()
        running.process.wait()
        until(lambda: not [pid for pid in everybody if (PROC / str(pid)).exists()])
    with workers(tmp_path, upstream) as again:  # what was left is tidied up
        assert again.call("so it is") == ""
        assert len(list((tmp_path / ".airlock").glob("detectors.*.sock"))) == 1


def test_on_postgres_without_an_encoder_there_is_no_detector_process(upstream: Scripted, tmp_path: Path) -> None:
    url = require_postgres()
    psycopg = pytest.importorskip("psycopg")
    name, server = f"airlock_workers_{os.getpid()}", url.replace("+psycopg", "")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        store = {"url": f"{url.rpartition('/')[0]}/{name}"}
        with workers(tmp_path, upstream, store=store, detectors={"encoder": False}) as running:
            with load_on(running):
                running.wait_for("", 40)
            assert (len(running.workers), running.readers) == (2, [])
            assert set(running.codes) == {""}
            running.process.send_signal(signal.SIGTERM)
            assert running.process.wait(30) == 0
            verified(running)
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def refused(folder: Path, port: int, **sections: Any) -> str:
    config = configure(folder, "http://127.0.0.1:1", **sections)
    began = time.monotonic()
    told = airlock("serve", "-c", str(config), "--port", str(port), "--workers", "2")
    assert told.returncode == 2
    assert time.monotonic() - began < within(60)
    assert b"Traceback" not in told.stderr
    return told.stderr.decode()


def test_what_workers_can_not_share_is_refused_with_a_sentence(tmp_path: Path) -> None:
    assert "name a `redis` that they share" in refused(tmp_path, 0, quotas=quota(requests_per_minute=10))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert "can't be listened on" in refused(tmp_path, taken.getsockname()[1])
    (write_encoder(tmp_path / "weights") / "encoder.onnx").write_bytes(b"damaged")
    assert "encoder.onnx differs" in refused(tmp_path, 0, detectors={"weights": "weights"})
    assert "nowhere.key" in refused(tmp_path, 0, store={"signing_key": "nowhere.key"})
    assert not list((tmp_path / ".airlock").glob("*.sock"))
