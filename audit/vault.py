"""Sealed blobs by tenant and name, each with a time to live. What is in them only their owner can read.

They hold what must be there again when a provider is asked to go on from state of its own. Unlike the log's tables this
one is changed: a blob is replaced, forgotten on request, and swept away when its time is over.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from sqlalchemy import Connection, delete, select, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlmodel import col

from audit import engine
from audit.errors import AuditError, StoreUnavailable
from audit.record import now_ms
from audit.tables import VaultRow

SWEEP_S = 3_600.0
"""Between two sweeps of what has expired. Nothing expired is ever read, swept or not."""

_T = TypeVar("_T")
_KEEP = text(
    "INSERT INTO vault (tenant, name, sealed, expires_ms) VALUES (:tenant, :name, :sealed, :expires_ms) "
    "ON CONFLICT (tenant, name) DO UPDATE SET sealed = excluded.sealed, expires_ms = excluded.expires_ms"
)


class Vault:
    """One connection, used by a thread of its own. The store's tables must be there (`Ledger.start` makes them).

    `limit_s` is how long a caller waits before the vault counts as away. Every method raises StoreUnavailable then, and
    StoreUnreadable when the store is none of ours.
    """

    def __init__(self, url: str, *, limit_s: float = 5.0) -> None:
        self._engine = engine.make_engine(url)
        self._limit_s = limit_s
        self._connection: Connection | None = None
        self._pool = ThreadPoolExecutor(1, "airlock-vault")

    async def keep(self, tenant: str, sealed: Sequence[tuple[str, bytes]], expires_ms: int) -> None:
        """Keep blobs under their names, all or none, in place of those that were there. Durable when this returns."""
        rows = [{"tenant": tenant, "name": name, "sealed": blob, "expires_ms": expires_ms} for name, blob in sealed]

        def write(connection: Connection) -> None:
            connection.execute(_KEEP, rows)

        if rows:
            await self._run(write)

    async def read(self, tenant: str, name: str) -> bytes | None:
        """Give the blob of this tenant under this name; None if there is none, or its time is over."""

        def find(connection: Connection) -> bytes | None:
            query = select(col(VaultRow.sealed)).where(
                col(VaultRow.tenant) == tenant, col(VaultRow.name) == name, col(VaultRow.expires_ms) > now_ms()
            )
            found = connection.execute(query).scalar_one_or_none()
            return None if found is None else bytes(found)

        return await self._run(find)

    async def delete(self, tenant: str, name: str) -> None:
        """Forget a blob, if it is there."""
        gone = delete(VaultRow).where(col(VaultRow.tenant) == tenant, col(VaultRow.name) == name)

        def drop(connection: Connection) -> None:
            connection.execute(gone)

        await self._run(drop)

    async def purge(self) -> int:
        """Sweep away all that has expired, and give how many blobs that were."""
        return await self._run(
            lambda connection: connection.execute(delete(VaultRow).where(col(VaultRow.expires_ms) <= now_ms())).rowcount
        )

    async def keep_swept(self) -> None:
        """Sweep now and by the hour until cancelled. While the store is away, the next sweep has more to do."""
        while True:
            with suppress(AuditError):
                await self.purge()
            await asyncio.sleep(SWEEP_S)

    async def close(self) -> None:
        """Close the connection once the work that was begun is done."""
        await asyncio.to_thread(self._pool.shutdown)
        self._drop()
        self._engine.dispose()

    async def _run(self, work: Callable[[Connection], _T]) -> _T:
        try:
            async with asyncio.timeout(self._limit_s):
                return await asyncio.get_running_loop().run_in_executor(self._pool, self._do, work)
        except TimeoutError as exc:
            raise StoreUnavailable(f"the vault did not answer within {self._limit_s:g} s") from exc

    def _do(self, work: Callable[[Connection], _T]) -> _T:
        try:
            return self._once(work)
        except DBAPIError as exc:
            self._drop()
            if not exc.connection_invalidated:
                raise engine.translate(exc) from exc
        try:  # a database that was restarted since the last call; all that is done here may be done twice
            return self._once(work)
        except DBAPIError as exc:
            self._drop()
            raise engine.translate(exc) from exc

    def _once(self, work: Callable[[Connection], _T]) -> _T:
        if self._connection is None:
            self._connection = self._engine.connect().execution_options(immediate=True)
        with self._connection.begin():
            return work(self._connection)

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(SQLAlchemyError):
                connection.invalidate()
                connection.close()
