"""`POST /v1/screen` (`detectors/serving/wire.py`) for one detector and nothing else, as workers ask it."""

import asyncio
from concurrent.futures import CancelledError
from contextlib import suppress
from typing import Any, Final

from starlette.types import Receive, Scope, Send

from detectors.background import BackgroundDetector, Found
from detectors.finding import Passage
from detectors.serving import wire
from detectors.serving.wire import ScreenReading, ScreenReply, ScreenRequest, ScreenSpan, WireError
from detectors.suite import Limits

RETRY_AFTER_S: Final = 1
_OK: Final = 200
_LIMITS: Final = Limits()


class ScreenRoute:
    """An ASGI app. Work for a caller that has gone is given up."""

    def __init__(self, detector: BackgroundDetector) -> None:
        self._detector = detector

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one question."""
        if (scope["type"], scope.get("method"), scope.get("path")) != ("http", "POST", wire.PATH):
            await _refuse(send, wire.UNKNOWN_MODEL, "there is nothing here")
            return
        try:
            request = wire.decode_request(await _body(receive))
        except WireError as exc:
            await _refuse(send, wire.BAD_REQUEST, str(exc))
            return
        if request.model not in {"", self._detector.name}:
            await _refuse(send, wire.UNKNOWN_MODEL, "there is no such model here")
            return
        await self._answer(request, receive, send)

    async def _answer(self, request: ScreenRequest, receive: Receive, send: Send) -> None:
        passages = [Passage(str(number), text) for number, text in enumerate(request.texts)]
        seconds = min(request.seconds, _LIMITS.seconds_for(sum(map(len, request.texts))))
        reading: asyncio.Future[Found] = asyncio.wrap_future(self._detector.submit(passages, seconds, request.tenant))
        leaving: asyncio.Future[Any] = asyncio.ensure_future(receive())
        try:
            await asyncio.wait([reading, leaving], timeout=request.seconds, return_when=asyncio.FIRST_COMPLETED)
            if not reading.done():
                reading.cancel()
                await _refuse(send, wire.BUSY, "others were first")
                return
            await _send(send, _OK, wire.encode_reply(self._reply(len(passages), reading.result())))
        except (asyncio.CancelledError, CancelledError):
            await _refuse(send, wire.BUSY, "too much waits")
        except TimeoutError:
            await _refuse(send, wire.TIMEOUT, "the texts took too long")
        finally:
            leaving.cancel()

    def _reply(self, texts: int, found: Found) -> ScreenReply:
        spans: list[list[ScreenSpan]] = [[] for _ in range(texts)]
        for one in found.findings:
            spans[int(one.slot)].append(ScreenSpan(one.start, one.end, one.label, one.score_ppm))
        unread = {int(part.slot): part.reason for part in found.unscanned}
        readings = tuple(ScreenReading(tuple(read), unread.get(number)) for number, read in enumerate(spans))
        return ScreenReply(self._detector.version, tuple(sorted(self._detector.labels)), readings)


async def _body(receive: Receive) -> bytes:
    parts: list[bytes] = []
    while True:
        event = await receive()
        if event["type"] != "http.request":
            raise WireError("the question was cut off")
        parts.append(event.get("body", b""))
        if not event.get("more_body"):
            return b"".join(parts)


async def _refuse(send: Send, code: str, message: str) -> None:
    headers = [(b"retry-after", str(RETRY_AFTER_S).encode())] if code == wire.BUSY else []
    await _send(send, wire.STATUS[code], wire.encode_error(code, message), headers)


async def _send(send: Send, status: int, body: bytes, headers: list[tuple[bytes, bytes]] | None = None) -> None:
    told = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode()), *(headers or [])]
    with suppress(OSError):  # who asked has gone
        await send({"type": "http.response.start", "status": status, "headers": told})
        await send({"type": "http.response.body", "body": body})
