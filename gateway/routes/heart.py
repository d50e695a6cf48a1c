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
        self._every_s = every_s
        self._has_ended = has_ended
        self._patience_s = patience_s
        self._loop = asyncio.get_running_loop()
        self._sent_at = self._loop.time()
        self._is_sending = False
        self._timer: asyncio.TimerHandle | None = None
        self._beating: asyncio.Task[None] | None = None

    def __enter__(self) -> Self:
        if self._beat and self._every_s:
            self._timer = self._loop.call_later(self._every_s, self._look)
        return self

    def __exit__(self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None) -> None:
        for one in (self._timer, self._beating):
            if one is not None:
                one.cancel()

    async def send(self, piece: bytes) -> None:
        """Send a piece of the body; return when the connection has taken it.

        Raises:
            ClientGone: The client did not read on for so long that it keeps a place for nothing.
        """
        self._is_sending = True
        try:
            async with asyncio.timeout(self._patience_s):
                await self._send({"type": "http.response.body", "body": piece, "more_body": True})
        except TimeoutError as exc:
            raise ClientGone from exc
        self._is_sending = False
        self._sent_at = self._loop.time()

    async def _send_beat(self) -> None:
        with suppress(ClientGone):  # the next piece finds that out, too
            await self.send(self._beat)

    def _look(self) -> None:
        """See whether it is time; a timer that is set anew with every piece would cost each piece."""
        left = self._every_s if self._is_sending else self._sent_at + self._every_s - self._loop.time()
        if left <= 0 and self._has_ended():
            return
        if left <= 0:
            self._beating = self._loop.create_task(self._send_beat())
            left = self._every_s
        self._timer = self._loop.call_later(left, self._look)
