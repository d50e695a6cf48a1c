"""Logs to test with: filled through the real writer and the real sequencer."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from audit import schema
from audit.connect import open_store
from audit.record import REQUEST_CLOSED, REQUEST_OPENED, REQUEST_PASSED_OVER, REQUEST_REROUTED, Record, new_id, now_ms
from audit.sequencer import Sequencer
from audit.signed_note import Signer, Verifier
from audit.source import open_source
from audit.verdict import Report
from audit.verify import verify


def opened(decision: str = "allow", **body: object) -> Record:
    return Record(new_id(), REQUEST_OPENED, "acme", "support", now_ms(), {"decision": decision, **body})


def closed(of: Record) -> Record:
    return Record(new_id(), REQUEST_CLOSED, "acme", "support", now_ms(), {"decision": "allow"}, opened_ref=of.id)


def rerouted(of: Record, kind: str = REQUEST_REROUTED) -> Record:
    return Record(new_id(), kind, "acme", "support", now_ms(), {"decision": "allow"}, opened_ref=of.id)


def passed_over(of: Record) -> Record:
    return rerouted(of, REQUEST_PASSED_OVER)


def write(url: str, records: Sequence[Record]) -> None:
    writer = open_store(url).writer()
    try:
        writer.write([record.row() for record in records])
    finally:
        writer.close()


def sequence(url: str, signer: Signer) -> int:
    sequencer = Sequencer(open_store(url).log(), signer)
    try:
        return sequencer.run()
    finally:
        sequencer.close()


def fill(url: str, signer: Signer, count: int, per_round: int = 50) -> list[str]:
    """Fill a new log with whole calls; give the record ids by index."""
    schema.upgrade(url)
    ids: list[str] = []
    while len(ids) < count:
        records: list[Record] = []
        while len(records) < min(per_round, count - len(ids)):
            records.append(closed(records[-1]) if len(records) % 2 else opened())
        write(url, records)
        sequence(url, signer)
        ids += [record.id for record in records]
    return ids


def check(url: str, verifier: Verifier, **options: object) -> Report:
    with open_source(url) as source:
        return verify(source, verifier, **options)  # type: ignore[arg-type]


async def until(condition: Callable[[], object], patience_s: float = 5) -> None:
    async with asyncio.timeout(patience_s):
        while not condition():  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.005)  # what is waited for happens in other threads and processes


def tamper(path: Path, *statements: str) -> None:
    """Do what an intruder with the database's password can do: take the triggers away for a moment, then anything."""
    with closing(sqlite3.connect(path)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert connection.execute(statement).rowcount != 0, f"tampering changed nothing: {statement}"
        for _, sql in triggers:
            connection.execute(sql)
        connection.commit()
