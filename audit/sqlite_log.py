"""The sequencer's side of SQLite.

Who may number is decided by an exclusive lock on a small file beside the database, which the system frees when a
process dies however it dies; the epoch in the database fences off whoever lost that lock without noticing.
"""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from audit.errors import StoreFault
from audit.sqlite_file import connect, interrupt, prepare_file, unavailable
from audit.store import Batch

LOCK_SUFFIX = ".sequencer"
_FENCE = "SELECT epoch FROM sequencer WHERE id = 1"
_TAKE_OVER = "UPDATE sequencer SET epoch = epoch + 1 WHERE id = 1 RETURNING epoch"
_PENDING = """SELECT p.record_id, r.canonical FROM pending p JOIN record r ON r.id = p.record_id
              ORDER BY p.record_id LIMIT ?"""
_CHECKPOINT = "INSERT INTO checkpoint (size, t_ms, note) VALUES (?, ?, ?)"
_CHUNK = 5_000  # parameters a statement; SQLite allows 32,766
_STATEMENTS = 8  # kept: one that adds a batch is as long as the batch, takes 100 kB and hardly ever comes again


class SqliteLog:
    """One process's hold on the log."""

    def __init__(self, path: Path, turn: threading.Lock) -> None:
        self._path = path
        self._turn = turn
        self._connection: sqlite3.Connection | None = None
        self._lock: sqlite3.Connection | None = None

    def acquire(self) -> int | None:
        """Lock the file beside the database and raise the epoch."""
        if self._lock is None and not self._try_lock():
            return None
        with self._turn, self._guarded() as connection:
            return int(connection.execute(_TAKE_OVER).fetchone()[0])

    def last_note(self) -> str | None:
        """Give the newest checkpoint's note."""
        with self._guarded() as connection:
            row = connection.execute("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1").fetchone()
        return None if row is None else str(row[0])

    def pending(self, limit: int) -> list[tuple[str, str]]:
        """Give the oldest records without a number."""
        with self._guarded() as connection:
            return connection.execute(_PENDING, (limit,)).fetchall()

    def hashes(self, level: int, start: int, count: int) -> list[bytes]:
        """Read stored hashes."""
        span = (start, start + count)
        with self._guarded() as connection:
            if level == 0:
                query = "SELECT hash FROM leaf WHERE number >= ? AND number < ? ORDER BY number"
                return [row[0] for row in connection.execute(query, span)]
            query = "SELECT hash FROM node WHERE level = ? AND number >= ? AND number < ? ORDER BY number"
            return [row[0] for row in connection.execute(query, (level, *span))]

    def commit(self, epoch: int, batch: Batch) -> bool:
        """Add a batch in one transaction."""
        with self._turn, self._guarded() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                if connection.execute(_FENCE).fetchone()[0] != epoch:
                    connection.execute("ROLLBACK")
                    return False
                _add(connection, batch)
                connection.execute("COMMIT")
            except sqlite3.Error:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        return True

    def tidy(self) -> None:
        """Move the write-ahead log into the file here, where no call waits for it."""
        with self._guarded() as connection:
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def abort(self) -> None:
        """Interrupt a statement that waits for another process's lock."""
        interrupt(self._connection)

    def close(self) -> None:
        """Close the connection and free the lock."""
        for connection in (self._connection, self._lock):
            if connection is not None:
                connection.close()
        self._connection = self._lock = None

    def _try_lock(self) -> bool:
        path = self._path.with_name(self._path.name + LOCK_SUFFIX)
        prepare_file(path)
        try:
            lock = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.Error:
                lock.close()
                raise
        except sqlite3.OperationalError as exc:
            if exc.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                return False
            raise unavailable(exc) from exc
        self._lock = lock
        return True

    @contextmanager
    def _guarded(self) -> Iterator[sqlite3.Connection]:
        try:
            if self._connection is None:
                self._connection = connect(self._path, statements=_STATEMENTS)
            yield self._connection
        except sqlite3.Error as exc:
            self._drop()
            raise unavailable(exc) from exc
        except StoreFault:
            self._drop()
            raise

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def _add(connection: sqlite3.Connection, batch: Batch) -> None:
    _insert(connection, "INSERT INTO leaf (number, record_id, hash) VALUES ", batch.leaves, 3)
    _insert(connection, "INSERT INTO node (level, number, hash) VALUES ", batch.nodes, 3)
    connection.execute(_CHECKPOINT, (batch.size, batch.t_ms, batch.note))
    ids = [leaf.record_id for leaf in batch.leaves]
    for start in range(0, len(ids), _CHUNK):
        part = ids[start : start + _CHUNK]
        connection.execute(f"DELETE FROM pending WHERE record_id IN ({','.join('?' * len(part))})", part)  # noqa: S608


def _insert(connection: sqlite3.Connection, head: str, rows: Sequence[tuple[object, ...]], width: int) -> None:
    # Many rows a statement: a statement a row would hand the interpreter's lock over as often, with the file locked.
    one = f"({','.join('?' * width)})"
    for start in range(0, len(rows), _CHUNK // width):
        part = rows[start : start + _CHUNK // width]
        connection.execute(head + ",".join([one] * len(part)), [value for row in part for value in row])
