"""A streamed reply: carry bytes between the upstream, the guard, the detectors and policy.

The guard decides what may leave; this only does the waiting for it.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from hashlib import sha256

from gateway.errors import AirlockError, PolicyBlocked, UpstreamFault, UpstreamInvalid
from gateway.pipeline.context import Call
from gateway.pipeline.faults import internal
from gateway.pipeline.records import Book, decided, told
from gateway.pipeline.stream_judging import StreamJudge
from gateway.pseudonyms.restore import Tally
from gateway.stream.guard import StreamGuard
from gateway.upstream.ports import Answer

_PARTING_S = 0.2
_STREAM_BYTES = 64 * 2**20  # a model's longest answer is some hundred kilobytes
_FINDINGS = 5_000  # each new one is decided on with all before it


class ReplyStream:
    """The reply as an async iterator of bytes that may leave. Run it to the end or `aclose` it: both end the record.

    An error before the first byte comes out of `start` and can still be an HTTP error; later ones are told inside the
    stream, in the dialect's own way. Where `start` was told to give up waiting, the first byte is a heartbeat.
    """

    def __init__(
        self,
        call: Call,
        answer: Answer,
        guard: StreamGuard,
        judge: StreamJudge,
        tally: Tally,
        book: Book,
        remember: Callable[[], Awaitable[None]],
    ) -> None:
        self._call = call
        self._answer = answer
        self._guard = guard
        self._judge = judge
        self._tally = tally
        self._book = book
        self._remember = remember
        self._chunks = answer.chunks()
        self._digest = sha256()
        self._ready = b""
        self._first: asyncio.Task[bytes] | None = None
        self._over = False
        self._parting_at = 0.0
        self._bytes = 0
        self._closed = False

    async def start(self, beat: bytes = b"", beat_s: float = 0) -> None:
        """Wait until the first bytes may leave; if there is a `beat`, for `beat_s` seconds, then that is the first.

        Raises:
            AirlockError: Nothing may leave, and this is why.
        """
        if beat and beat_s:
            self._first = asyncio.create_task(self._advance())
            await asyncio.wait((self._first,), timeout=beat_s)
            if not self._first.done():
                self._ready = beat
                return
        self._ready = await self._next()
        if self._guard.fault is not None:
            raise self._guard.fault  # nothing has been sent, so it can still be told by the status line

    @property
    def has_ended(self) -> bool:
        """Whether all bytes were given, although the provider may keep the line open."""
        return self._guard.closed

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        out, self._ready = self._ready, b""
        if not out and (self._first or not self._over):
            try:
                out = await self._next()
            except AirlockError as error:
                out = self._end(error)
            except Exception as exc:  # noqa: BLE001 - the stream must end with a word, and without a traceback
                out = self._end(internal(self._call.id, exc))
        if not out:
            await self.aclose()
            raise StopAsyncIteration
        if self._guard.closed and self._call.held:
            self._call.bill.stream(self._guard)
            self._book.accounts.settle(self._call)
            await self._book.accounts.freed(self._call)
        return out

    async def aclose(self) -> None:
        """End the upstream's answer and write the closed record, once. A stream that is not over was cancelled."""
        if self._closed:
            return
        self._closed = True
        self.drop()
        if not self._over:
            self._call.closing["error"] = "cancelled"
        self._call.closing |= self.summary()
        self._book.close_anyway(self._call)

    def drop(self) -> None:
        """End the upstream's answer, without a record. Synchronous, so that it runs in a cancelled call, too."""
        if self._first is not None and not self._first.cancel():
            self._first.exception()  # looked at, so that nobody is told of an error that came too late to matter
        self._answer.close()

    async def _next(self) -> bytes:
        first, self._first = self._first, None
        return await (first or self._advance())

    async def _advance(self) -> bytes:
        """Give the next bytes that may leave; b"" only when the stream is over."""
        while not self._over:
            chunk = await self._next_chunk()
            if chunk is None:
                self._guard.finish()
            else:
                self._take_in(chunk)
            out = await self._settle(at_end=chunk is None)
            self._over = chunk is None or self._guard.fault is not None
            if out:
                return out
        return b""

    def _take_in(self, chunk: bytes) -> None:
        self._bytes += len(chunk)
        if self._bytes > _STREAM_BYTES or len(self._guard.findings) > _FINDINGS:
            raise UpstreamInvalid("The upstream's stream is longer than this gateway reads.", code="upstream.too_large")
        self._digest.update(chunk)
        self._guard.feed(chunk)

    async def _next_chunk(self) -> bytes | None:
        if not self._guard.closed:
            return await anext(self._chunks, None)
        # The client has all that was said. A provider that now keeps the line open is not waited for.
        loop = asyncio.get_running_loop()
        self._parting_at = self._parting_at or loop.time() + _PARTING_S
        with suppress(TimeoutError, UpstreamFault):
            async with asyncio.timeout_at(self._parting_at):
                return await anext(self._chunks, None)
        return None

    async def _settle(self, *, at_end: bool) -> bytes:
        while passages := self._guard.to_screen():
            await self._judge.judge(passages)
        if self._judge.verdict is None and not at_end:
            return b""  # no status line before the first text has been decided on
        if self._judge.is_behind:
            await self._judge.judge([])
        await self._remember()  # a client may go on at once from what it is told now
        out = self._guard.take()
        self._call.error = self._guard.fault
        return out

    def _end(self, error: AirlockError) -> bytes:
        self._over = True
        self._call.error = error
        return self._guard.stop(error) if isinstance(error, PolicyBlocked) else self._guard.fail(error)

    def summary(self) -> dict[str, object]:
        """Write down what is known of the stream so far, for the closed record."""
        self._call.bill.stream(self._guard)
        finish = [self._guard.finish_reasons[choice] for choice in sorted(self._guard.finish_reasons)]
        return {
            "status": self._answer.status,
            "reply": self._book.commitment(self._call, "reply", self._digest.digest()),
            "characters": self._guard.characters,
            **told(self._guard.model, finish, self._tally),
            **(decided(self._judge.verdict) if self._judge.verdict else {}),
        }
