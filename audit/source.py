"""Where a verification, an export or a proof reads from: a database in one stable view."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, Protocol, cast

from sqlalchemy import Connection, text

from audit import engine
from audit.engine import POSTGRES
from audit.record import COLUMNS
from audit.record import Row as Columns
from audit.verdict import Fault

_ROWS = 1_000  # rows fetched at a time
_RECORD = ", ".join(f"r.{name}" for name in COLUMNS)
_ENTRIES = f"""SELECT l.number, l.record_id, l.hash, {_RECORD} FROM leaf l LEFT JOIN record r ON r.id = l.record_id
               ORDER BY l.number"""  # noqa: S608 - only column names
_UNNUMBERED = f"""SELECT p.record_id, {_RECORD} FROM record r LEFT JOIN leaf l ON l.record_id = r.id
                  LEFT JOIN pending p ON p.record_id = r.id WHERE l.record_id IS NULL"""  # noqa: S608 - as above
_NOTES = "SELECT size, note FROM checkpoint ORDER BY size"
_LEAF_HASHES = "SELECT hash FROM leaf WHERE number >= :start AND number < :end ORDER BY number"
_NODE_HASHES = "SELECT hash FROM node WHERE level = :level AND number >= :start AND number < :end ORDER BY number"


class Entry(NamedTuple):
    """A leaf and what is stored under it. `text` is None when the record is not there, `columns` when unknown."""

    number: int
    record_id: str
    hash: bytes
    text: str | None
    columns: Columns | None


class Unnumbered(NamedTuple):
    """A record without a leaf; `queued` says whether it waits for one."""

    columns: Columns
    queued: bool


class Source(Protocol):
    """What can be verified. All iterators are lazy; `complaints` grows while they are used."""

    complaints: list[Fault]

    def entries(self) -> Iterator[Entry]:
        """Give the leaves by number."""

    def notes(self) -> Iterator[tuple[int, str]]:
        """Give the signed checkpoints with the size that they are filed under, by that size."""

    def unnumbered(self) -> Iterator[Unnumbered]:
        """Give the records without a leaf."""

    def hashes(self, level: int, start: int, count: int) -> list[bytes] | None:
        """Give stored hashes, as `audit.tiles.HashReader`; None when this source keeps none."""


class DatabaseSource:
    """A store's content as of one moment. Use `open_source`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.complaints: list[Fault] = []

    def entries(self) -> Iterator[Entry]:
        """Give the leaves by number."""
        for row in self._stream(_ENTRIES):
            number, record_id, digest, *columns = row
            if columns[0] is None:
                yield Entry(number, record_id, _bytes(digest), None, None)
            else:
                yield Entry(number, record_id, _bytes(digest), _text(columns[-1]), cast("Columns", tuple(columns)))

    def notes(self) -> Iterator[tuple[int, str]]:
        """Give the signed checkpoints."""
        for row in self._stream(_NOTES):
            yield int(row[0]), str(row[1])

    def unnumbered(self) -> Iterator[Unnumbered]:
        """Give the records without a leaf."""
        for row in self._stream(_UNNUMBERED):
            queued_id, *columns = row
            yield Unnumbered(cast("Columns", tuple(columns)), queued_id is not None)

    def hashes(self, level: int, start: int, count: int) -> list[bytes]:
        """Give stored hashes."""
        span = {"start": start, "end": start + count}
        if level == 0:
            rows = self._connection.execute(text(_LEAF_HASHES), span)
        else:
            rows = self._connection.execute(text(_NODE_HASHES), {"level": level, **span})
        return [bytes(row[0]) for row in rows]

    def _stream(self, query: str) -> Iterator[Any]:
        options = {"yield_per": _ROWS}
        yield from self._connection.execute(text(query), execution_options=options)


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else b""  # a damaged file may hold anything, which no hash will fit


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


@contextmanager
def open_source(url: str) -> Iterator[DatabaseSource]:
    """Open a store for reading; everything is read as of one moment, whatever is written meanwhile.

    Raises:
        StoreUnreadable: There is no log at this address.
        StoreUnavailable: The database can't be reached.
    """
    with engine.reading(url) as database, stable(database.connect()) as connection:
        yield DatabaseSource(connection)


@contextmanager
def stable(connection: Connection) -> Iterator[Connection]:
    """Hold one view of the database until the end."""
    with connection:
        if connection.dialect.name == POSTGRES:
            connection = connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True, stream_results=True
            )
        with connection.begin():
            yield connection
