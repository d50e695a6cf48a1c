"""Records into SQLite: one statement a batch, so that the interpreter's lock is given away once, not once a row."""

import sqlite3
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from audit.record import COLUMNS, Row
from audit.sqlite_file import connect, interrupt, unavailable
from audit.sqlite_log import SqliteLog
from audit.store import LogStore, RecordWriter


class SqliteStore:
    """A SQLite file. Its connections within this process take turns at writing instead of polling for the lock."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._turn = threading.Lock()

    def writer(self) -> RecordWriter:
        """Give a writer."""
        return SqliteWriter(self._path, self._turn)

    def log(self) -> LogStore:
        """Give a sequencer's connection."""
        return SqliteLog(self._path, self._turn)


class SqliteWriter:
    """Inserts records."""

    def __init__(self, path: Path, turn: threading.Lock) -> None:
        self._path = path
        self._turn = turn
        self._connection: sqlite3.Connection | None = None

    def write(self, rows: Sequence[Row]) -> frozenset[str]:
        """Insert all rows in one commit."""
        values = [value for row in rows for value in row]
        try:
            with self._turn:
                connection = self._connected()
                written = connection.execute(_insert(len(rows)), values).rowcount
                return frozenset() if written == len(rows) else _taken(connection, rows)
        except sqlite3.Error as exc:
            self.close()
            raise unavailable(exc) from exc

    def ping(self) -> None:
        """Take the write lock and give it back."""
        try:
            with self._turn:
                self._connected().executescript("BEGIN IMMEDIATE; ROLLBACK")
        except sqlite3.Error as exc:
            self.close()
            raise unavailable(exc) from exc

    def abort(self) -> None:
        """Interrupt a statement that waits for the lock of another process."""
        interrupt(self._connection)

    def close(self) -> None:
        """Close the connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _connected(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = connect(self._path)
        return self._connection


@lru_cache(maxsize=512)
def _insert(rows: int) -> str:
    one = f"({','.join('?' * len(COLUMNS))})"
    columns = ",".join(COLUMNS)
    return f"INSERT INTO record ({columns}) VALUES {','.join([one] * rows)}"  # noqa: S608 - only names and marks


def _taken(connection: sqlite3.Connection, rows: Sequence[Row]) -> frozenset[str]:
    # The table's trigger keeps the first row of an id; here is found out whether that was this very row.
    find = "SELECT 1 FROM record WHERE id = ? AND canonical = ?"
    return frozenset(row[0] for row in rows if connection.execute(find, (row[0], row[-1])).fetchone() is None)
