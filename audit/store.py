"""What the hot path and the sequencer need of a database."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from audit.merkle import Node
from audit.record import Row


class Leaf(NamedTuple):
    """A numbered record."""

    number: int
    record_id: str
    hash: bytes


class Batch(NamedTuple):
    """What one round of numbering adds: leaves, full tiles' roots, and the signed checkpoint that covers them all."""

    leaves: Sequence[Leaf]
    nodes: Sequence[Node]
    size: int
    t_ms: int
    note: str


class RecordWriter(Protocol):
    """One connection that inserts records. For one thread, but `abort`, which any thread may call."""

    def write(self, rows: Sequence[Row]) -> frozenset[str]:
        """Insert all rows in one commit; they are durable when this returns.

        A row that is already there, byte for byte, is fine. The answer holds the ids that are taken by other content.

        Raises:
            StoreUnavailable: Nothing is known to be written. The next call opens a fresh connection.
        """

    def ping(self) -> None:
        """Find out whether records could be written now. Raises StoreUnavailable if not."""

    def abort(self) -> None:
        """Break a call that does not come back, as far as the driver allows."""

    def close(self) -> None:
        """Close the connection."""


class LogStore(Protocol):
    """The sequencer's connection. For one thread, but `abort`. Every method may raise StoreUnavailable."""

    def acquire(self) -> int | None:
        """Become the one active sequencer: give the new epoch, or None while another process is it."""

    def last_note(self) -> str | None:
        """Give the newest checkpoint's signed note."""

    def pending(self, limit: int) -> list[tuple[str, str]]:
        """Give (id, canonical JSON) of the oldest committed records without a number."""

    def hashes(self, level: int, start: int, count: int) -> list[bytes]:
        """Read stored hashes, as `audit.tiles.HashReader` says."""

    def commit(self, epoch: int, batch: Batch) -> bool:
        """Add a batch, whole or not at all, and take it off the queue. False: a newer epoch has begun, step down."""

    def tidy(self) -> None:
        """Do the database's housekeeping that would otherwise fall on the writer."""

    def abort(self) -> None:
        """Break a call that does not come back, as far as the driver allows."""

    def close(self) -> None:
        """Give the role back and close the connection."""


class Store(Protocol):
    """One database."""

    def writer(self) -> RecordWriter:
        """Give a writer; it connects when first used."""

    def log(self) -> LogStore:
        """Give a sequencer's connection; it connects when first used."""
