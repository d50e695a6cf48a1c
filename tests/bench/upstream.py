"""The mock provider behind all servers: one asyncio protocol on uvloop, so that it is never what limits a run.

POST .../chat/completions answers with an echo of the prompt, at once or, for one model, at the pace of a model; GET
/last gives the body of the latest POST, which shows what a gateway let out.
"""

import argparse
import asyncio
import re
from collections.abc import Iterator
from typing import cast

import httptools
import uvloop

from tests.bench import answer
from tests.bench.prompts import PACED_MODEL

# The first "content" of a request is its only message. Keys may be followed by a space: not all clients are compact.
_CONTENT = re.compile(rb'"content"\s*:\s*"((?:[^"\\]|\\.)*)"')
_STREAM = re.compile(rb'"stream"\s*:\s*true')
_PACED = PACED_MODEL.encode()
PACE_S = 0.02
"""Between two words: fifty a second, as fast models write."""

_JSON = b"HTTP/1.1 %b\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%b"
_HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ntransfer-encoding: chunked\r\n\r\n"
_CHUNK = b"%x\r\n%b\r\n"
_END = b"0\r\n\r\n"


class Provider(asyncio.Protocol):
    """One connection. `last` is shared by all: the body of the latest POST."""

    last = b""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._parser = httptools.HttpRequestParser(self)
        self._pieces: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        # uvloop's transports are asyncio's in behaviour, not by inheritance.
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Parse; what is not HTTP ends the connection."""
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self._write(_JSON % (b"400 Bad Request", 2, b"{}"))
            if self._transport is not None:
                self._transport.close()

    def on_body(self, piece: bytes) -> None:
        """Collect the body; called by the parser."""
        self._pieces.append(piece)

    def on_message_complete(self) -> None:
        """Answer; called by the parser."""
        body = b"".join(self._pieces)
        self._pieces.clear()
        if self._parser.get_method() == b"GET":
            self._write(_JSON % (b"200 OK", len(Provider.last), Provider.last))
            return
        Provider.last = body
        if _PACED in body and (found := _CONTENT.search(body)):
            self._write(_HEAD)
            self._play(iter(answer.events(found[1])))
        else:
            self._write(respond(body))

    def _play(self, events: Iterator[bytes]) -> None:
        """Send an event, the next one a little later, and so on."""
        event = next(events, None)
        if event is None:
            self._write(_END)
        elif self._transport is not None and not self._transport.is_closing():
            self._write(_CHUNK % (len(event), event))
            asyncio.get_running_loop().call_later(PACE_S, self._play, events)

    def _write(self, response: bytes) -> None:
        if self._transport is not None:
            self._transport.write(response)


def respond(body: bytes) -> bytes:
    """Give the whole HTTP response to a chat request's body; 400 when it holds no message."""
    found = _CONTENT.search(body)
    if found is None:
        return _JSON % (b"400 Bad Request", 2, b"{}")
    if _STREAM.search(body):
        events = answer.stream(found[1])
        return _HEAD + _CHUNK % (len(events), events) + _END
    reply = answer.plain(found[1])
    return _JSON % (b"200 OK", len(reply), reply)


async def serve(port: int) -> None:
    """Answer on loopback until cancelled."""
    server = await asyncio.get_running_loop().create_server(Provider, "127.0.0.1", port, backlog=1024)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    uvloop.run(serve(parser.parse_args().port))
