"""What a library of providers answers, as bytes of the dialect that it was asked in."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any, Final

import orjson

from gateway.dialects.library import LibraryCall
from gateway.errors import UpstreamFault, UpstreamInvalid, UpstreamTimeout, UpstreamUnreachable
from gateway.upstream.closing import Closing

_END: Final = object()


class WholeAnswer(Closing):
    """An answer that is here already: a reply, or a provider's error."""

    is_event_stream = False

    def __init__(self, status: int, content: bytes, headers: Mapping[str, str] | None = None) -> None:
        self.status = status
        self.headers: Mapping[str, str] = headers or {}
        self._content = content

    def close(self) -> None:
        """Do nothing: there is nothing left open."""

    async def chunks(self) -> AsyncIterator[bytes]:
        """Give it in one piece."""
        yield self._content

    async def body(self, limit: int) -> bytes:
        """Give it. Raises `UpstreamInvalid` if it is longer than `limit` bytes."""
        if len(self._content) > limit:
            raise UpstreamInvalid("The upstream's reply is longer than this gateway reads.", code="upstream.too_large")
        return self._content


class StreamAnswer(Closing):
    """An answer whose events come one by one. `end` is given the stream when it is left before its end."""

    is_event_stream = True
    status = 200

    def __init__(self, stream: Any, call: LibraryCall, idle_s: float, end: Callable[[Any], None]) -> None:
        self.headers: Mapping[str, str] = {}
        self._stream = stream
        self._call = call
        self._idle_s = idle_s
        self._end = end
        self._is_over = False

    def close(self) -> None:
        """End the stream if it is not at its end, and so the connection behind it."""
        if not self._is_over:
            self._is_over = True
            self._end(self._stream)

    async def chunks(self) -> AsyncIterator[bytes]:
        """Give the events as they come.

        Raises:
            UpstreamTimeout: Nothing came for `idle_s`.
            UpstreamUnreachable: The stream broke off.
        """
        while (item := await self._next()) is not _END:
            yield _event(item, named=self._call.named)
        self._is_over = True
        if self._call.last:
            yield self._call.last

    async def body(self, limit: int) -> bytes:
        """Read all events. Raises as `chunks`, and `UpstreamInvalid` if they are longer than `limit` bytes."""
        whole = b"".join([chunk async for chunk in self.chunks()])
        return await WholeAnswer(self.status, whole).body(limit)

    async def _next(self) -> Any:
        try:
            async with asyncio.timeout(self._idle_s):
                return await anext(self._stream, _END)
        except TimeoutError as exc:
            raise UpstreamTimeout("The upstream did not answer in time.") from exc
        except UpstreamFault:
            raise
        except Exception as exc:
            # Of any type, and its words may be the prompt's, the reply's or a credential.
            raise UpstreamUnreachable("The upstream's stream broke off.") from exc


def as_json(value: Any) -> bytes:
    """Write what the library gives as JSON, without the members that have no value."""
    if isinstance(value, str | bytes):
        return value.encode() if isinstance(value, str) else value
    if hasattr(value, "model_dump_json"):
        return bytes(value.model_dump_json(exclude_none=True, warnings=False).encode())
    return orjson.dumps(value)


def _event(item: Any, *, named: bool) -> bytes:
    """Write one event; what the library has written already stays as it is."""
    raw = as_json(item)
    if isinstance(item, str | bytes):
        return raw
    kind = orjson.loads(raw).get("type", "") if named else ""
    return b"".join((f"event: {kind}\n".encode() if kind else b"", b"data: ", raw, b"\n\n"))
