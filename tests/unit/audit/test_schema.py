import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from audit import schema
from audit.engine import make_engine
from audit.errors import StoreUnavailable, StoreUnreadable
from audit.signed_note import Signer
from audit.tables import METADATA
from tests.unit.audit.logbook import fill


def test_models_and_migrations_agree(url: str) -> None:
    schema.upgrade(url)
    engine = make_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, METADATA) == []
    engine.dispose()


def test_the_file_and_its_folder_are_their_owner_s_only(url: str, path: Path) -> None:
    schema.upgrade(url)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_many_processes_may_start_at_once(url: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(schema.upgrade, [url] * 8)) == [None] * 8


@pytest.mark.parametrize(
    "statement",
    [
        *(f"UPDATE {table} SET rowid = rowid + 1" for table in ("record", "leaf", "node", "checkpoint")),
        *(f"DELETE FROM {table}" for table in ("record", "leaf", "node", "checkpoint")),
        "INSERT OR REPLACE INTO leaf SELECT number, record_id, zeroblob(32) FROM leaf",
        "INSERT OR REPLACE INTO leaf SELECT number + 1000, record_id, hash FROM leaf",
        "INSERT OR REPLACE INTO node SELECT level, number, zeroblob(32) FROM node",
        "INSERT OR REPLACE INTO checkpoint SELECT size, 0, note FROM checkpoint",
    ],
)
def test_what_is_written_is_not_changed(url: str, path: Path, signer: Signer, statement: str) -> None:
    fill(url, signer, 260, per_round=260)
    with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError, match="insert-only"):
        connection.execute(statement)


def test_a_record_can_t_be_replaced(url: str, path: Path, signer: Signer) -> None:
    fill(url, signer, 2)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT OR REPLACE INTO record SELECT id, type, 'x', 'x', 0, NULL, NULL, '{}' FROM record")
        assert connection.execute("SELECT DISTINCT tenant FROM record").fetchall() == [("acme",)]


@pytest.mark.parametrize("url", ["", "nothing", "mysql://x/y", "sqlite://", "sqlite:///:memory:", "file:///x"])
def test_another_address_is_no_store(url: str) -> None:
    with pytest.raises(StoreUnreadable):
        schema.upgrade(url)


def test_a_place_that_can_t_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnavailable, match="can't be opened for writing"):
        schema.upgrade(f"sqlite:///{tmp_path}/file/airlock.db")


def test_another_file_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"not a database" * 100)
    with pytest.raises(StoreUnreadable):
        schema.upgrade(f"sqlite:///{tmp_path}/x")
