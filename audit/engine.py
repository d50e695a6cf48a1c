"""Addresses of stores, and SQLAlchemy engines for everything off the hot path."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from audit.errors import StoreUnavailable, StoreUnreadable

SQLITE = "sqlite"
POSTGRES = "postgresql"
BUSY_SECONDS = 5  # how long a statement waits for another process's lock on a SQLite file
CONNECT_SECONDS = 3
DRIVER_MISSING = "Postgres needs its driver: install `airlock-gateway[postgres]`"


def parse_url(text: str) -> URL:
    """Read a store's address: `sqlite:///PATH` or `postgresql://user@host/database` (with or without `+psycopg`).

    Raises:
        StoreUnreadable: It is neither.
    """
    try:
        url = make_url(text)
    except ArgumentError as exc:
        raise StoreUnreadable("the store's address is not a URL such as sqlite:///PATH or postgresql://...") from exc
    kind = url.get_backend_name()
    if kind == SQLITE and url.database and url.database != ":memory:":
        return url
    if kind == POSTGRES:
        return url.set(drivername="postgresql+psycopg")
    raise StoreUnreadable(f"a store is a SQLite file or a Postgres database, not {url.drivername}")


def make_engine(text: str) -> Engine:
    """Make an engine without a pool. Nothing is opened yet, and no file is made by reading.

    Raises:
        StoreUnreadable: The address is no store's, or the Postgres driver is not installed.
    """
    url = parse_url(text)
    if url.get_backend_name() == SQLITE:
        return _sqlite_engine(Path(str(url.database)))
    try:
        return create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": CONNECT_SECONDS})
    except (ImportError, NoSuchModuleError) as exc:
        raise StoreUnreadable(DRIVER_MISSING) from exc


@contextmanager
def reading(text: str) -> Iterator[Engine]:
    """Give an engine to read from; the database's own errors inside become ours.

    Raises:
        StoreUnreadable: There is no such file, or it has not the tables of a log.
        StoreUnavailable: The database can't be reached.
    """
    url = parse_url(text)
    if url.get_backend_name() == SQLITE and not Path(str(url.database)).is_file():
        raise StoreUnreadable(f"there is no store at {url.database}")
    engine = make_engine(text)
    try:
        yield engine
    except DBAPIError as exc:
        raise translate(exc) from exc
    finally:
        engine.dispose()


def translate(error: DBAPIError) -> StoreUnavailable | StoreUnreadable:
    """Turn a driver's error into ours. The message is the error's kind, never a statement or its values."""
    detail = str(error.orig)
    if "no such table" in detail or type(error.orig).__name__ == "UndefinedTable":
        return StoreUnreadable("the database has no log in it; `airlock serve` sets it up")
    if "not a database" in detail or "malformed" in detail:
        return StoreUnreadable("the file is damaged or is no SQLite database")
    return StoreUnavailable(f"the database could not do it ({type(error.orig).__name__})")


# Text that somebody damaged must still be read, byte for byte, for its hash to tell.
_decode = partial(str, encoding="utf-8", errors="surrogateescape")


def _sqlite_engine(path: Path) -> Engine:
    def connect() -> sqlite3.Connection:
        # mode=rw: a file that is missing is an error, not an empty store.
        address = f"file:{quote(str(path))}?mode=rw"
        connection = sqlite3.connect(
            address, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, uri=True
        )
        connection.text_factory = _decode
        connection.execute("PRAGMA foreign_keys = ON")  # SQLite's default is for the files of 2009
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        # The driver's own transactions begin too late for DDL and for a stable view; SQLAlchemy's begin here.
        immediate = connection.get_execution_options().get("immediate", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine
