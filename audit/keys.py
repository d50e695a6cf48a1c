"""API keys on the hot path: who is behind a secret, out of memory.

Only the SHA-256 of a secret is stored. That is enough here, and a slow password hash would add nothing: a secret has
256 random bits, so nobody can try them out, and a digest can't be turned back.
"""

import asyncio
import hashlib
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import orjson
from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import DBAPIError
from sqlmodel import col

from audit import engine
from audit.errors import KeysUnavailable
from audit.record import now_ms
from audit.tables import ApiKeyRow

REFRESH_S = 1.0  # a revocation anywhere bites within this and one query's time
SPACING_S = 0.1  # between two readings, however many unknown keys come in
STALE_S = 30.0  # how long the last reading serves while the store is away
RELOAD_S = 30.0  # a full reading, should somebody have changed a row by hand
_WAIT_S = 5.0
_START_S = 30.0  # nobody is waiting for an answer yet, and much else starts at the same time


@dataclass(frozen=True, slots=True)
class Key:
    """A valid key. `handle` is its public name; `expires_ms` is milliseconds since 1970, None for never."""

    handle: str
    tenant: str
    use_case: str
    roles: tuple[str, ...]
    expires_ms: int | None = None


def digest(secret: str) -> bytes:
    """Give what is stored of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


@dataclass(frozen=True, slots=True)
class _Snapshot:
    keys: Mapping[bytes, Key] = field(default_factory=dict)
    read_at: float = float("-inf")


class KeyCache:
    """All valid keys in memory, read again every second by a thread of its own.

    `find` is for the event loop that `start` was called on.
    """

    def __init__(self, url: str, *, refresh_s: float = REFRESH_S, stale_s: float = STALE_S) -> None:
        self._reader = _Reader(engine.make_engine(url))
        self._refresh_s = refresh_s
        self._stale_s = stale_s
        self._snapshot = _Snapshot()
        self._wake = threading.Event()
        self._closing = False
        self._asking: list[asyncio.Future[None]] = []
        self._loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._run, name="airlock-keys", daemon=True)

    @classmethod
    async def start(cls, url: str, *, refresh_s: float = REFRESH_S, stale_s: float = STALE_S) -> Self:
        """Read the keys once and keep them fresh. The store's tables must be there (`Ledger.start` makes them).

        Raises:
            KeysUnavailable: They can't be read.
            StoreUnreadable: The address is no store's.
        """
        cache = cls(url, refresh_s=refresh_s, stale_s=stale_s)
        cache._thread.start()
        try:
            await cache._refreshed(_START_S)
        except KeysUnavailable:
            await cache.close()
            raise
        return cache

    @property
    def healthy(self) -> bool:
        """Whether what is in memory is fresh enough to let anybody in."""
        return time.monotonic() - self._snapshot.read_at <= self._stale_s

    def lookup(self, secret: str) -> Key | None:
        """Give the key behind a secret as of the last reading; None: unknown, revoked or expired.

        Raises:
            KeysUnavailable: The last reading is older than `stale_s`.
        """
        snapshot = self._snapshot
        if time.monotonic() - snapshot.read_at > self._stale_s:
            raise KeysUnavailable(f"the API keys could not be read for {self._stale_s:g} s")
        key = snapshot.keys.get(digest(secret))
        if key is None or (key.expires_ms is not None and key.expires_ms <= now_ms()):
            return None
        return key

    async def find(self, secret: str) -> Key | None:
        """Give the key behind a secret; a secret that is unknown is looked for once more in a fresh reading.

        Readings are at least 0.1 s apart, and all who ask meanwhile share one.

        Raises:
            KeysUnavailable: The last reading is too old, or the secret is unknown and no fresh one could be had.
        """
        key = self.lookup(secret)
        if key is not None or not secret.startswith("ak_"):
            return key
        await self._refreshed()
        return self.lookup(secret)

    async def close(self) -> None:
        """Stop reading."""
        self._closing = True
        self._wake.set()
        await asyncio.to_thread(self._thread.join, _WAIT_S)

    async def _refreshed(self, wait_s: float = _WAIT_S) -> None:
        waiter: asyncio.Future[None] = self._loop.create_future()
        self._asking.append(waiter)
        self._wake.set()
        alarm = self._loop.call_later(wait_s, _fail, waiter, wait_s)
        try:
            await waiter
        finally:
            alarm.cancel()

    def _run(self) -> None:
        while not self._closing:
            self._wake.clear()
            # Who asks from here on has set the event again, so the reading after this one is theirs at the latest.
            asking, self._asking = self._asking, []
            self._answer(asking, read=self._read())
            time.sleep(min(SPACING_S, self._refresh_s))
            self._wake.wait(self._refresh_s)
        self._reader.close()
        self._answer(self._asking, read=False)

    def _read(self) -> bool:
        began = time.monotonic()
        try:
            keys = self._reader.read(began)
        except DBAPIError:
            return False
        self._snapshot = _Snapshot(keys, began)
        return True

    def _answer(self, asking: list[asyncio.Future[None]], *, read: bool) -> None:
        if asking:
            try:
                self._loop.call_soon_threadsafe(_settle, asking, read)
            except RuntimeError:
                return  # the loop is closed: nobody asks any more


class _Reader:
    """Reads the keys over one connection; all of them only when their counts have changed."""

    def __init__(self, database: Engine) -> None:
        self._engine = database
        self._connection: Connection | None = None
        self._seen: Any = None
        self._reload_at = 0.0
        self._keys: Mapping[bytes, Key] = {}

    def read(self, now: float) -> Mapping[bytes, Key]:
        """Give the valid keys by digest. Raises DBAPIError."""
        try:
            if self._connection is None:
                self._connection = self._engine.connect()
            with self._connection.begin():
                return self._changed(self._connection, now)
        except DBAPIError:
            self.close()
            raise

    def close(self) -> None:
        """Close the connection."""
        connection, self._connection = self._connection, None
        self._seen = None
        if connection is not None:
            connection.invalidate()
            connection.close()

    def _changed(self, connection: Connection, now: float) -> Mapping[bytes, Key]:
        counts = select(func.count(), func.count(col(ApiKeyRow.revoked_ms)), func.max(col(ApiKeyRow.created_ms)))
        seen = tuple(connection.execute(counts).one())
        if seen != self._seen or now >= self._reload_at:
            query = select(ApiKeyRow.__table__).where(col(ApiKeyRow.revoked_ms).is_(None))  # type: ignore[attr-defined]
            self._keys = {bytes(row.digest): _key(row) for row in connection.execute(query)}
            self._seen, self._reload_at = seen, now + RELOAD_S
        return self._keys


def _key(row: Any) -> Key:
    return Key(row.handle, row.tenant, row.use_case, tuple(orjson.loads(row.roles)), row.expires_ms)


def _settle(asking: list[asyncio.Future[None]], read: bool) -> None:
    for waiter in asking:
        if waiter.done():
            continue
        if read:
            waiter.set_result(None)
        else:
            waiter.set_exception(KeysUnavailable("the API keys can't be read"))


def _fail(waiter: asyncio.Future[None], wait_s: float) -> None:
    if not waiter.done():
        waiter.set_exception(KeysUnavailable(f"the API keys could not be read within {wait_s:g} s"))
