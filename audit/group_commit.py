"""One thread that writes records: whatever has gathered while a commit ran goes into the next commit."""

import asyncio
import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence

from audit.errors import LedgerUnavailable, RecordRefused, StoreUnavailable
from audit.record import Row
from audit.store import RecordWriter

MAX_ROWS = 256  # rows a commit
FIRST_RETRY_S = 0.05
LAST_RETRY_S = 1.0
LINGER_S = 0.02  # how long records that nobody waits for may gather
_ID_TAKEN = "a record's id is taken by another record"
_log = logging.getLogger(__name__)

Waiter = asyncio.Future[None]
Outcome = tuple[Waiter, Exception | None]


class _Entry:
    """Rows that must be written together, and who waits for them (nobody, if they are to be kept and retried)."""

    __slots__ = ("rows", "waiter")

    def __init__(self, rows: Sequence[Row], waiter: Waiter | None) -> None:
        self.rows = rows
        self.waiter = waiter


class GroupCommit:
    """The writing thread.

    `fault` says why nothing can be written now (None: all is well). `busy_since` is the monotonic time at which the
    call to the database that is under way began. `kept` counts records without a waiter that are not durable yet.
    """

    def __init__(self, writer: RecordWriter, loop: asyncio.AbstractEventLoop) -> None:
        self._writer = writer
        self._loop = loop
        self._gathered: list[_Entry] = []
        self._due = False
        self._lingering: asyncio.TimerHandle | None = None
        self._queue: queue.SimpleQueue[list[_Entry] | None] = queue.SimpleQueue()
        self._backlog: deque[_Entry] = deque()
        self._accepted = self._settled = 0
        self._retry_s, self._retry_at = FIRST_RETRY_S, 0.0
        self._give_up_at: float | None = None
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="airlock-ledger", daemon=True)
        self.fault: str | None = None
        self.busy_since: float | None = None

    @property
    def kept(self) -> int:
        """How many records without a waiter are not durable yet."""
        return self._accepted - self._settled

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def submit(self, rows: Sequence[Row], waiter: Waiter | None) -> None:
        """Take rows to be written, on the event loop's thread. At most MAX_ROWS; they share one commit.

        The waiter gets its result on the loop: None once the rows are durable, else LedgerUnavailable or
        RecordRefused. Without a waiter they are retried until they are, and travel with the next rows that somebody
        waits for, or after LINGER_S: a commit of their own would cost those a wait.
        """
        self._gathered.append(_Entry(rows, waiter))
        if waiter is None:
            self._accepted += len(rows)
            self._lingering = self._lingering or self._loop.call_later(LINGER_S, self.flush)
        elif not (self._due or self._backlog or self.busy_since):
            self.flush()  # nothing is under way, so nothing is gained by gathering: a lone call should not wait for it
        elif not self._due:
            # At the end of this round of the loop, with whatever else this round brings.
            self._due = True
            self._loop.call_soon(self.flush)

    def flush(self) -> None:
        """Hand what was submitted to the writing thread, on the event loop's thread."""
        self._due = False
        if self._lingering is not None:
            self._lingering.cancel()
            self._lingering = None
        if self._gathered:
            gathered, self._gathered = self._gathered, []
            self._queue.put(gathered)

    def abort(self) -> None:
        """Break the call that is under way."""
        self._writer.abort()

    def stop(self, patience_s: float) -> int:
        """Write all that was flushed, for at most `patience_s` seconds; give the number of records that were not."""
        self._give_up_at = time.monotonic() + patience_s
        self._queue.put(None)
        self._thread.join(patience_s)
        if self._thread.is_alive():
            self._writer.abort()
            self._thread.join(1)
        return self.kept

    def _run(self) -> None:
        try:
            while not self._finished():
                self._receive()
                if self._resting():
                    self._refuse_waiters()
                elif batch := self._take():
                    self._write(batch)
                elif self.fault:
                    self._attempt(self._writer.ping)
        finally:
            self.fault = self.fault or "the writing thread has ended"
            self._writer.close()

    def _finished(self) -> bool:
        if self._give_up_at is None or not self._stopping:
            return False
        return not self._backlog or time.monotonic() > self._give_up_at

    def _resting(self) -> bool:
        return self.fault is not None and time.monotonic() < self._retry_at

    def _receive(self) -> None:
        """Move what has been submitted to the backlog; wait for it if there is nothing else to do."""
        try:
            entries = self._queue.get(timeout=self._patience())
            while True:
                if entries is None:
                    self._stopping = True
                else:
                    self._backlog.extend(entries)
                entries = self._queue.get_nowait()
        except queue.Empty:
            return

    def _patience(self) -> float | None:
        if self.fault is not None:
            return max(self._retry_at - time.monotonic(), 0.0)
        return 0.0 if self._backlog or self._stopping else None

    def _take(self) -> list[_Entry]:
        batch: list[_Entry] = []
        rows = 0
        while self._backlog and rows + len(self._backlog[0].rows) <= MAX_ROWS:
            entry = self._backlog.popleft()
            if entry.waiter is None or not entry.waiter.done():  # who has gone away needs no record
                batch.append(entry)
                rows += len(entry.rows)
        return batch

    def _write(self, batch: list[_Entry]) -> None:
        rows = [row for entry in batch for row in entry.rows]
        taken: list[frozenset[str]] = []
        if self._attempt(lambda: taken.append(self._writer.write(rows))):
            self._written(batch, taken[0])
        else:
            self._backlog.extendleft(reversed(batch))
            self._refuse_waiters()

    def _attempt(self, call: Callable[[], None]) -> bool:
        self.busy_since = time.monotonic()
        try:
            call()
        except StoreUnavailable as exc:
            self.fault = str(exc)
            self._retry_at = time.monotonic() + self._retry_s
            self._retry_s = min(self._retry_s * 2, LAST_RETRY_S)
            return False
        finally:
            self.busy_since = None
        self.fault, self._retry_s = None, FIRST_RETRY_S
        return True

    def _written(self, batch: list[_Entry], taken: frozenset[str]) -> None:
        outcomes: list[Outcome] = []
        for entry in batch:
            lost = [row[0] for row in entry.rows if row[0] in taken] if taken else []
            if entry.waiter is not None:
                outcomes.append((entry.waiter, RecordRefused(_ID_TAKEN) if lost else None))
                continue
            self._settled += len(entry.rows)
            if lost:
                _log.error("%s: %s", _ID_TAKEN, ", ".join(lost))
        self._deliver(outcomes)

    def _refuse_waiters(self) -> None:
        """Tell all who wait that the store is away; keep the records that nobody waits for."""
        waiting = [entry.waiter for entry in self._backlog if entry.waiter is not None]
        if waiting:
            self._backlog = deque(entry for entry in self._backlog if entry.waiter is None)
            self._deliver(
                [(waiter, LedgerUnavailable(f"the record store is away: {self.fault}")) for waiter in waiting]
            )

    def _deliver(self, outcomes: list[Outcome]) -> None:
        if not outcomes:
            return
        try:
            self._loop.call_soon_threadsafe(_resolve, outcomes)  # one wake-up a batch, not one a record
        except RuntimeError:
            return  # the loop is closed: nobody waits any more


def _resolve(outcomes: list[Outcome]) -> None:
    for waiter, error in outcomes:
        if waiter.done():
            continue
        if error is None:
            waiter.set_result(None)
        else:
            waiter.set_exception(error)
