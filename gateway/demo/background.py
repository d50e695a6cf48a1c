"""Run a web app on a real socket, in a thread of its own, for as long as a block lasts."""

import socket
import threading
import time
from types import TracebackType
from typing import Self

from starlette.applications import Starlette
from starlette.types import ASGIApp

from gateway.server import Server

_START_S = 180.0


class PortTaken(Exception):
    """Something else listens there already."""


class NotStarted(Exception):
    """The app did not start; the cause is the exception's `__cause__`."""


class Background:
    """A context manager: inside it, `app` answers on `base_url`. Leaving it stops the server, which drains first.

    Args:
        app: What answers.
        framework: The app whose lifespan opens and closes what `app` needs, in the server's own event loop.
        port: 0 takes a free one.
        host: The address to listen on.
        drain_s: How long a stop waits for calls under way, in seconds.

    Raises:
        PortTaken: On construction, when the port is in use.
        NotStarted: On entering.
    """

    def __init__(
        self, app: ASGIApp, framework: Starlette, port: int = 0, host: str = "127.0.0.1", drain_s: float = 5
    ) -> None:
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            self._socket.bind((host, port))
        except OSError as exc:
            self._socket.close()
            raise PortTaken(f"port {port} on {host} is in use") from exc
        self.port: int = self._socket.getsockname()[1]
        self.base_url = f"http://{host}:{self.port}"
        self._server = Server(app, framework, host=host, port=self.port, drain_s=drain_s)
        self._fault: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        """Start, and wait until connections are taken."""
        self._thread.start()
        deadline = time.monotonic() + _START_S
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                self._socket.close()
                raise NotStarted(f"the server did not start: {self._fault}") from self._fault
            time.sleep(0.01)
        return self

    def __exit__(self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None) -> None:
        """Stop, and wait until everything is closed."""
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()

    def _run(self) -> None:
        try:
            self._server.run([self._socket])
        except Exception as exc:  # noqa: BLE001 - it belongs to whoever entered the block, in another thread
            self._fault = exc
