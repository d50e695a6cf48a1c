"""Enter a record beside the change that it is about, in one transaction: no change without its record."""

from sqlalchemy import Connection, insert

from audit.record import COLUMNS, Record
from audit.tables import RecordRow


def enter(connection: Connection, record: Record) -> None:
    """Write a record down; it is durable with the transaction, and numbered by the next round of the sequencer.

    Raises:
        RecordRefused: A field is not exact, is empty, or the whole is too long.
    """
    connection.execute(insert(RecordRow).values(dict(zip(COLUMNS, record.row(), strict=True))))
