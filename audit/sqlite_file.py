"""A SQLite file that keeps what it was given."""

import errno
import os
import sqlite3
import time
from contextlib import suppress
from pathlib import Path

from audit.errors import StoreUnavailable

_PRIMARY_CODE = 0xFF  # the rest of an error's code says more exactly what was busy
_PAUSE_S = 0.005
BUSY_SECONDS = 2  # how long a write waits for another process, which needs some milliseconds
_PAGE_BYTES = 2048  # of a new file: a commit writes whole pages, and a lone one touches a handful, each for a few bytes
_WAL_PAGES = 20_000  # 40 MB: a bound should the sequencer, which moves the WAL into the file, not run


def prepare_file(path: Path) -> None:
    """Make a SQLite file and its folder if they are missing, for their owner only.

    A file that is there is not opened: closing it would free the locks that this process' connections to it hold, and
    the next process to close the file would delete the write-ahead log under them (https://sqlite.org/howtocorrupt.html,
    section 2.2).

    Raises:
        StoreUnavailable: They can't be made.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        if not os.access(path, os.R_OK | os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as exc:
        raise StoreUnavailable(f"{path} can't be opened for writing: {exc.strerror}") from exc


def connect(path: Path, *, statements: int = 128) -> sqlite3.Connection:
    """Open a file for durable writing: write-ahead log, synced at every commit.

    `statements` is how many prepared ones are kept for when they come again.

    Raises:
        StoreUnavailable: It can't be opened.
    """
    prepare_file(path)
    try:
        connection = sqlite3.connect(
            path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=statements
        )
        try:
            _use_write_ahead_log(connection)
            for pragma in ("synchronous = FULL", f"wal_autocheckpoint = {_WAL_PAGES}"):
                connection.execute(f"PRAGMA {pragma}").fetchall()
        except sqlite3.Error:
            connection.close()
            raise
    except sqlite3.Error as exc:
        raise unavailable(exc) from exc
    return connection


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Switch the file over, if it is not yet. SQLite does not wait by itself for others who open the file meanwhile."""
    deadline = time.monotonic() + BUSY_SECONDS
    connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")  # heeded where there is no page yet
    while True:
        try:
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                connection.execute("PRAGMA journal_mode = WAL").fetchall()
        except sqlite3.OperationalError as exc:
            if exc.sqlite_errorcode & _PRIMARY_CODE != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE_S)
        else:
            return


def unavailable(error: sqlite3.Error) -> StoreUnavailable:
    """Turn SQLite's error into ours; its own text names conditions and tables, never values."""
    return StoreUnavailable(f"SQLite: {error}")


def interrupt(connection: sqlite3.Connection | None) -> None:
    """Interrupt a statement from another thread; its connection may be closing just now."""
    if connection is not None:
        with suppress(sqlite3.ProgrammingError):
            connection.interrupt()
