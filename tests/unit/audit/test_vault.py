import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from audit import schema
from audit.errors import KeyGone, StoreUnavailable, StoreUnreadable
from audit.record import now_ms
from audit.vault import Blob, Vault
from audit.vault_keys import SEAL, VaultKeys, WrappedKey
from audit.vault_link import VaultLink

HOUR = 3_600_000
ANN, BOB = b"ann's digest", b"bob's digest"


@pytest.fixture
async def link(url: str) -> AsyncIterator[VaultLink]:
    schema.upgrade(url)
    opened = VaultLink(url)
    for name in ("k1", "k2"):
        await VaultKeys(opened).add(WrappedKey(name, "acme", SEAL, "m", b"wrapped", now_ms()))
    yield opened
    await opened.close()


@pytest.fixture
def vault(link: VaultLink) -> Vault:
    return Vault(link)


def blob(name: str, sealed: bytes = b"x", key: str = "k1", *about: bytes) -> Blob:
    return Blob(name, key, sealed, frozenset(about))


async def sealed(vault: Vault, name: str, tenant: str = "acme") -> bytes | None:
    found = await vault.read(tenant, name)
    return found and found.sealed


async def names_about(vault: Vault, *subjects: bytes, tenant: str = "acme") -> list[str]:
    return [found.name for found in await vault.about(tenant, subjects, 10)]


async def test_a_blob_is_kept_replaced_and_forgotten(vault: Vault) -> None:
    await vault.keep("acme", [blob("resp_1", b"one"), blob("resp_2", b"two")], now_ms() + HOUR)
    await vault.keep("acme", [blob("resp_2", b"\x00new", "k2")], now_ms() + HOUR)
    assert [await sealed(vault, name) for name in ("resp_1", "resp_2", "resp_3")] == [b"one", b"\x00new", None]
    assert (await vault.read("acme", "resp_2")) == Blob("resp_2", "k2", b"\x00new")
    await vault.delete("acme", "resp_1")
    await vault.delete("acme", "resp_1")
    assert await vault.read("acme", "resp_1") is None


async def test_each_tenant_has_its_own_names(vault: Vault) -> None:
    await vault.keep("acme", [blob("resp_1", b"acme's", "k1", ANN)], now_ms() + HOUR)
    assert await vault.read("rival", "resp_1") is None
    await vault.keep("rival", [blob("resp_1", b"rival's", "k1", ANN)], now_ms() + HOUR)
    assert await names_about(vault, ANN, tenant="rival") == ["resp_1"]
    await vault.delete("rival", "resp_1")
    assert await sealed(vault, "resp_1") == b"acme's"
    assert await names_about(vault, ANN) == ["resp_1"]


async def test_a_blob_is_found_by_whom_it_is_about_as_long_as_it_is(vault: Vault) -> None:
    await vault.keep("acme", [blob("one", b"1", "k1", ANN, BOB), blob("two", b"2", "k1", BOB)], now_ms() + HOUR)
    assert await names_about(vault, ANN) == ["one"]
    assert await names_about(vault, ANN, BOB) == ["one", "two"]
    await vault.keep("acme", [blob("one", b"3", "k1", BOB)], now_ms() + HOUR)
    assert await names_about(vault, ANN) == []
    await vault.delete("acme", "two")
    assert await names_about(vault, BOB) == ["one"]


async def test_a_blob_is_replaced_only_if_it_is_still_what_it_was(vault: Vault) -> None:
    await vault.keep("acme", [blob("one", b"1", "k1", ANN)], now_ms() + HOUR)
    before = await vault.read("acme", "one")
    assert before is not None
    assert await vault.replace("acme", before, Blob("one", "k2", b"2"))
    assert await names_about(vault, ANN) == ["one"]  # not said, so as before
    assert not await vault.replace("acme", before, blob("one", b"3"))
    assert await sealed(vault, "one") == b"2"
    assert [found.name for found in await vault.not_under("acme", "k1", 10)] == ["one"]
    assert await vault.not_under("acme", "k2", 10) == []


async def test_a_key_stays_as_long_as_something_is_sealed_with_it(vault: Vault, link: VaultLink) -> None:
    keys = VaultKeys(link)
    await vault.keep("acme", [blob("one", b"1", "k1")], now_ms() + HOUR)
    one, two = sorted(await keys.of("acme"), key=lambda key: key.id)
    assert not await keys.drop(one)
    assert await keys.drop(two)
    with pytest.raises(KeyGone):
        await vault.keep("acme", [blob("two", b"2", "k2")], now_ms() + HOUR)
    assert await vault.read("acme", "two") is None
    assert [key.id for key in await keys.of("acme")] == ["k1"]


async def test_what_has_expired_is_not_read_and_is_swept_away(vault: Vault, path: Path) -> None:
    await vault.keep("acme", [blob("new", b"y")], now_ms() + HOUR)
    await vault.keep("acme", [blob("old", b"x", "k1", ANN)], now_ms() - 1)
    assert await vault.read("acme", "old") is None
    assert await vault.purge() == 1
    assert await sealed(vault, "new") == b"y"
    assert await names_about(vault, ANN) == []
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM vault").fetchall() == [("new",)]
        assert connection.execute("SELECT name FROM vault_subject").fetchall() == []


async def test_sweeping_begins_at_once_and_goes_on(vault: Vault, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audit.vault.SWEEP_S", 0.01)
    sweeping = asyncio.create_task(vault.keep_swept())
    for name in ("first", "second"):
        await vault.keep("acme", [blob(name)], now_ms() - 1)
        await asyncio.to_thread(wait_until_empty, path)
    sweeping.cancel()


def wait_until_empty(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        while connection.execute("SELECT name FROM vault").fetchall():
            time.sleep(0.01)


async def test_a_store_that_is_locked_counts_as_away(link: VaultLink, url: str, path: Path) -> None:
    hasty = VaultLink(url, limit_s=0.2)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreUnavailable):
            await Vault(hasty).keep("acme", [blob("a")], now_ms() + HOUR)
        other.execute("ROLLBACK")
    await hasty.close()


async def test_a_store_without_the_table_is_none_of_ours(vault: Vault, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE vault")
    with pytest.raises(StoreUnreadable):
        await vault.read("acme", "a")
