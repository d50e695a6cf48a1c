"""The ledger on a real Postgres: in a database of its own, dropped at the end."""

import asyncio
import time
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from audit import key_register, receipt, schema
from audit.bundle import BundleSource
from audit.connect import open_store
from audit.engine import make_engine
from audit.errors import KeyGone, LedgerUnavailable
from audit.export import export
from audit.keys import KeyCache
from audit.ledger import Ledger
from audit.reading import Filter, list_records, show_record
from audit.record import now_ms
from audit.sequencer import Sequencer
from audit.signed_note import Signer, generate
from audit.tables import METADATA
from audit.vault import Blob, Vault
from audit.vault_keys import SEAL, VaultKeys, WrappedKey
from audit.vault_link import VaultLink
from audit.verdict import Kind
from audit.verify import verify
from tests.pace import within
from tests.parts import require_postgres
from tests.unit.audit.logbook import check, closed, fill, opened, sequence, until, write

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def signer() -> Signer:
    return generate("log.example")


@pytest.fixture
def server() -> str:
    return require_postgres().replace("+psycopg", "")


@pytest.fixture
def url(server: str) -> Iterator[str]:
    name = f"audit_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        yield f"{server.rpartition('/')[0]}/{name}"
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def execute(url: str, *statements: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def cut_connections(url: str) -> None:
    execute(url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'airlock-ledger'")


def test_models_and_migrations_agree(url: str) -> None:
    schema.upgrade(url)
    schema.upgrade(url)
    engine = make_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, METADATA) == []
    engine.dispose()


async def test_the_vault_survives_a_cut_connection(url: str) -> None:
    schema.upgrade(url)
    link = VaultLink(url)
    vault, keys = Vault(link), VaultKeys(link)
    for key_id in ("k1", "k1", "k2"):
        await keys.add(WrappedKey(key_id, "acme", SEAL, "m", b"wrapped", now_ms()))
    await vault.keep("acme", [Blob("resp_1", "k1", b"x", frozenset({b"ann"}))], now_ms() + 60_000)
    others = "pid <> pg_backend_pid() AND datname = current_database()"
    execute(url, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
    assert await vault.read("acme", "resp_1") == Blob("resp_1", "k1", b"x")
    assert await vault.read("rival", "resp_1") is None
    assert [blob.name for blob in await vault.about("acme", [b"ann", b"bob"], 10)] == ["resp_1"]
    assert [await keys.drop(key) for key in sorted(await keys.of("acme"), key=lambda key: key.id)] == [False, True]
    with pytest.raises(KeyGone):
        await vault.keep("acme", [Blob("resp_2", "k2", b"x")], now_ms() + 60_000)
    await vault.keep("acme", [Blob("resp_3", "k1", b"x")], now_ms() + 60_000)  # the connection is as good as before
    await vault.delete("acme", "resp_1")
    assert await vault.about("acme", [b"ann"], 10) == []
    await link.close()


async def test_many_callers_lose_nothing_and_every_part_reads_it(url: str, signer: Signer, tmp_path: Path) -> None:
    started = opened(text="\u0000 \u2028 \U0001f512 \\ ' {NULL}")
    async with await Ledger.start(url, signer, interval_s=0.05) as book:

        async def call() -> None:
            for _ in range(10):
                await book.append(one := opened())
                book.enqueue(closed(one))

        await book.append(started, closed(started))
        await asyncio.gather(*(call() for _ in range(32)))
    report = check(url, signer.verifier(), open_limit_ms=0)
    assert (report.ok, report.signed, report.warnings) == (True, 642, [])
    shown = receipt.issue(url, started.id)
    assert receipt.verify(shown, signer.verifier()).size == 642
    assert [record.body.get("text") for record in show_record(url, started.id)] == [started.body["text"], None]
    assert len(list_records(url, Filter(type="request.closed"), limit=1_000)) == 321
    file = tmp_path / "log.jsonl"
    export(url, signer, file)
    assert verify(BundleSource(file, signer.verifier()), signer.verifier()).size == 643


@pytest.mark.parametrize(
    "statement",
    [
        *(
            f"{change} {table}"
            for change in ("DELETE FROM", "TRUNCATE")
            for table in ("record", "leaf", "node", "checkpoint")
        ),
        "UPDATE record SET tenant = 'x'",
        "UPDATE leaf SET number = number + 1000",
        "UPDATE node SET number = number + 1000",
        "UPDATE checkpoint SET size = size + 1000",
    ],
)
def test_what_is_written_is_not_changed(url: str, signer: Signer, statement: str) -> None:
    fill(url, signer, 4)
    with pytest.raises(psycopg.errors.RaiseException, match="insert-only"):
        execute(url, statement)


def test_an_id_that_another_record_has_is_named(url: str) -> None:
    schema.upgrade(url)
    writer = open_store(url).writer()
    first = opened()
    assert writer.write([first.row()]) == writer.write([first.row()]) == frozenset()
    assert writer.write([replace(first, tenant="other").row(), opened().row()]) == {first.id}
    writer.close()
    assert execute(url, "SELECT count(*) FROM record") == [(2,)]


def test_rows_are_stored_as_they_are(url: str) -> None:
    schema.upgrade(url)
    rows = [opened(text="\x00\x1f\u2028 \\ \" ' ,{}NULL").row(), closed(opened()).row(), opened("").row()]
    writer = open_store(url).writer()
    writer.write(rows)
    writer.close()
    assert execute(url, "SELECT * FROM record ORDER BY id") == rows


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE record SET canonical = replace(canonical, 'allow', 'block') WHERE id = '{}'", Kind.MISMATCH),
        ("UPDATE record SET decision = 'block' WHERE id = '{}'", Kind.COLUMN),
        ("DELETE FROM record WHERE id = '{}'", Kind.MISSING),
    ],
)
def test_tampering_is_named(url: str, signer: Signer, statement: str, kind: Kind) -> None:
    ids = fill(url, signer, 300, per_round=100)
    execute(url, "ALTER TABLE record DISABLE TRIGGER ALL", statement.format(ids[7]))
    faults = check(url, signer.verifier()).faults
    assert [(fault.kind, fault.number, fault.record_id) for fault in faults] == [(kind, 7, ids[7])]


async def test_a_connection_that_is_cut_heals(url: str, signer: Signer) -> None:
    async with await Ledger.start(url, signer, interval_s=0.05) as book:
        await book.append(opened())
        for _ in range(5):
            cut_connections(url)
            book.enqueue(opened())
            await until(lambda: book.healthy and book._writer.kept == 0)
            await book.append(opened())
    report = check(url, signer.verifier())
    assert (report.ok, report.signed, report.pending) == (True, 11, 0)


async def test_cuts_under_load_lose_no_record_that_was_promised(url: str, signer: Signer) -> None:
    promised: list[str] = []
    refused = 0

    async def call(book: Ledger, until_s: float) -> None:
        nonlocal refused
        while time.monotonic() < until_s:
            try:
                await book.append(one := opened())
                promised.append(one.id)
            except LedgerUnavailable:
                refused += 1
                await asyncio.sleep(0.01)

    async with await Ledger.start(url, signer, interval_s=0.05) as book:
        end = time.monotonic() + 1.5
        calls = [asyncio.create_task(call(book, end)) for _ in range(16)]
        while time.monotonic() < end:
            await asyncio.sleep(0.15)
            await asyncio.to_thread(cut_connections, url)
        await asyncio.gather(*calls)
        await until(lambda: book.healthy)
    stored = {row[0] for row in execute(url, "SELECT id FROM record")}
    report = check(url, signer.verifier())
    assert refused > 0
    assert set(promised) <= stored
    assert (report.ok, report.signed) == (True, len(stored))


class Proxy:
    """A way to Postgres that can go silent, as a broken network does: connections stay, nothing passes."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._open = asyncio.Event()
        self._open.set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> "Proxy":
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def silence(self) -> None:
        self._open.clear()

    def speak(self) -> None:
        self._open.set()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection(*self._target)
        for source, target in ((reader, far_writer), (far_reader, writer)):
            task = asyncio.create_task(self._pump(source, target))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65_536):
                await self._open.wait()
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()


async def test_a_silent_network_fails_appends_in_time_and_heals(url: str, signer: Signer) -> None:
    target = psycopg.conninfo.conninfo_to_dict(url)
    async with Proxy(str(target.get("host", "127.0.0.1")), int(target.get("port", 5432))) as proxy:
        via = f"postgresql://{target['user']}@127.0.0.1:{proxy.port}/{target['dbname']}"
        book = await Ledger.start(via, signer, interval_s=0.05, limit_s=0.5)
        await book.append(opened())
        proxy.silence()
        book.enqueue(kept := opened())
        for _ in range(2):
            began = time.monotonic()
            with pytest.raises(LedgerUnavailable):
                await book.append(opened())
            assert time.monotonic() - began < within(1)
        assert not book.healthy
        proxy.speak()
        await until(lambda: book.healthy, 15)
        await book.append(opened())
        await book.close()
    assert execute(url, f"SELECT count(*) FROM record WHERE id = '{kept.id}'") == [(1,)]
    assert check(url, signer.verifier()).ok


def test_two_sequencers_take_turns_never_together(url: str, signer: Signer) -> None:
    schema.upgrade(url)
    first, second = (Sequencer(open_store(url).log(), signer) for _ in range(2))
    write(url, [opened()])
    assert (first.step(), second.step()) == (1, 0)
    # The lock is lost without a word, as behind a pooler: the epoch must hold the first one back.
    execute(url, "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
    write(url, [opened()])
    assert second.step() == 1
    write(url, [opened()])
    with pytest.raises(Exception, match="Postgres"):
        first.step()
    assert (first.step(), second.step()) == (0, 1)
    for sequencer in (first, second):
        sequencer.close()
    report = check(url, signer.verifier())
    assert (report.ok, report.size) == (True, 3)


def test_an_old_epoch_commits_nothing(url: str, signer: Signer) -> None:
    schema.upgrade(url)
    stale = Sequencer(open_store(url).log(), signer)
    write(url, [opened()])
    assert stale.step() == 1
    execute(url, "UPDATE sequencer SET epoch = epoch + 1")
    write(url, [opened()])
    assert (stale.step(), stale.active) == (0, False)
    stale.close()
    assert sequence(url, signer) == 1
    assert check(url, signer.verifier()).ok


async def test_keys_live_in_postgres_too(url: str) -> None:
    secret, key = await asyncio.to_thread(key_register.create, url, tenant="acme", use_case="support", roles=["app"])
    cache = await KeyCache.start(url)
    assert await cache.find(secret) == key
    await asyncio.to_thread(key_register.revoke, url, key.handle)
    began = time.monotonic()
    await until(lambda: cache.lookup(secret) is None)
    assert time.monotonic() - began < within(2)
    await cache.close()


async def test_a_server_that_is_not_there_is_one_sentence(signer: Signer) -> None:
    with pytest.raises(Exception, match="could not do it") as caught:
        await Ledger.start("postgresql://nobody:pa55word@127.0.0.1:1/none", signer)
    assert "pa55word" not in str(caught.value)
