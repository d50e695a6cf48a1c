"""An upstream that does exactly what a script says, byte by byte: the faults that real providers have."""

import json
import socketserver
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

Step = bytes | float
"""Bytes to send, or seconds of silence. After the last step the connection is closed."""


class Scripted:
    """The upstream: `script` is played to every request; `bodies` holds what was received.

    `hung_up` is set when the gateway closed the connection before the script's end.
    """

    def __init__(self) -> None:
        self.script: Sequence[Step] = ()
        self.bodies: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self.base_url = ""
        self.hung_up = threading.Event()

    def play(self, *script: Step) -> None:
        self.script = script
        self.hung_up.clear()


@contextmanager
def scripted() -> Iterator[Scripted]:
    upstream = Scripted()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            if not self.rfile.readline():
                return  # a connection on which nothing was ever sent is no call
            headers = {}
            while line := self.rfile.readline().strip():
                name, _, value = line.decode().partition(":")
                headers[name.lower()] = value.strip()
            upstream.headers.append(headers)
            upstream.bodies.append(self.rfile.read(int(headers.get("content-length", 0))))
            try:
                for step in upstream.script:
                    if isinstance(step, bytes):
                        self.wfile.write(step)
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
