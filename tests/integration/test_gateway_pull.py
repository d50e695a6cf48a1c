"""A stream is one chain of pulls: who does not read holds all of it up, and who leaves ends all of it."""

import itertools
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

import gateway.checks
from audit.reading import Filter, list_records
from detectors.finding import Finding, Passage
from detectors.suite import Suite
from tests.gateways import Gateway, running
from tests.scripted import DONE, PATIENCE_S, STREAM_HEAD, Scripted, Step, event, scripted, slowly

pytestmark = pytest.mark.integration

BODY = b'{"model":"m","stream":true,"messages":[{"role":"user","content":"go"}]}'
BLOCK = b"".join(event({"content": f"word {number} "}) for number in range(100))
ENDLESS = 60 * 2**20
"""Bytes: nearly as much as the gateway takes of one stream."""

BUFFERS = 20 * 2**20
"""Bytes that the kernel may hold on both connections, and the gateway's own few buffers."""


@pytest.fixture(scope="module")
def upstream() -> Iterator[Scripted]:
    with scripted() as started:
        yield started


@pytest.fixture(scope="module")
def slow_gateway(upstream: Scripted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with running(tmp_path_factory.mktemp("pull"), upstream.base_url, limits={"idle_s": 0.5}) as started:
        yield started


def connect(started: Gateway) -> socket.socket:
    """Open a connection that takes little, and make a call on it."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)
    connection.settimeout(10)
    connection.connect(("127.0.0.1", int(started.base_url.rpartition(":")[2])))
    head = f"POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {started.key()}\r\n"
    connection.sendall(f"{head}content-length: {len(BODY)}\r\n\r\n".encode() + BODY)
    return connection


def settled(look: Callable[[], int]) -> int:
    """Wait until a number has stopped growing for half a second, and give it."""
    last, since = look(), time.monotonic()
    while time.monotonic() - since < 0.5:
        time.sleep(0.05)
        if (now := look()) != last:
            last, since = now, time.monotonic()
    return last


def error_of_the_last_call(started: Gateway) -> str:
    url = started.settings.store.url
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        opened = list_records(url, Filter(type="request.opened"), limit=1)
        closed = list_records(url, Filter(type="request.closed"), limit=1)
        if opened and closed and closed[0].opened_ref == opened[0].id:
            return str(closed[0].body.get("error", ""))
        time.sleep(0.05)
    raise AssertionError("the call was never closed")


def test_a_client_that_does_not_read_stops_the_upstream(slow_gateway: Gateway, upstream: Scripted) -> None:
    upstream.answer(lambda _: itertools.chain([STREAM_HEAD], itertools.repeat(BLOCK, ENDLESS // len(BLOCK))))
    with connect(slow_gateway) as client:
        assert client.recv(1000).startswith(b"HTTP/1.1 200 OK")
        waiting = settled(lambda: upstream.sent)
        assert waiting < BUFFERS
        taken = sum(len(client.recv(65_536)) for _ in range(400))
        assert taken > 0
        assert settled(lambda: upstream.sent) < BUFFERS + taken * 2
    assert upstream.hung_up.wait(PATIENCE_S)
    assert error_of_the_last_call(slow_gateway) == "cancelled"


def test_a_stream_that_drips_is_no_silence(slow_gateway: Gateway, upstream: Scripted) -> None:
    """It takes longer than the longest silence allowed, but is never silent for that long, not even inside an event."""
    events = [event({"role": "assistant", "content": ""}), event({"content": "larger"}), event({}, "stop"), DONE]
    raw = b"".join(events)
    drip: list[Step] = [step for at in range(0, len(raw), 20) for step in (raw[at : at + 20], 0.05)]
    assert sum(step for step in drip if isinstance(step, float)) > 0.8
    upstream.play(STREAM_HEAD, *drip)
    with slow_gateway.http() as client:
        told = client.post("/v1/chat/completions", content=BODY)
    assert "larger" in told.text
    assert told.text.endswith("data: [DONE]\n\n")


class Slow:
    """A detector that takes its time, as a model would, and says when it has begun."""

    name, version, labels = "slow", "1", frozenset({"PERSON"})

    def __init__(self) -> None:
        self.begun = threading.Event()

    def inspect(self, passages: Sequence[Passage], seconds: float) -> Sequence[Finding]:
        if any("word" in passage.text for passage in passages):
            if seconds < 0.1:
                raise TimeoutError  # not on the event loop
            self.begun.set()
            time.sleep(1)
        return ()


def test_a_client_that_leaves_while_its_reply_is_screened_ends_the_call(
    upstream: Scripted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    detector = Slow()
    monkeypatch.setattr(gateway.checks, "default_suite", lambda *_, **__: Suite([detector]))
    upstream.play(STREAM_HEAD, BLOCK, *slowly(event({"content": "more "}) * 10))
    with running(tmp_path, upstream.base_url) as started:
        with connect(started):
            assert detector.begun.wait(PATIENCE_S)
        assert upstream.hung_up.wait(PATIENCE_S)
        assert error_of_the_last_call(started) == "cancelled"
