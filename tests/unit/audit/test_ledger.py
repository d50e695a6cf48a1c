import asyncio
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from audit import ledger
from audit.errors import LedgerUnavailable, RecordRefused, StoreUnavailable, StoreUnreadable
from audit.group_commit import MAX_ROWS, GroupCommit
from audit.ledger import Ledger
from audit.record import Row
from audit.signed_note import Signer
from tests.pace import within
from tests.unit.audit.logbook import check, closed, opened, until


class Switch:
    """A writer that can be turned off or made to hang; it keeps what it was given, commit by commit."""

    def __init__(self) -> None:
        self.commits: list[list[str]] = []
        self.away = False
        self.flow = threading.Event()
        self.flow.set()

    def write(self, rows: Sequence[Row]) -> frozenset[str]:
        self.flow.wait()
        if self.away:
            raise StoreUnavailable("gone")
        self.commits.append([row[0] for row in rows])
        return frozenset(row[0] for row in rows if row[1] == "taken")

    def ping(self) -> None:
        if self.away:
            raise StoreUnavailable("gone")

    def abort(self) -> None:
        self.away = True
        self.flow.set()

    def close(self) -> None:
        self.flow.set()


@pytest.fixture
def switch() -> Iterator[Switch]:
    made = Switch()
    yield made
    made.flow.set()


@pytest.fixture
async def led(url: str, signer: Signer, switch: Switch) -> Ledger:
    """A ledger with a writer that the test controls."""
    made = await Ledger.start(url, signer, limit_s=0.3)
    await asyncio.to_thread(made._writer.stop, 1)
    made._writer = GroupCommit(switch, asyncio.get_running_loop())
    made._writer.start()
    return made


async def test_an_appended_record_is_durable_and_later_proven(url: str, path: Path, signer: Signer) -> None:
    call = opened()
    async with await Ledger.start(url, signer) as book:
        await book.append(call)
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("SELECT id FROM record").fetchall() == [(call.id,)]
        book.enqueue(closed(call))
        assert book.healthy
    report = check(url, signer.verifier())
    assert (report.ok, report.signed, report.pending) == (True, 2, 0)


async def test_checkpoints_come_by_themselves(url: str, signer: Signer) -> None:
    async with await Ledger.start(url, signer, interval_s=0.05) as book:
        await book.append(opened())
        await until(lambda: check(url, signer.verifier()).signed == 1)


async def test_what_gathers_during_a_commit_goes_into_the_next(led: Ledger, switch: Switch) -> None:
    switch.flow.clear()
    first = asyncio.create_task(led.append(opened()))
    await until(lambda: led._writer.busy_since)
    rest = [asyncio.create_task(led.append(opened())) for _ in range(20)]
    await asyncio.sleep(0)
    switch.flow.set()
    await asyncio.gather(first, *rest)
    await led.close()
    assert [len(commit) for commit in switch.commits] == [1, 20]


async def test_records_appended_together_share_a_commit(led: Ledger, switch: Switch) -> None:
    switch.flow.clear()
    sizes = [1, 200, 100, 156, 1]
    tasks = []
    for size in sizes:
        tasks.append(asyncio.create_task(led.append(*(opened() for _ in range(size)))))
        await asyncio.sleep(0)
        await until(lambda: led._writer.busy_since)
    switch.flow.set()
    await asyncio.gather(*tasks)
    await led.close()
    assert [len(commit) for commit in switch.commits] == [1, 200, 256, 1]


async def test_a_store_that_is_away_fails_appends_fast_and_recovers_without_traffic(
    led: Ledger, switch: Switch
) -> None:
    switch.away = True
    began = time.monotonic()
    for _ in range(20):
        with pytest.raises(LedgerUnavailable, match="away: gone"):
            await led.append(opened())
    assert time.monotonic() - began < within(0.25)
    assert (led.healthy, led.fault) == (False, "gone")
    switch.away = False
    await until(lambda: led.healthy)
    await led.append(opened())
    await led.close()
    assert len(switch.commits) == 1


async def test_enqueued_records_outlive_an_outage_in_their_order(led: Ledger, switch: Switch) -> None:
    switch.away = True
    records = [opened() for _ in range(30)]
    for record in records:
        led.enqueue(record)
        with pytest.raises(LedgerUnavailable):
            await led.append(opened())
    assert led._writer.kept == 30
    switch.away = False
    await until(lambda: led._writer.kept == 0)
    await led.close()
    assert [record_id for commit in switch.commits for record_id in commit] == [record.id for record in records]


async def test_what_can_t_be_kept_is_refused(led: Ledger, switch: Switch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "MAX_KEPT", 3)
    switch.away = True
    for _ in range(3):
        led.enqueue(opened())
    with pytest.raises(LedgerUnavailable, match="wait for the record store"):
        led.enqueue(opened())
    switch.away = False
    await led.close()
    assert sum(map(len, switch.commits)) == 3


async def test_an_append_that_hangs_ends_within_its_limit_and_the_next_at_once(led: Ledger, switch: Switch) -> None:
    switch.flow.clear()
    began = time.monotonic()
    with pytest.raises(LedgerUnavailable, match=r"within 0\.3 s"):
        await led.append(opened())
    assert 0.25 < time.monotonic() - began < within(1)
    with pytest.raises(LedgerUnavailable, match=r"does not answer|away"):
        await led.append(opened())
    assert not led.healthy
    await until(switch.flow.is_set)  # the watch has broken the call that hung
    switch.away = False
    await until(lambda: led.healthy)
    await led.append(opened())
    await led.close()


async def test_who_goes_away_before_the_commit_leaves_no_record(led: Ledger, switch: Switch) -> None:
    switch.flow.clear()
    first = asyncio.create_task(led.append(opened()))
    await until(lambda: led._writer.busy_since)
    gone = asyncio.create_task(led.append(left := opened()))
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    switch.flow.set()
    await first
    await led.append(stays := opened())
    await led.close()
    written = {record_id for commit in switch.commits for record_id in commit}
    assert stays.id in written
    assert left.id not in written


async def test_closing_writes_all_that_was_enqueued(led: Ledger, switch: Switch) -> None:
    for _ in range(3 * MAX_ROWS):
        led.enqueue(opened())
    await led.close()
    assert sum(map(len, switch.commits)) == 3 * MAX_ROWS
    await led.close()


async def test_closing_says_what_was_lost(led: Ledger, switch: Switch) -> None:
    switch.away = True
    led.enqueue(opened())
    began = time.monotonic()
    with pytest.raises(LedgerUnavailable, match="1 records could not be written"):
        await led.close()
    assert time.monotonic() - began < within(3)


async def test_a_closed_ledger_takes_nothing(led: Ledger) -> None:
    await led.close()
    with pytest.raises(LedgerUnavailable, match="closed"):
        await led.append(opened())
    with pytest.raises(LedgerUnavailable, match="closed"):
        led.enqueue(opened())
    assert not led.healthy


async def test_a_record_that_is_refused_does_not_harm_its_neighbours(led: Ledger, switch: Switch) -> None:
    switch.flow.clear()
    good = asyncio.create_task(led.append(opened()))
    taken = asyncio.create_task(led.append(replace(opened(), type="taken")))
    with pytest.raises(RecordRefused, match="float"):
        await led.append(opened(score=0.5))
    with pytest.raises(RecordRefused, match="at most 256"):
        await led.append(*(opened() for _ in range(MAX_ROWS + 1)))
    switch.flow.set()
    await good
    with pytest.raises(RecordRefused, match="id is taken"):
        await taken
    await led.close()


async def test_an_enqueued_record_whose_id_is_taken_is_logged(
    led: Ledger, switch: Switch, caplog: pytest.LogCaptureFixture
) -> None:
    led.enqueue(lost := replace(opened(), type="taken"))
    await led.close()
    assert lost.id in caplog.text


async def test_many_callers_on_a_real_file_lose_nothing(url: str, signer: Signer) -> None:
    async with await Ledger.start(url, signer, interval_s=0.05) as book:

        async def call() -> None:
            for _ in range(20):
                await book.append(started := opened())
                book.enqueue(closed(started))

        await asyncio.gather(*(call() for _ in range(32)))
    report = check(url, signer.verifier(), open_limit_ms=0)
    assert (report.ok, report.signed, report.warnings) == (True, 1_280, [])


async def test_two_gateways_share_a_file(url: str, signer: Signer) -> None:
    books = [await Ledger.start(url, signer, interval_s=0.2) for _ in range(2)]

    async def call(book: Ledger) -> None:
        for _ in range(40):
            await book.append(started := opened())
            book.enqueue(closed(started))

    await asyncio.gather(*(call(book) for book in books for _ in range(4)))
    assert all(book.healthy for book in books)
    for book in books:
        await book.close()
    report = check(url, signer.verifier(), open_limit_ms=0)
    # The first to close may have numbered before the second's last records came; the second then took over.
    assert (report.ok, report.signed, report.warnings) == (True, 640, [])


async def test_a_file_that_another_process_locks_is_back_when_it_is_free(
    url: str, path: Path, signer: Signer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audit.sqlite_file.BUSY_SECONDS", 0.05)
    async with await Ledger.start(url, signer, interval_s=0.05) as book:
        await book.append(opened())
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            book.enqueue(kept := opened())
            await until(lambda: not book.healthy)
            began = time.monotonic()
            with pytest.raises(LedgerUnavailable, match="locked"):
                await book.append(opened())
            assert time.monotonic() - began < within(1)
            other.execute("ROLLBACK")
        await until(lambda: book.healthy)
        await book.append(opened())
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM record WHERE id = ?", (kept.id,)).fetchone() == (1,)


async def test_a_log_that_was_tampered_with_is_not_healthy(url: str, path: Path, signer: Signer) -> None:
    async with await Ledger.start(url, signer) as book:
        await book.append(opened())
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER leaf_refuses_update")
        connection.execute("UPDATE leaf SET hash = zeroblob(32)")
        connection.commit()
    async with await Ledger.start(url, signer) as book:
        await until(lambda: not book.healthy)
        assert "not those that the checkpoint" in str(book.fault)
        await book.append(opened())


async def test_a_store_that_can_t_be_opened_refuses_to_start(tmp_path: Path, signer: Signer) -> None:
    with pytest.raises(StoreUnreadable):
        await Ledger.start("nonsense", signer)
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnavailable):
        await Ledger.start(f"sqlite:///{tmp_path}/file/airlock.db", signer)
