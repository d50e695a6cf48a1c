"""Keys are made when they are needed, shared by all replicas, renewed under way, and never stored as they are."""

import asyncio
import sqlite3
from contextlib import closing

import pytest

from audit.record import now_ms
from gateway.vault import key_ring
from gateway.vault.sealing import KeyUnusable, SealBroken
from tests.unit.gateway.vault.stored import FIRST, HOUR, SECOND, Opened, opened


async def keep(vault: Opened, name: str, plain: bytes = b"Ann Lee", about: tuple[str, ...] = ("Ann Lee",)) -> None:
    await vault.box.keep("acme", [name], plain, about, now_ms() + HOUR)


async def test_what_one_replica_keeps_another_one_reads(url: str) -> None:
    async with opened(url) as one, opened(url) as two:
        await asyncio.gather(*(keep(replica, f"r{number}") for number, replica in enumerate((one, two) * 3)))
        for number in range(6):
            for replica in (one, two):
                assert await replica.box.read("acme", f"r{number}") == b"Ann Lee"
        assert await one.box.read("rival", "r0") is None
        subjects = [await replica.box.subjects("acme", ["ann  LEE"]) for replica in (one, two)]
    assert subjects[0] == subjects[1]


async def test_the_store_holds_neither_the_thing_nor_a_key_nor_the_value(url: str) -> None:
    async with opened(url) as vault:
        await keep(vault, "r1")
        secrets = [(await vault.ring.newest("acme")).secret, await vault.ring.subject("acme")]
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        stored = "\n".join(connection.iterdump()).lower()
    assert "s-" in stored
    assert not [part for part in (b"Ann Lee", *secrets) if part.hex() in stored or repr(part) in stored]


async def test_a_blob_that_is_moved_or_changed_does_not_open(url: str) -> None:
    async with opened(url) as vault:
        await keep(vault, "r1")
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection, connection:
            connection.execute("UPDATE vault SET name = 'r2'")
        with pytest.raises(SealBroken):
            await vault.box.read("acme", "r2")


async def test_without_the_master_key_nothing_opens_and_nothing_is_kept(url: str) -> None:
    async with opened(url) as vault:
        await keep(vault, "r1")
    async with opened(url, SECOND) as other:
        with pytest.raises(KeyUnusable, match=FIRST.id):
            await other.box.read("acme", "r1")
        with pytest.raises(KeyUnusable):
            await keep(other, "r2")


async def test_an_old_key_whose_master_is_gone_stops_only_what_is_under_it(url: str) -> None:
    async with opened(url) as vault:
        await keep(vault, "old", about=())
    async with opened(url, SECOND, FIRST) as both:
        await both.ring.renew("acme")
    async with opened(url, SECOND) as second:
        await keep(second, "new", about=())
        assert await second.box.read("acme", "new") == b"Ann Lee"
        with pytest.raises(KeyUnusable):
            await second.box.read("acme", "old")


async def test_a_replica_goes_on_when_its_key_was_renewed_and_deleted(url: str) -> None:
    async with opened(url) as busy, opened(url) as operator:
        await keep(busy, "r1")
        done = await operator.upkeep.rotate()
        assert (done.made, done.dropped, done.resealed) == (1, 1, 1)
        await keep(busy, "r2")
        assert await busy.box.read("acme", "r1") == b"Ann Lee"
        assert await operator.box.read("acme", "r2") == b"Ann Lee"


async def test_a_renewed_key_is_noticed_after_a_while(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_ring, "RENEW_S", 0.0)
    async with opened(url) as busy, opened(url) as other:
        before = await busy.ring.newest("acme")
        after = await other.ring.renew("acme")
        assert (await busy.ring.newest("acme")).id == after.id != before.id


async def test_keys_of_many_tenants_are_not_all_held(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_ring, "_TENANTS_KEPT", 2)
    async with opened(url) as vault:
        for tenant in ("a", "b", "c", "a"):
            await vault.box.keep(tenant, ["r"], b"x", (), now_ms() + HOUR)
            assert len(vault.ring._held) <= 2
        assert [await vault.box.read(tenant, "r") for tenant in "abc"] == [b"x"] * 3
