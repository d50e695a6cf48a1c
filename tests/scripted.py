"""An upstream that does exactly what a script says, byte by byte: the faults that real providers have."""

import json
import socketserver
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")

Step = bytes | float | threading.Event
"""Bytes to send, seconds of silence, or what to wait for. After the last step the connection is closed."""

Script = Iterable[Step]

PATIENCE_S = 60.0
"""How long an event is waited for, that comes at once on a machine with nothing else to do."""


class Scripted:
    """The upstream: a script is played to every request; `bodies`, `headers` and `paths` hold what was received.

    `hung_up` is set when the gateway closed the connection before the script's end. `sent` counts the bytes that the
    connection took since the script was set. `heard` is for a client to set that has got what its test waits for, so
    that a script can go on from there.
    """

    def __init__(self) -> None:
        self._answer: Callable[[bytes], Script] = lambda _: ()
        self.bodies: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.base_url = ""
        self.hung_up = threading.Event()
        self.heard = threading.Event()
        self.sent = 0

    def play(self, *script: Step) -> None:
        """Set the script."""
        self.answer(lambda _: script)

    def answer(self, script: Callable[[bytes], Script]) -> None:
        """Set a script that depends on the request's body, for replies that repeat what was asked."""
        self._answer = script
        self.hung_up.clear()
        self.heard.clear()
        self.sent = 0

    def hears(self, items: Iterable[T], count: int = 1) -> Iterator[T]:
        """Give what a client gets; with the `count`th item, a script that waits until it is `heard` goes on."""
        for number, item in enumerate(items, 1):
            if number == count:
                self.heard.set()
            yield item

    def script(self, body: bytes) -> Script:
        """Give the script for a request."""
        return self._answer(body)


@contextmanager
def scripted() -> Iterator[Scripted]:
    upstream = Scripted()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            if not (first := self.rfile.readline()):
                return  # a connection on which nothing was ever sent is no call
            headers = {}
            while line := self.rfile.readline().strip():
                name, _, value = line.decode().partition(":")
                headers[name.lower()] = value.strip()
            body = self.rfile.read(int(headers.get("content-length", 0)))
            upstream.paths.append(first.split()[1].decode())
            upstream.headers.append(headers)
            upstream.bodies.append(body)
            try:
                for step in upstream.script(body):
                    if isinstance(step, bytes):
                        self.wfile.write(step)
                        upstream.sent += len(step)
                    elif isinstance(step, threading.Event):
                        step.wait(PATIENCE_S)
                    else:
                        time.sleep(step)
            except OSError:
                upstream.hung_up.set()

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        upstream.base_url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield upstream
        finally:
            server.shutdown()
            thread.join()


def slowly(raw: bytes) -> Iterator[Step]:
    """Send byte after byte, for a client to leave in between."""
    for at in range(len(raw)):
        yield raw[at : at + 1]
        yield 0.02


def response(
    body: bytes | dict[str, Any], status: str = "200 OK", kind: str = "application/json", **headers: str
) -> bytes:
    """Write a whole HTTP response."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    head = f"HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {len(raw)}\r\nconnection: close\r\n{more}\r\n"
    return head.encode() + raw


STREAM_HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n"


def event(delta: dict[str, Any], finish: str | None = None, index: int = 0) -> bytes:
    """Write one event of a streamed chat completion."""
    choice = {"index": index, "delta": delta, "finish_reason": finish}
    chunk = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
    return f"data: {json.dumps(chunk)}\n\n".encode()


def reply(text: str) -> dict[str, Any]:
    """Give a whole chat completion."""
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return {"id": "c1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}


DONE = b"data: [DONE]\n\n"
