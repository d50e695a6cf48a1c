"""Stop working for a client that has left."""

import asyncio
from types import TracebackType
from typing import Final, Self

from starlette.types import Receive

from gateway.routes.body import ClientGone

_UNWATCHED_S: Final = 0.02
"""A call that is over sooner is not watched: a task for each would cost more than what it could save."""


class UntilDisconnect:
    """Run a block of code for as long as the client stays.

    When the client closes the connection, the block is cancelled (so that the upstream call is, too) and `ClientGone`
    comes out of it. A cancellation from elsewhere, such as shut-down, goes through as it is. Enter it only after the
    request's body has been read, since both read from the same channel.
    """

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._left = False
        self._watch: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._block = asyncio.current_task()
        self._later = asyncio.get_running_loop().call_later(_UNWATCHED_S, self._begin)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        self._later.cancel()
        if self._watch is not None:
            self._watch.cancel()
        if self._left and kind is asyncio.CancelledError and self._block and self._block.uncancel() == 0:
            raise ClientGone from exc

    def _begin(self) -> None:
        self._watch = asyncio.create_task(self._wait())

    async def _wait(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._left = True
        if self._block:
            self._block.cancel()
