"""Records for people: search, page through, show."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, select
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col

from audit import engine
from audit.errors import NotFound
from audit.record import COLUMNS
from audit.tables import LeafRow, RecordRow

MAX_PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Filter:
    """What to look for; None means all. `since_ms` is milliseconds since 1970, UTC."""

    tenant: str | None = None
    use_case: str | None = None
    type: str | None = None
    decision: str | None = None
    since_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """One record as stored. `index` is its place in the log, None while it has none."""

    id: str
    type: str
    tenant: str
    use_case: str
    t_ms: int
    opened_ref: str | None
    decision: str | None
    body: dict[str, Any]
    index: int | None

    def as_json(self) -> dict[str, Any]:
        """Give the record as a JSON object."""
        return {name: getattr(self, name) for name in self.__slots__}


def list_records(url: str, wanted: Filter, *, limit: int = 50, before: str | None = None) -> list[Listed]:
    """Give the newest records that fit, newest first.

    Args:
        url: The store.
        wanted: What to look for.
        limit: How many at most; 1,000 is the most.
        before: The id of the last record of the page before, to go on from there.

    Raises:
        StoreUnreadable, StoreUnavailable: The store can't be read.
    """
    with engine.reading(url) as database, database.connect() as connection:
        query = (
            _select()
            .where(*_conditions(wanted, before))
            .order_by(col(RecordRow.id).desc())
            .limit(max(1, min(limit, MAX_PAGE)))
        )
        return [_listed(row) for row in connection.execute(query)]


def show_record(url: str, record_id: str) -> list[Listed]:
    """Give a record, followed by the one that opened it or those that closed it.

    Raises:
        NotFound: There is no such record.
        StoreUnreadable, StoreUnavailable: The store can't be read.
    """
    with engine.reading(url) as database, database.connect() as connection:
        found = _where(connection, col(RecordRow.id) == record_id)
        if not found:
            raise NotFound(f"there is no record {record_id}")
        opened = found[0].opened_ref
        related = _where(connection, col(RecordRow.opened_ref) == record_id)
        return found + related + (_where(connection, col(RecordRow.id) == opened) if opened else [])


def _where(connection: Connection, condition: ColumnElement[bool]) -> list[Listed]:
    return [_listed(row) for row in connection.execute(_select().where(condition).order_by(col(RecordRow.id)))]


def _select() -> Any:
    columns = [col(getattr(RecordRow, name)) for name in COLUMNS]
    joined = col(LeafRow.record_id) == col(RecordRow.id)
    return select(*columns, col(LeafRow.number)).select_from(RecordRow).outerjoin(LeafRow, joined)


def _conditions(wanted: Filter, before: str | None) -> Iterator[ColumnElement[bool]]:
    for name in ("tenant", "use_case", "type", "decision"):
        value = getattr(wanted, name)
        if value is not None:
            yield col(getattr(RecordRow, name)) == value
    if wanted.since_ms is not None:
        yield col(RecordRow.t_ms) >= wanted.since_ms
        # Ids begin with their time: this bounds the walk down the primary key. An hour for clocks that differ.
        yield col(RecordRow.id) >= _id_floor(wanted.since_ms - 3_600_000)
    if before is not None:
        yield col(RecordRow.id) < before


def _id_floor(t_ms: int) -> str:
    digits = f"{max(t_ms, 0):012x}"
    return f"{digits[:8]}-{digits[8:]}"


def _listed(row: Any) -> Listed:
    try:
        body = orjson.loads(row[7])["body"]
    except (ValueError, KeyError, TypeError):
        body = {}  # a damaged record is still listed; `verify` names it
    record_id, kind, tenant, use_case, t_ms, opened_ref, decision = row[:7]
    content = body if isinstance(body, dict) else {}
    return Listed(record_id, kind, tenant, use_case, t_ms, opened_ref, decision, content, row[8])
