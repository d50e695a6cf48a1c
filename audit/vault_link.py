"""The vault's one connection, in a thread of its own, with one more try after a database was restarted."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from audit import engine
from audit.errors import KeyGone, StoreUnavailable

_T = TypeVar("_T")


class VaultLink:
    """Runs work on the store, each in a transaction. The store's tables must be there (`Ledger.start` makes them).

    `limit_s` is how long a caller waits before the vault counts as away.
    """

    def __init__(self, url: str, *, limit_s: float = 5.0) -> None:
        self._engine = engine.make_engine(url)
        self._limit_s = limit_s
        self._connection: Connection | None = None
        self._pool = ThreadPoolExecutor(1, "airlock-vault")

    async def run(self, work: Callable[[Connection], _T]) -> _T:
        """Do it, all or nothing; it may be done twice, when the connection broke. Durable when this returns.

        Raises:
            KeyGone: It names a key of the vault that is not there any more.
            StoreUnavailable: It could not be done, or not in time.
            StoreUnreadable: The store is none of ours.
        """
        try:
            async with asyncio.timeout(self._limit_s):
                return await asyncio.get_running_loop().run_in_executor(self._pool, self._do, work)
        except TimeoutError as exc:
            raise StoreUnavailable(f"the vault did not answer within {self._limit_s:g} s") from exc

    async def close(self) -> None:
        """Close the connection once the work that was begun is done."""
        await asyncio.to_thread(self._pool.shutdown)
        self._drop()
        self._engine.dispose()

    def _do(self, work: Callable[[Connection], _T]) -> _T:
        try:
            return self._once(work)
        except IntegrityError as exc:
            raise KeyGone("the key of the vault is not there any more") from exc
        except DBAPIError as exc:
            self._drop()
            if not exc.connection_invalidated:
                raise engine.translate(exc) from exc
        try:
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
