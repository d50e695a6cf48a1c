"""The ledger: where the gateway leaves its records, and waits until they can't be lost.

Two threads work for it: one commits records in groups (`audit.group_commit`), one numbers and signs what has been
committed (`audit.sequencer`). The event loop is woken once a commit.
"""

import asyncio
import time
from types import TracebackType
from typing import Self

from audit import schema
from audit.connect import open_store
from audit.errors import LedgerUnavailable, RecordRefused
from audit.group_commit import MAX_ROWS, GroupCommit, Waiter
from audit.record import Record
from audit.sequencer import Sequencer, SequencerThread
from audit.signed_note import Signer
from audit.store import Store

LIMIT_S = 5.0
INTERVAL_S = 1.0
MAX_KEPT = 10_000  # records that wait for the store to come back; at 1 kB each, 10 MB
_WATCH_S = 0.5


class Ledger:
    """An open ledger. It belongs to the event loop it was started on; `append` and `enqueue` are called there."""

    def __init__(self, store: Store, signer: Signer, interval_s: float, limit_s: float) -> None:
        self._loop = asyncio.get_running_loop()
        self._limit_s = limit_s
        self._writer = GroupCommit(store.writer(), self._loop)
        self._sequencer = SequencerThread(Sequencer(store.log(), signer), interval_s)
        self._watch: asyncio.TimerHandle | None = None
        self._open = True

    @classmethod
    async def start(cls, url: str, signer: Signer, *, interval_s: float = INTERVAL_S, limit_s: float = LIMIT_S) -> Self:
        """Open the store at `url`, bring its tables up to date and begin to write and sign.

        Args:
            url: `sqlite:///PATH` or `postgresql://user@host/database`.
            signer: The log's key; its name is the log's origin.
            interval_s: Seconds between checkpoints, while there is something to sign.
            limit_s: The longest that `append` may take.

        Raises:
            StoreUnreadable: The address is no store's, or its driver is missing.
            StoreUnavailable: The database can't be reached or written.
        """
        store = open_store(url)
        await asyncio.to_thread(schema.upgrade, url)
        ledger = cls(store, signer, interval_s, limit_s)
        ledger._writer.start()
        ledger._sequencer.start()
        ledger._keep_watch()
        return ledger

    @property
    def fault(self) -> str | None:
        """Why the ledger is not well, in words for an operator; None if it is."""
        if not self._open:
            return "the ledger is closed"
        if self._stuck(self._writer) or self._stuck(self._sequencer):
            return "the record store does not answer"
        return self._writer.fault or self._sequencer.fault

    @property
    def healthy(self) -> bool:
        """Whether records are being written and signed. It recovers by itself, without traffic."""
        return self.fault is None

    async def append(self, *records: Record) -> None:
        """Write records, all or none; they are durable when this returns.

        Raises:
            RecordRefused: A record is not exact, too long, its id is another's, or there are over 256.
            LedgerUnavailable: They are not known to be durable: the store is away, or `limit_s` has passed.
        """
        rows = [record.row() for record in records]
        if len(rows) > MAX_ROWS:
            raise RecordRefused(f"at most {MAX_ROWS} records can be written together")
        self._refuse_if_closed()
        waiter: Waiter = self._loop.create_future()
        alarm = self._loop.call_later(self._limit_s, _expire, waiter, self._limit_s)
        self._writer.submit(rows, waiter)
        try:
            await waiter
        finally:
            alarm.cancel()

    def enqueue(self, record: Record) -> None:
        """Take a record that will be durable soon, retried while the store is away. Never waits.

        Raises:
            RecordRefused: The record is not exact or too long.
            LedgerUnavailable: 10,000 records wait already, or the ledger is closed: this one is not kept.
        """
        row = record.row()
        self._refuse_if_closed()
        if self._writer.kept >= MAX_KEPT:
            raise LedgerUnavailable(f"{MAX_KEPT} records wait for the record store already")
        self._writer.submit([row], None)

    async def close(self) -> None:
        """Write all that was enqueued, number and sign it, and stop. Takes at most a few times `limit_s`.

        Raises:
            LedgerUnavailable: Records were lost, since the store stayed away. Everything is closed all the same.
        """
        if not self._open:
            return
        self._open = False
        if self._watch is not None:
            self._watch.cancel()
        self._writer.flush()
        lost = await asyncio.to_thread(self._writer.stop, self._limit_s)
        await asyncio.to_thread(self._sequencer.stop, self._limit_s)
        if lost:
            raise LedgerUnavailable(f"{lost} records could not be written before the end")

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def _refuse_if_closed(self) -> None:
        if not self._open:
            raise LedgerUnavailable("the ledger is closed")
        if self._stuck(self._writer):
            raise LedgerUnavailable("the record store does not answer")

    def _stuck(self, thread: GroupCommit | SequencerThread) -> bool:
        since = thread.busy_since
        return since is not None and time.monotonic() - since > self._limit_s

    def _keep_watch(self) -> None:
        for thread in (self._writer, self._sequencer):
            if self._stuck(thread):
                thread.abort()
        self._watch = self._loop.call_later(_WATCH_S, self._keep_watch)


def _expire(waiter: Waiter, limit_s: float) -> None:
    if not waiter.done():
        waiter.set_exception(LedgerUnavailable(f"the record was not durable within {limit_s:g} s"))
