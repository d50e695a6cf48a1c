"""Run a web app: its rooms open before the first connection is taken and close, drained, after the last."""

import asyncio
import gc
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp


class Server(uvicorn.Server):
    """A uvicorn server whose app is started and stopped around it, not inside it.

    So a fault at start-up is an exception here, not a traceback in a log; and a signal ends the server only, not the
    process, so that what the rooms still have to write is written.

    Args:
        app: What answers.
        framework: The app whose lifespan opens and closes the rooms.
        host: Where to listen.
        port: Where to listen.
        drain_s: How long a stop waits for calls under way, in seconds.
        alone: Whether this process does nothing else; then what start-up left in memory is taken out of the garbage
            collector's rounds, which would otherwise walk a million objects every few thousand calls.
    """

    def __init__(
        self, app: ASGIApp, framework: Starlette, *, host: str, port: int, drain_s: float, alone: bool = False
    ) -> None:
        self._framework = framework
        self._alone = alone
        super().__init__(
            uvicorn.Config(
                app,
                host=host,
                port=port,
                lifespan="off",
                log_level="warning",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=int(drain_s),
            )
        )

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until a signal comes or `should_exit` is set; return when the rooms are closed."""
        with asyncio.Runner(loop_factory=self.config.get_loop_factory()) as runner:
            runner.run(self._serve_app(sockets))

    async def _serve_app(self, sockets: list[socket.socket] | None) -> None:
        async with self._framework.router.lifespan_context(self._framework):
            if self._alone:
                gc.collect()
                gc.freeze()
            await self.serve(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take SIGINT and SIGTERM as the wish to stop; unlike uvicorn's own, don't raise them again afterwards."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        numbers = (signal.SIGINT, signal.SIGTERM)
        before = {number: signal.signal(number, self.handle_exit) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
