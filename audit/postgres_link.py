"""A Postgres connection that heals. This module needs the driver, which is an extra of the distribution."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from audit.engine import CONNECT_SECONDS, DRIVER_MISSING
from audit.errors import StoreUnavailable, StoreUnreadable

try:
    import psycopg
except ImportError as missing:
    raise StoreUnreadable(DRIVER_MISSING) from missing

STATEMENT_MS = 5_000  # the server gives a statement up after this


class Link:
    """One connection that is opened when needed and dropped at its first fault."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._connection: psycopg.Connection | None = None

    @property
    def connected(self) -> bool:
        """Whether the connection of the last call is still there."""
        return self._connection is not None

    @contextmanager
    def __call__(self) -> Iterator[psycopg.Connection]:
        """Lend the connection, in autocommit mode.

        Raises:
            StoreUnavailable: It can't be made, or broke, or the server refused the statement.
        """
        try:
            if self._connection is None:
                self._connection = self._connect()
            yield self._connection
        except psycopg.Error as exc:
            self.close()
            # The server's own message may quote a row; the condition's name never does.
            raise StoreUnavailable(f"Postgres: {type(exc).__name__}") from exc

    def abort(self) -> None:
        """Shut the socket under a call that does not come back: the driver then fails at once."""
        connection = self._connection
        if connection is None or connection.closed:
            return
        try:
            handle = socket.socket(fileno=os.dup(connection.fileno()))
        except (OSError, psycopg.Error):
            return  # it has just been closed by its own thread
        with handle:
            _shut(handle)

    def close(self) -> None:
        """Close the connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(
            self._address,
            autocommit=True,
            prepare_threshold=0,
            connect_timeout=CONNECT_SECONDS,
            application_name="airlock-ledger",
            options=f"-c statement_timeout={STATEMENT_MS} -c synchronous_commit=on",
            tcp_user_timeout=STATEMENT_MS,
        )


def _shut(handle: socket.socket) -> None:
    try:
        handle.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # already gone
