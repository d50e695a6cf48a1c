"""A detector service that does what a test says, on a real socket: the real format, and the faults of real services."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from detectors.serving.wire import (
    PATH,
    ScreenReading,
    ScreenReply,
    ScreenRequest,
    ScreenSpan,
    decode_request,
    encode_reply,
)
from tests.background_server import Served, serving

LABELS = ("PERSON", "toxic")


def reading(text: str) -> ScreenReading:
    """Find every "nasty" and every "Ann"; Russian is not read."""
    spans = [
        ScreenSpan(at, at + len(word), label, 900_000)
        for word, label in (("nasty", "toxic"), ("Ann", "PERSON"))
        for at in range(len(text))
        if text.startswith(word, at)
    ]
    return ScreenReading(tuple(sorted(spans)), "language" if "\u041f" in text else None)


@dataclass
class Service:
    """Answers with what `reading` finds, after `seconds`, or with `fault`: a status, headers and a body."""

    version: str = "1"
    labels: tuple[str, ...] = LABELS
    seconds: float = 0.0
    fault: tuple[int, dict[str, str], bytes] | None = None
    asked: list[ScreenRequest] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    left: int = 0
    greeted: int = 0
    peers: set[Any] = field(default_factory=set)
    change: Callable[[bytes], bytes] = bytes

    @property
    def texts(self) -> list[list[str]]:
        """The texts of each question."""
        return [[*request.texts] for request in self.asked]

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        assert (scope["type"], scope["method"], scope["path"]) == ("http", "POST", PATH)
        body = b""
        while (event := await receive()).get("more_body") or event["body"]:
            body += event["body"]
            if not event.get("more_body"):
                break
        request = decode_request(body)
        self.peers.add(scope["client"])
        self.headers.append({name.decode(): value.decode() for name, value in scope["headers"]})
        if request.texts:
            self.asked.append(request)
        else:
            self.greeted += 1
        await self._wait(receive)
        status, headers, raw = self.fault or (200, {}, self._answer(request))
        told = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": status, "headers": told})
        await send({"type": "http.response.body", "body": self.change(raw)})

    def _answer(self, request: ScreenRequest) -> bytes:
        return encode_reply(ScreenReply(self.version, self.labels, tuple(map(reading, request.texts))))

    async def _wait(self, receive: Any) -> None:
        if not self.seconds:
            return
        try:
            async with asyncio.timeout(self.seconds):
                await receive()
        except TimeoutError:
            return
        self.left += 1


@contextmanager
def screening(service: Service, socket_path: Path | None = None) -> Iterator[Served]:
    """Run it, on a Unix socket or else on a free port of this machine."""
    with serving(service, socket_path) as served:
        yield served


def garbled(**members: Any) -> Callable[[bytes], bytes]:
    """Give an answer in which these members are others."""
    return lambda raw: json.dumps(json.loads(raw) | members).encode()
