"""The sequencer's side of Postgres: a session's advisory lock elects, the epoch in the table fences."""

from collections.abc import Sequence

from audit.postgres_link import Link
from audit.store import Batch

_ELECT = "SELECT pg_try_advisory_lock(1095520071)"  # the bytes "ALOG"; the session holds it while it lives
_TAKE_OVER = "UPDATE sequencer SET epoch = epoch + 1 WHERE id = 1 RETURNING epoch"
_FENCE = "SELECT epoch FROM sequencer WHERE id = 1 FOR UPDATE"
_NEWEST = "SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1"
_PENDING = """SELECT p.record_id, r.canonical FROM pending p JOIN record r ON r.id = p.record_id
              ORDER BY p.record_id LIMIT %s"""
_LEAF_HASHES = "SELECT hash FROM leaf WHERE number >= %s AND number < %s ORDER BY number"
_NODE_HASHES = "SELECT hash FROM node WHERE level = %s AND number >= %s AND number < %s ORDER BY number"
_SPLIT = "string_to_array(%s, chr(31))"
_LEAVES = f"""INSERT INTO leaf (number, record_id, hash) SELECT number, id, decode(hash, 'hex')
              FROM unnest({_SPLIT}::bigint[], {_SPLIT}, {_SPLIT}) AS new (number, id, hash)"""  # noqa: S608 - constants
_NODES = f"""INSERT INTO node (level, number, hash) SELECT level, number, decode(hash, 'hex')
             FROM unnest({_SPLIT}::smallint[], {_SPLIT}::bigint[], {_SPLIT}) AS new (level, number, hash)"""  # noqa: S608
_CHECKPOINT = "INSERT INTO checkpoint (size, t_ms, note) VALUES (%s, %s, %s)"
_DEQUEUE = f"DELETE FROM pending WHERE record_id = ANY({_SPLIT})"  # noqa: S608 - a constant


_SEPARATOR = "\x1f"


class PostgresLog:
    """One process's hold on the log."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def acquire(self) -> int | None:
        """Take the session's lock and raise the epoch."""
        with self._link() as connection:
            held = connection.execute(_ELECT).fetchone()
            if held is None or not held[0]:
                return None
            row = connection.execute(_TAKE_OVER).fetchone()
            return None if row is None else int(row[0])

    def last_note(self) -> str | None:
        """Give the newest checkpoint's note."""
        with self._link() as connection:
            row = connection.execute(_NEWEST).fetchone()
        return None if row is None else str(row[0])

    def pending(self, limit: int) -> list[tuple[str, str]]:
        """Give the oldest records without a number."""
        with self._link() as connection:
            return [(str(row[0]), str(row[1])) for row in connection.execute(_PENDING, (limit,))]

    def hashes(self, level: int, start: int, count: int) -> list[bytes]:
        """Read stored hashes."""
        span = (start, start + count)
        with self._link() as connection:
            rows = connection.execute(_NODE_HASHES, (level, *span)) if level else connection.execute(_LEAF_HASHES, span)
            return [bytes(row[0]) for row in rows]

    def commit(self, epoch: int, batch: Batch) -> bool:
        """Add a batch in one transaction; the row lock on the epoch holds any other sequencer back meanwhile."""
        with self._link() as connection, connection.transaction():
            row = connection.execute(_FENCE).fetchone()
            if row is None or row[0] != epoch:
                return False
            connection.execute(_LEAVES, _columns(batch.leaves))
            if batch.nodes:
                connection.execute(_NODES, _columns(batch.nodes))
            connection.execute(_CHECKPOINT, (batch.size, batch.t_ms, batch.note))
            connection.execute(_DEQUEUE, (_SEPARATOR.join(leaf.record_id for leaf in batch.leaves),))
        return True

    def tidy(self) -> None:
        """Leave housekeeping to the server."""

    def abort(self) -> None:
        """Shut the socket under a call that does not come back."""
        self._link.abort()

    def close(self) -> None:
        """Close the session, which gives the lock back."""
        self._link.close()


def _columns(rows: Sequence[tuple[int, int | str, bytes]]) -> list[str]:
    # The driver spells arrays slowly, so each column is one string; see audit.postgres.columns.
    return [
        _SEPARATOR.join(value.hex() if isinstance(value, bytes) else str(value) for value in column)
        for column in zip(*rows, strict=True)
    ]
