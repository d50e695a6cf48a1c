"""Records into Postgres: one round trip a batch."""

from collections.abc import Sequence

from audit.errors import StoreUnavailable
from audit.postgres_link import Link
from audit.postgres_log import PostgresLog
from audit.record import COLUMNS, Row
from audit.store import LogStore, RecordWriter

_SPLIT = "string_to_array(%s, chr(31), '')"
_KINDS = ("text", "text", "text", "text", "bigint", "text", "text", "text")
_INSERT = (
    f"INSERT INTO record ({','.join(COLUMNS)}) "  # noqa: S608 - only names of columns and types
    f"SELECT * FROM unnest({','.join(f'{_SPLIT}::{kind}[]' for kind in _KINDS)}) ON CONFLICT (id) DO NOTHING"
)
_TAKEN = (
    "SELECT id FROM record JOIN unnest(%s::text[], %s::text[]) AS sent (id, text) USING (id) WHERE canonical <> text"
)
_READ_ONLY = "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean"


class PostgresStore:
    """A Postgres database, by its libpq address."""

    def __init__(self, address: str) -> None:
        self._address = address

    def writer(self) -> RecordWriter:
        """Give a writer."""
        return PostgresWriter(Link(self._address))

    def log(self) -> LogStore:
        """Give a sequencer's connection."""
        return PostgresLog(Link(self._address))


def columns(rows: Sequence[Row]) -> list[str]:
    """Join each column by the unit separator: the driver spells a row as arrays in 70 us, the server splits it in 1 us.

    The separator can't occur: names are printable and JSON escapes control characters. Nothing stands for NULL.
    """
    return ["\x1f".join("" if value is None else str(value) for value in column) for column in zip(*rows, strict=True)]


class PostgresWriter:
    """Inserts records."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def write(self, rows: Sequence[Row]) -> frozenset[str]:
        """Insert all rows in one commit."""
        with self._link() as connection:
            written = connection.execute(_INSERT, columns(rows)).rowcount
            if written == len(rows):
                return frozenset()
            found = connection.execute(_TAKEN, ([row[0] for row in rows], [row[-1] for row in rows]))
            return frozenset(str(row[0]) for row in found)

    def ping(self) -> None:
        """Ask the server whether it takes writes."""
        with self._link() as connection:
            row = connection.execute(_READ_ONLY).fetchone()
        if row is None or row[0]:
            raise StoreUnavailable("Postgres: the server is read-only")

    def abort(self) -> None:
        """Shut the socket under a call that does not come back."""
        self._link.abort()

    def close(self) -> None:
        """Close the connection."""
        self._link.close()
