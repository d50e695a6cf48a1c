import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from audit import key_register, schema
from audit.errors import KeysUnavailable
from audit.key_register import create, revoke
from audit.keys import Key, KeyCache
from audit.record import now_ms
from tests.pace import within
from tests.unit.audit.logbook import until


@pytest.fixture
def made(url: str) -> tuple[str, Key]:
    return create(url, tenant="acme", use_case="support", roles=["app", "admin"], label="test")


async def test_a_key_is_known_with_all_that_it_stands_for(url: str, made: tuple[str, Key]) -> None:
    secret, key = made
    cache = await KeyCache.start(url)
    assert cache.lookup(secret) == key == Key(key.handle, "acme", "support", ("app", "admin"), None)
    assert await cache.find(secret) == key
    assert cache.healthy
    await cache.close()


@pytest.mark.parametrize("secret", ["", "nothing", "ak_", "ak_aaaaaaaaaa_" + "x" * 43, "\ud800", "ak_\udfff"])
async def test_any_other_secret_is_nobody_s(url: str, made: tuple[str, Key], secret: str) -> None:
    cache = await KeyCache.start(url)
    assert await cache.find(secret) is None
    await cache.close()


async def test_a_key_made_a_moment_ago_works_at_once(url: str) -> None:
    schema.upgrade(url)
    cache = await KeyCache.start(url, refresh_s=60)
    secret, key = create(url, tenant="acme", use_case="support")
    began = time.monotonic()
    assert await cache.find(secret) == key
    assert time.monotonic() - began < within(1)
    await cache.close()


async def test_a_revocation_bites_within_two_seconds(url: str, made: tuple[str, Key]) -> None:
    secret, key = made
    cache = await KeyCache.start(url)
    revoke(url, key.handle)
    began = time.monotonic()
    await until(lambda: cache.lookup(secret) is None)
    assert time.monotonic() - began < within(2)
    await cache.close()


async def test_an_expired_key_is_refused_without_a_reading(url: str) -> None:
    secret, key = create(url, tenant="acme", use_case="support", expires_ms=now_ms() + round(within(1_000)))
    cache = await KeyCache.start(url, refresh_s=60)
    assert cache.lookup(secret) == key
    await until(lambda: now_ms() >= key.expires_ms)
    assert cache.lookup(secret) is None
    await cache.close()


async def test_a_flood_of_unknown_keys_shares_readings(
    url: str, made: tuple[str, Key], monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = await KeyCache.start(url, refresh_s=60)
    readings = []
    read = cache._reader.read
    monkeypatch.setattr(cache._reader, "read", lambda now: readings.append(now) or read(now))
    began = time.monotonic()
    for _ in range(3):
        assert await asyncio.gather(*(cache.find(f"ak_{n}") for n in range(200))) == [None] * 200
    assert len(readings) <= 2 + (time.monotonic() - began) / 0.1
    await cache.close()


async def test_the_last_reading_serves_for_a_while_then_nobody_is_let_in(
    url: str, path: Path, made: tuple[str, Key]
) -> None:
    secret, key = made
    cache = await KeyCache.start(url, refresh_s=0.05, stale_s=0.6)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE api_key RENAME TO away")
        connection.commit()
        with pytest.raises(KeysUnavailable):
            await cache.find("ak_unknown")
        assert cache.lookup(secret) == key
        await asyncio.sleep(0.8)
        with pytest.raises(KeysUnavailable):
            cache.lookup(secret)
        assert not cache.healthy
        connection.execute("ALTER TABLE away RENAME TO api_key")
        connection.commit()
    await until(lambda: cache.healthy)
    assert cache.lookup(secret) == key
    await cache.close()


async def test_a_row_that_was_changed_by_hand_is_read_in_time(
    url: str, path: Path, made: tuple[str, Key], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audit.keys.RELOAD_S", 0.1)
    secret, _ = made
    cache = await KeyCache.start(url, refresh_s=0.05)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE api_key SET tenant = 'other'")
        connection.commit()
    await until(lambda: (key := cache.lookup(secret)) and key.tenant == "other")
    await cache.close()


def test_without_a_store_there_is_no_cache_and_no_file(url: str, path: Path) -> None:
    with pytest.raises(KeysUnavailable):
        asyncio.run(KeyCache.start(url))
    assert not path.exists()


async def test_a_lookup_costs_microseconds(url: str, made: tuple[str, Key]) -> None:
    cache = await KeyCache.start(url)
    best = min(_time(cache, made[0]) for _ in range(5))
    await cache.close()
    assert best < 20e-6


def _time(cache: KeyCache, secret: str) -> float:
    began = time.perf_counter()
    for _ in range(1_000):
        cache.lookup(secret)
    return (time.perf_counter() - began) / 1_000


def test_the_register_and_the_cache_agree(url: str, made: tuple[str, Key]) -> None:
    assert key_register.lookup(url, made[0]) == made[1]
