"""Ask a detector service at whichever of its addresses answers."""

import asyncio
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Self

from detectors.errors import Unavailable
from detectors.serving.address import Address
from detectors.serving.hedging import Way, first_answer
from detectors.serving.options import ServiceOptions
from detectors.serving.wire import ScreenReply, ScreenRequest, encode_request


class ServiceClient:
    """Belongs to the event loop that it was opened on; `versions` and `labels` may be read anywhere."""

    def __init__(self, options: ServiceOptions) -> None:
        self.versions: frozenset[str] = frozenset()
        self.labels: frozenset[str] = frozenset()
        self._options = options
        self._addresses = [Address(url, options) for url in options.addresses]
        self._turn = 0

    @classmethod
    async def open(cls, options: ServiceOptions) -> Self:
        """Make one inside the running event loop. Nothing is asked yet."""
        return cls(options)

    @property
    def fault(self) -> str:
        """Why no address answers, by the last of them; "" if one does, or none was asked."""
        faults = [address.fault for address in self._addresses if address.breaker.is_open]
        return faults[-1] if len(faults) == len(self._addresses) else ""

    async def ask(self, tenant: str, texts: Sequence[str]) -> ScreenReply:
        """Have texts read. The service is told how long its answer will be waited for.

        Raises:
            Unavailable: there was no answer.
        """
        request = ScreenRequest(texts, self._options.model, tenant, self._options.timeout_s)
        deadline = asyncio.get_running_loop().time() + request.seconds
        reply = await first_answer(self._ways(encode_request(request), texts, deadline), self._options.hedge_s)
        self._learn()
        return reply

    async def greet(self) -> None:
        """Ask every address who it is; one that keeps failing no more often than its breaker lets one through."""
        body = encode_request(ScreenRequest((), self._options.model))
        deadline = asyncio.get_running_loop().time() + self._options.timeout_s
        ready = [address for address in self._addresses if address.breaker.admits()]
        asked = await asyncio.gather(*(one.ask(body, (), deadline) for one in ready), return_exceptions=True)
        for outcome in asked:
            if isinstance(outcome, BaseException) and not isinstance(outcome, Unavailable):
                raise outcome
        self._learn()

    async def close(self) -> None:
        """Close all connections."""
        for address in self._addresses:
            await address.close()

    def _ways(self, body: bytes, texts: Sequence[str], deadline: float) -> Iterator[Way[ScreenReply]]:
        """Give the addresses that may be asked: those that have most room first, those that want to rest last."""
        self._turn += 1
        left = [*self._addresses[self._turn % len(self._addresses) :], *self._addresses]
        left = list(dict.fromkeys(left))
        while left:
            left.sort(key=lambda address: (address.rests, address.under_way))
            address = left.pop(0)
            if address.breaker.admits():
                yield partial(address.ask, body, texts, deadline)

    def _learn(self) -> None:
        known = [address for address in self._addresses if address.version]
        self.versions = frozenset(address.version for address in known)
        self.labels = frozenset().union(*(address.labels for address in known))
