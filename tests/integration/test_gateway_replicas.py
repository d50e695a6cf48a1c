"""Several gateways behind one Redis share one limit; one that is killed frees its places; Redis away blocks, or not."""

import socket
import socketserver
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from audit import key_register, schema
from audit.reading import Filter, list_records
from gateway.settings import load
from tests.gateways import Gateway, configure, running
from tests.integration.test_gateway_killed import free_port, serving
from tests.integration.test_gateway_quotas import ANSWER, HELLO, STREAM, eventually, left, post, quota
from tests.pace import within
from tests.parts import require_redis
from tests.scripted import Scripted, scripted

pytestmark = pytest.mark.integration


@pytest.fixture
def upstream() -> Iterator[Scripted]:
    with scripted() as started:
        started.play(ANSWER)
        yield started


def shared(url: str, **more: Any) -> dict[str, Any]:
    return {"url": url, "prefix": f"test-{uuid.uuid4().hex}", "timeout_ms": 2000, **more}


@contextmanager
def replicas(folder: Path, upstream: Scripted, count: int = 2, **sections: Any) -> Iterator[list[Gateway]]:
    with ExitStack() as stack:
        yield [
            stack.enter_context(running(folder / str(number), upstream.base_url, **sections)) for number in range(count)
        ]


def test_two_replicas_share_one_limit_on_requests(upstream: Scripted, tmp_path: Path) -> None:
    sections = {"quotas": quota(requests_per_minute=10), "redis": shared(require_redis())}
    with replicas(tmp_path, upstream, **sections) as gateways, ExitStack() as stack:
        clients = [stack.enter_context(gateway.http()) for gateway in gateways]
        with ThreadPoolExecutor(8) as pool:
            told = list(pool.map(lambda number: post(clients[number % 2]), range(30)))
    assert sorted(answer.status_code for answer in told) == [200] * 10 + [429] * 20
    assert len(upstream.bodies) == 10
    assert {left(answer, "requests") for answer in told if answer.status_code == 200} == set(range(10))


def test_two_replicas_share_places_and_settle_tokens_for_each_other(upstream: Scripted, tmp_path: Path) -> None:
    upstream.play(1.0, ANSWER)
    sections = {"quotas": quota(concurrent=2, tokens_per_minute=10_000), "redis": shared(require_redis())}
    with replicas(tmp_path, upstream, **sections) as gateways, ExitStack() as stack:
        clients = [stack.enter_context(gateway.http()) for gateway in gateways]
        with ThreadPoolExecutor(2) as pool:
            under_way = [pool.submit(post, client) for client in clients]
            eventually(lambda: len(upstream.bodies) == 2)
            assert [post(client).json()["error"]["code"] for client in clients] == ["limit.concurrent"] * 2
            assert [call.result().status_code for call in under_way] == [200, 200]
        upstream.play(ANSWER)
        for number in range(6):  # each call's place is free when its answer has come, at the other replica, too
            told = post(clients[number % 2])
            assert told.status_code == 200
            assert left(told) == 10_000 - (2 + number) * 50 - 102


def test_who_has_read_a_streams_end_may_call_again_at_once(upstream: Scripted, tmp_path: Path) -> None:
    # The upstream keeps its line open for a moment after the last word.
    upstream.play(*STREAM, 0.1)
    sections = {"quotas": quota(concurrent=1, tokens_per_minute=10_000), "redis": shared(require_redis())}
    with replicas(tmp_path, upstream, **sections) as gateways:
        clients = [gateway.sdk().with_options(max_retries=0) for gateway in gateways]
        for number in range(8):
            stream = clients[number % 2].chat.completions.create(**HELLO, stream=True)
            assert "".join(c.choices[0].delta.content or "" for c in stream if c.choices) == "hi"
            remaining = int(stream.response.headers["x-ratelimit-remaining-tokens"])
            assert remaining == 10_000 - number * 50 - 102


def test_the_place_of_a_killed_replica_is_free_again(upstream: Scripted, tmp_path: Path) -> None:
    upstream.play(60.0)
    sections = {"quotas": quota(concurrent=1), "redis": shared(require_redis(), lease_s=1)}
    config = configure(tmp_path / "killed", upstream.base_url, **sections)
    store = load(config).store.url
    schema.upgrade(store)
    key, _ = key_register.create(store, tenant="default", use_case="default")
    port = free_port()
    with running(tmp_path / "alive", upstream.base_url, **sections) as alive, alive.http() as client:
        with serving(config, port) as process:
            asking = threading.Thread(target=hopeless, args=(f"http://127.0.0.1:{port}", key), daemon=True)
            asking.start()
            eventually(lambda: len(upstream.bodies) == 1)
            time.sleep(2)  # longer than a lease: a call that is under way keeps its place
            assert post(client).status_code == 429
            process.kill()
            process.wait()
        upstream.play(ANSWER)
        assert eventually(lambda: post(client).status_code == 200)
        asking.join()


def hopeless(base_url: str, key: str) -> None:
    with pytest.raises(httpx.TransportError):
        httpx.post(
            f"{base_url}/v1/chat/completions",
            json=HELLO,
            headers={"authorization": f"Bearer {key}"},
            timeout=120,
            trust_env=False,
        )


class Line:
    """A way to Redis that can be cut: `open` says whether bytes pass."""

    def __init__(self, url: str) -> None:
        there = urlsplit(url)
        self.open = True
        self._sockets: list[socket.socket] = []
        line = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                if not line.open:
                    return
                with socket.create_connection((there.hostname or "", there.port or 6379)) as redis:
                    line._sockets += [redis, self.request]
                    back = threading.Thread(target=carry, args=(redis, self.request), daemon=True)
                    back.start()
                    carry(self.request, redis)
                    back.join()

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self.url = f"redis://127.0.0.1:{self._server.server_address[1]}"

    def cut(self) -> None:
        self.open = False
        for end in self._sockets:
            with_no_fault(end)
        self._sockets.clear()

    def mend(self) -> None:
        self.open = True

    def __enter__(self) -> "Line":
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def carry(source: socket.socket, target: socket.socket) -> None:
    try:
        while chunk := source.recv(65_536):
            target.sendall(chunk)
    except OSError:
        pass
    finally:
        with_no_fault(source)
        with_no_fault(target)


def with_no_fault(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)


def test_redis_away_blocks_until_it_is_back_and_forgets_nothing(upstream: Scripted, tmp_path: Path) -> None:
    with Line(require_redis()) as line:
        upstream.play(0.5, ANSWER)
        sections = {"quotas": quota(tokens_per_minute=10_000, concurrent=2), "redis": shared(line.url)}
        with running(tmp_path, upstream.base_url, **sections) as gateway, gateway.http() as client:
            with ThreadPoolExecutor(1) as pool:
                under_way = pool.submit(post, client)
                eventually(lambda: len(upstream.bodies) == 1)
                line.cut()
                assert under_way.result().status_code == 200  # it was let in before
            told = post(client)
            assert (told.status_code, told.json()["error"]["code"]) == (503, "limits.unavailable")
            assert told.headers["x-airlock-reason"] == "limits.unavailable"
            assert client.get("/health/ready").json()["parts"]["limits"] == "the shared limits can't be read"
            assert len(upstream.bodies) == 1
            line.mend()
            upstream.play(ANSWER)
            # What the first call did not need was owed while Redis was away.
            eventually(lambda: (now := post(client)).status_code == 200 and (10_000 - 102 - left(now)) % 50 == 0)
            assert client.get("/health/ready").status_code == 200


def test_redis_away_can_be_allowed_and_the_record_says_so(upstream: Scripted, tmp_path: Path) -> None:
    with Line(require_redis()) as line:
        sections = {"quotas": quota(requests_per_minute=1), "redis": shared(line.url, when_away="allow")}
        with running(tmp_path, upstream.base_url, **sections) as gateway, gateway.http() as client:
            assert [post(client).status_code for _ in range(2)] == [200, 429]
            line.cut()
            told = post(client)
            assert told.status_code == 200
            assert client.get("/health/ready").status_code == 200
        opened = list_records(gateway.settings.store.url, Filter(type="request.opened"))
    assert {record.id: record.body.get("limits") for record in opened}[told.headers["x-airlock-receipt"]] == "fail_open"
    assert sorted(str(record.body.get("limits")) for record in opened) == ["None", "fail_open"]


def test_a_silent_redis_is_not_waited_for(upstream: Scripted, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"redis://127.0.0.1:{silent.getsockname()[1]}"
        sections = {"quotas": quota(requests_per_minute=1), "redis": shared(url, timeout_ms=200)}
        with running(tmp_path, upstream.base_url, **sections) as gateway, gateway.http() as client:
            began = time.monotonic()
            assert post(client).status_code == 503
            assert time.monotonic() - began < within(2)
