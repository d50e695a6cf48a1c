import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from audit import schema
from audit.errors import StoreUnavailable, StoreUnreadable
from audit.record import now_ms
from audit.vault import Vault

HOUR = 3_600_000


@pytest.fixture
def stored(url: str) -> str:
    schema.upgrade(url)
    return url


async def test_a_blob_is_kept_replaced_and_forgotten(stored: str) -> None:
    vault = Vault(stored)
    await vault.keep("acme", [("resp_1", b"one"), ("resp_2", b"two")], now_ms() + HOUR)
    await vault.keep("acme", [("resp_2", b"\x00new")], now_ms() + HOUR)
    assert [await vault.read("acme", name) for name in ("resp_1", "resp_2", "resp_3")] == [b"one", b"\x00new", None]
    await vault.delete("acme", "resp_1")
    await vault.delete("acme", "resp_1")
    assert await vault.read("acme", "resp_1") is None
    await vault.close()


async def test_each_tenant_has_its_own_names(stored: str) -> None:
    vault = Vault(stored)
    await vault.keep("acme", [("resp_1", b"acme's")], now_ms() + HOUR)
    assert await vault.read("rival", "resp_1") is None
    await vault.keep("rival", [("resp_1", b"rival's")], now_ms() + HOUR)
    await vault.delete("rival", "resp_1")
    assert await vault.read("acme", "resp_1") == b"acme's"
    await vault.close()


async def test_what_has_expired_is_not_read_and_is_swept_away(stored: str, path: Path) -> None:
    vault = Vault(stored)
    await vault.keep("acme", [("new", b"y")], now_ms() + HOUR)
    await vault.keep("acme", [("old", b"x")], now_ms() - 1)
    assert await vault.read("acme", "old") is None
    assert await vault.purge() == 1
    assert await vault.read("acme", "new") == b"y"
    await vault.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM vault").fetchall() == [("new",)]


async def test_sweeping_begins_at_once_and_goes_on(stored: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audit.vault.SWEEP_S", 0.01)
    vault = Vault(stored)
    sweeping = asyncio.create_task(vault.keep_swept())
    for name in ("first", "second"):
        await vault.keep("acme", [(name, b"x")], now_ms() - 1)
        await asyncio.to_thread(wait_until_empty, path)
    sweeping.cancel()
    await vault.close()


def wait_until_empty(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        while connection.execute("SELECT name FROM vault").fetchall():
            time.sleep(0.01)


async def test_a_store_that_is_locked_counts_as_away(stored: str, path: Path) -> None:
    vault = Vault(stored, limit_s=0.2)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreUnavailable):
            await vault.keep("acme", [("a", b"x")], now_ms() + HOUR)
        other.execute("ROLLBACK")
    await vault.close()


async def test_a_store_without_the_table_is_none_of_ours(stored: str, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE vault")
    vault = Vault(stored)
    with pytest.raises(StoreUnreadable):
        await vault.read("acme", "a")
    await vault.close()
