"""Any ASGI app on a real socket, in a thread of its own, that can be stopped hard and started again in its place."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn

PATIENCE_S = 60.0


class Served:
    """A server that is running on `url`: `http://127.0.0.1:PORT` or `unix:PATH`."""

    def __init__(self, app: Any, socket_path: Path | None) -> None:
        self._app = app
        self._path = socket_path
        self._port = 0
        self.start()

    @property
    def url(self) -> str:
        return f"unix:{self._path}" if self._path else f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start it, where it was before."""
        self._socket = self._bound()
        config = uvicorn.Config(self._app, lifespan="off", log_level="error", access_log=False)
        config.timeout_graceful_shutdown = 0
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), daemon=True)
        self._thread.start()
        deadline = time.monotonic() + PATIENCE_S
        while not self._server.started:
            assert time.monotonic() < deadline
            time.sleep(0.005)

    def stop(self) -> None:
        """Close everything, whatever is under way."""
        self._server.should_exit = self._server.force_exit = True
        self._thread.join(PATIENCE_S)
        self._socket.close()
        if self._path:
            self._path.unlink(missing_ok=True)

    def _bound(self) -> socket.socket:
        if self._path:
            bound = socket.socket(socket.AF_UNIX)
            bound.bind(str(self._path))
            return bound
        bound = socket.socket()
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(("127.0.0.1", self._port))
        self._port = bound.getsockname()[1]
        return bound


@contextmanager
def serving(app: Any, socket_path: Path | None = None) -> Iterator[Served]:
    """Run an app for as long as the block lasts."""
    served = Served(app, socket_path)
    try:
        yield served
    finally:
        served.stop()
