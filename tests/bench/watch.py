"""A client of streams that notes when each piece of text came: one asyncio protocol, so that it is not what is slow."""

import asyncio
import re
from dataclasses import dataclass, field
from time import perf_counter
from typing import cast

import httptools

from tests.bench.fault import BenchError
from tests.bench.prompts import Prompt
from tests.bench.server import HOST, Server

_WORDS = re.compile(rb'"content"\s*:\s*"[^"]')
_PATIENCE_S = 120


@dataclass(slots=True)
class Watched:
    """One stream: seconds from the request to each piece with text in it, in order, and to the end."""

    texts: list[float] = field(default_factory=list)
    body: bytes = b""
    status: int = 0
    end: float = 0.0

    @property
    def first_s(self) -> float:
        """When the first text came."""
        return self.texts[0]

    @property
    def longest_gap_s(self) -> float:
        """The longest time without text, once it had begun."""
        return max((after - before for before, after in zip(self.texts, self.texts[1:], strict=False)), default=0.0)


class Watcher(asyncio.Protocol):
    """One connection, over which one stream after the other is asked for."""

    def __init__(self, server: Server) -> None:
        self._transport: asyncio.Transport | None = None
        headers = {"host": HOST, "authorization": "Bearer none", **server.headers, "content-type": "application/json"}
        self._head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self._parser = httptools.HttpResponseParser(self)
        self._watched = Watched()
        self._pieces: list[bytes] = []
        self._began = 0.0
        self._done: asyncio.Future[Watched] | None = None

    async def watch(self, prompt: Prompt) -> Watched:
        """Ask, and watch the stream to its end.

        Raises:
            BenchError: The connection was lost, or it took two minutes.
        """
        self._parser = httptools.HttpResponseParser(self)
        self._watched, self._pieces = Watched(), []
        self._done = asyncio.get_running_loop().create_future()
        body = prompt.body
        head = f"POST /v1/chat/completions HTTP/1.1\r\n{self._head}content-length: {len(body)}\r\n\r\n"
        self._began = perf_counter()
        cast("asyncio.Transport", self._transport).write(head.encode() + body)
        try:
            async with asyncio.timeout(_PATIENCE_S):
                return await self._done
        except TimeoutError as exc:
            raise BenchError("A stream did not end.") from exc

    def close(self) -> None:
        """Close the connection."""
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way out."""
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """A stream that is on its way has failed."""
        if self._done is not None and not self._done.done():
            self._done.set_exception(BenchError("The connection was closed in the middle of a stream."))

    def data_received(self, data: bytes) -> None:
        """Parse."""
        self._parser.feed_data(data)

    def on_body(self, piece: bytes) -> None:
        """Note when a piece came; called by the parser."""
        self._pieces.append(piece)
        if _WORDS.search(piece):
            self._watched.texts.append(perf_counter() - self._began)

    def on_message_complete(self) -> None:
        """Tell whoever watches; called by the parser."""
        watched = self._watched
        watched.body, watched.status = b"".join(self._pieces), self._parser.get_status_code()
        watched.end = perf_counter() - self._began
        if self._done is not None and not self._done.done():
            self._done.set_result(watched)


async def connect(server: Server) -> Watcher:
    """Open a connection to a server."""
    loop = asyncio.get_running_loop()
    _, watcher = await loop.create_connection(lambda: Watcher(server), HOST, server.port)
    return watcher
