"""Tell a client that waits that its stream is alive, so that neither it nor a proxy on the way gives up."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Final, Self

from starlette.types import Send

from gateway.routes.body import ClientGone

PATIENCE_S: Final = 120.0
"""How long a client may leave its connection full, in seconds: longer than any pause of a program that still reads."""


class Heart:
    """Sends the pieces of one stream, and a `beat` whenever nothing was sent for `every_s` seconds.

    Use it as a context manager around all of the sending but the last message. No beat is sent while a piece is on its
    way: a client that does not read needs none; and none once `has_ended` says that nothing more will come. Without a
    beat, or with `every_s` 0, it sends the pieces only.
    """

    def __init__(
        self,
        send: Send,
        beat: bytes,
        every_s: float,
        has_ended: Callable[[], bool] = lambda: False,
        patience_s: float = PATIENCE_S,
    ) -> None:
        self._send = send
        self._beat = beat
        self._beats = bool(beat and every_s)
        self._period_s = min(every_s, patience_s) if self._beats else patience_s
        self._has_ended = has_ended
        self._patience_s = patience_s
        self._loop = asyncio.get_running_loop()
        self._sent_at = self._loop.time()
        self._sending: dict[asyncio.Task[object] | None, float] = {}  # since when, the longest first
        self._is_gone = False
        self._timer: asyncio.TimerHandle | None = None
        self._beating: asyncio.Task[None] | None = None

    def __enter__(self) -> Self:
        self._timer = self._loop.call_later(self._period_s, self._look)
        return self

    def __exit__(self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None) -> None:
        for one in (self._timer, self._beating):
            if one is not None:
                one.cancel()

    async def send(self, piece: bytes) -> None:
        """Send a piece of the body; return when the connection has taken it.

        Raises:
            ClientGone: The client did not read on for so long that it keeps a place for nothing; from then on, at once.
        """
        self._check()
        sender = asyncio.current_task()
        self._sending[sender] = self._loop.time()
        try:
            await self._send({"type": "http.response.body", "body": piece, "more_body": True})
        except asyncio.CancelledError as exc:
            if self._is_gone and sender and sender.uncancel() == 0:
                raise ClientGone from exc
            raise
        finally:
            del self._sending[sender]
        self._sent_at = self._loop.time()

    def _check(self) -> None:
        if self._is_gone:
            raise ClientGone

    async def _send_beat(self) -> None:
        with suppress(ClientGone):  # the next piece finds that out, too
            await self.send(self._beat)

    def _look(self) -> None:
        """See whether it is time; a timer that is set anew with every piece would cost each piece."""
        now = self._loop.time()
        since = next(iter(self._sending.values()), None)
        left = self._sent_at + self._period_s - now if since is None else since + self._patience_s - now
        if since is not None and left <= 0:
            return self._give_up()
        if left <= 0:
            if self._has_ended():
                return None
            left = self._period_s
            if self._beats:
                self._beating = self._loop.create_task(self._send_beat())
        self._timer = self._loop.call_later(min(left, self._period_s), self._look)
        return None

    def _give_up(self) -> None:
        self._is_gone = True
        for task in self._sending:
            if task is not None:
                task.cancel()
