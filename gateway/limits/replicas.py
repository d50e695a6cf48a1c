"""Counters in Redis: all replicas share one limit, each step is one script, and the clock is Redis's own."""

import asyncio
import logging
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from importlib.resources import files
from typing import Any, Final, NamedTuple

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from gateway.limits.claim import UNDER_WAY, Answer, Claim, Level, StoreAway

_log = logging.getLogger(__name__)
_CONNECTIONS: Final = 64
_TICKET_MS: Final = 600_000  # longer than Redis may be away, so that what a call did not use still goes back
_VOID_MS: Final = 60_000
_OWED: Final = 10_000  # settlements that are kept while Redis is away
_AGAIN_S: Final = 1.0
_FAREWELL_S: Final = 2.0
_AWAY: Final = (RedisError, OSError, TimeoutError)


class _Settlement(NamedTuple):
    ticket: str
    claims: Sequence[Claim]
    used: Sequence[int]
    is_void: bool = False


class RedisStore:
    """Counts for all replicas that name the same Redis and `prefix`. Make it inside the running event loop.

    Args:
        url: `redis://`, `rediss://` (TLS) or `unix://`; it may hold a password, so it is never logged.
        timeout_s: How long one answer is waited for.
        lease_s: A place among the calls under way is given to others when its replica has not renewed it for so long.
        prefix: What the names of all keys begin with.
    """

    def __init__(self, url: str, *, timeout_s: float = 0.25, lease_s: float = 30, prefix: str = "airlock") -> None:
        self._timeout_s = timeout_s
        self._lease_ms = int(lease_s * 1000)
        self._prefix = f"{prefix}:limits:"
        pool = BlockingConnectionPool.from_url(
            url,
            max_connections=_CONNECTIONS,
            timeout=timeout_s,
            socket_timeout=timeout_s,
            socket_connect_timeout=timeout_s,
            retry=Retry(NoBackoff(), 1),  # a connection that Redis closed while it was idle; each script may run twice
        )
        self._redis = Redis(connection_pool=pool)
        self._scripts = {name: self._redis.register_script(_lua(name)) for name in ("reserve", "settle", "renew")}
        self._under_way: dict[str, Sequence[Claim]] = {}
        self._owed: deque[_Settlement] = deque(maxlen=_OWED)
        self._settling: dict[str, asyncio.Task[None]] = {}
        self._keeper = asyncio.create_task(self._keep())

    async def reserve(self, ticket: str, claims: Sequence[Claim]) -> Answer:
        """See `gateway.limits.claim.Store`."""
        keys = [self._ticket(ticket, claims), *self._counters(claims)]
        numbers = [_TICKET_MS, self._lease_ms]
        for bound, amount in claims:
            numbers += (bound.limit, amount, *bound.window)
        try:
            granted, now_ms, *levels = await self._run("reserve", keys, numbers)
        except BaseException as exc:
            # It may have arrived all the same: what it took is given back, now or when Redis is back.
            self._start(_Settlement(ticket, claims, [0] * len(claims), is_void=True))
            if isinstance(exc, _AWAY):
                raise StoreAway("the shared limits can't be read") from exc
            raise
        if granted:
            self._under_way[ticket] = claims
        stands = (Level(*level) for level in zip(claims, levels[::2], levels[1::2], strict=True))
        return Answer(bool(granted), now_ms, tuple(stands))

    def settle(self, ticket: str, claims: Sequence[Claim], used: Sequence[int]) -> None:
        """See `gateway.limits.claim.Store`. While Redis is away what is to be settled is kept and tried again."""
        self._under_way.pop(ticket, None)
        self._start(_Settlement(ticket, claims, used))

    async def written(self, ticket: str) -> None:
        """See `gateway.limits.claim.Store`."""
        if (task := self._settling.get(ticket)) is not None:
            await asyncio.wait((task,))

    async def fault(self) -> str:
        """See `gateway.limits.claim.Store`."""
        try:
            async with asyncio.timeout(self._timeout_s):
                await self._redis.ping()
        except _AWAY:
            return "the shared limits can't be read"
        return ""

    async def close(self) -> None:
        """Settle what is owed, if Redis answers, and close the connections."""
        self._keeper.cancel()
        with suppress(TimeoutError):
            async with asyncio.timeout(_FAREWELL_S):
                await asyncio.gather(*self._settling.values(), return_exceptions=True)
                await self._pay()
        await self._redis.aclose()
        await self._redis.connection_pool.disconnect()

    async def _run(self, script: str, keys: Sequence[str], numbers: Sequence[int]) -> Any:
        async with asyncio.timeout(self._timeout_s):
            return await self._scripts[script](keys=keys, args=numbers)

    def _ticket(self, ticket: str, claims: Sequence[Claim]) -> str:
        tenant, brace, _ = claims[0].bound.key.partition("}")
        return f"{self._prefix}{tenant}{brace}:call:{ticket}"

    def _counters(self, claims: Sequence[Claim]) -> list[str]:
        return [self._prefix + claim.bound.key for claim in claims]

    def _start(self, due: _Settlement) -> None:
        task = self._settling[due.ticket] = asyncio.create_task(self._settle(due))
        task.add_done_callback(lambda done: self._settled(due.ticket, done))

    def _settled(self, ticket: str, task: asyncio.Task[None]) -> None:
        if self._settling.get(ticket) is task:
            del self._settling[ticket]

    async def _settle(self, due: _Settlement) -> None:
        try:
            await self._write(due)
        except _AWAY:
            if len(self._owed) == _OWED:
                _log.error("Redis is away; a call's unused quota is not given back")
            self._owed.append(due)

    async def _write(self, due: _Settlement) -> None:
        numbers = [_VOID_MS if due.is_void else 0]
        for (bound, taken), used in zip(due.claims, due.used, strict=True):
            numbers += (taken, used, *bound.window)
        await self._run("settle", [self._ticket(due.ticket, due.claims), *self._counters(due.claims)], numbers)

    async def _pay(self) -> None:
        """Settle what is owed, oldest first, until Redis does not answer."""
        with suppress(*_AWAY):
            while self._owed:
                await self._write(self._owed[0])
                self._owed.popleft()

    async def _keep(self) -> None:
        """Renew the places of calls under way, and settle what could not be settled."""
        every_s = min(_AGAIN_S, self._lease_ms / 3000)
        loop = asyncio.get_running_loop()
        renew_at = 0.0
        while True:
            await asyncio.sleep(every_s)
            await self._pay()
            if loop.time() >= renew_at:
                renew_at = loop.time() + self._lease_ms / 3000
                await self._renew()

    async def _renew(self) -> None:
        lives = [_TICKET_MS, self._lease_ms]
        for ticket, claims in list(self._under_way.items()):
            places = [claim for claim in claims if claim.bound.window is UNDER_WAY]
            try:
                await self._run("renew", [self._ticket(ticket, claims), *self._counters(places)], lives)
            except _AWAY:
                return


def _lua(name: str) -> str:
    return files("gateway.limits").joinpath(f"{name}.lua").read_text()
