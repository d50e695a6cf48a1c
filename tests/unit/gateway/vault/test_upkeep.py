"""Master keys change, data keys are renewed, people are erased: and what shall be read still is."""

from collections.abc import Callable

import orjson
import pytest

from audit.reading import Filter, list_records
from audit.record import now_ms
from audit.vault import Blob
from gateway.vault.sealing import KeyUnusable
from gateway.vault.upkeep import Rotated
from tests.unit.gateway.vault.stored import FIRST, HOUR, SECOND, Opened, opened

ANN, BOB = "Ann Lee", "bob@example.com"


async def keep(vault: Opened, tenant: str, name: str, *values: str) -> None:
    await vault.box.keep(tenant, [name], orjson.dumps(values), values, now_ms() + HOUR)


async def kept(vault: Opened, tenant: str, name: str) -> list[str] | None:
    plain = await vault.box.read(tenant, name)
    return None if plain is None else orjson.loads(plain)


def without(plain: bytes, is_gone: Callable[[str], bool]) -> tuple[bytes, list[str]]:
    left = [value for value in orjson.loads(plain) if not is_gone(value)]
    return orjson.dumps(left), left


async def test_a_new_master_key_takes_over(url: str) -> None:
    async with opened(url) as vault:
        for tenant in ("acme", "rival"):
            await keep(vault, tenant, "r1", ANN)
    async with opened(url, SECOND, FIRST) as vault:
        assert await vault.upkeep.rotate(renew=False) == Rotated(rewrapped=4)
        assert {key.master for key in await vault.keys.all()} == {SECOND.id}
        assert await vault.upkeep.rotate(renew=False) == Rotated()
    async with opened(url, SECOND) as vault:
        assert await kept(vault, "acme", "r1") == await kept(vault, "rival", "r1") == [ANN]
        assert len(await vault.vault.about("acme", sorted(await vault.box.subjects("acme", [ANN])), 9)) == 1
    async with opened(url, FIRST) as vault:
        with pytest.raises(KeyUnusable):
            await kept(vault, "acme", "r1")


async def test_everything_is_sealed_anew_however_much_it_is(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateway.vault.upkeep._AT_ONCE", 3)
    async with opened(url) as vault:
        for number in range(10):
            await keep(vault, "acme", f"r{number}", ANN)
        (before,) = [key for key in await vault.keys.of("acme") if key.purpose == "seal"]
        assert await vault.upkeep.rotate() == Rotated(0, 1, 1, 10)
        assert before.id not in {key.id for key in await vault.keys.of("acme")}
        assert [await kept(vault, "acme", f"r{number}") for number in range(10)] == [[ANN]] * 10
        assert len(await vault.vault.about("acme", sorted(await vault.box.subjects("acme", [ANN])), 99)) == 10


async def test_a_blob_that_changes_under_way_is_looked_at_again(url: str) -> None:
    async with opened(url) as vault, opened(url) as gateway:
        await keep(vault, "acme", "r1", ANN, BOB)
        replace, calls = vault.vault.replace, []

        async def late(tenant: str, before: Blob, after: Blob) -> bool:
            if not calls:
                await keep(gateway, "acme", "r1", ANN, BOB, "Eve")
            calls.append(await replace(tenant, before, after))
            return calls[-1]

        vault.vault.replace = late
        assert await vault.upkeep.erase("acme", [BOB], without) == 1
        assert calls == [False, True]
        assert await kept(gateway, "acme", "r1") == [ANN, "Eve"]


async def test_a_person_is_erased_from_one_tenant_and_that_is_recorded(url: str) -> None:
    async with opened(url) as vault:
        await keep(vault, "acme", "r1", ANN, BOB)
        await keep(vault, "acme", "r2", "ann.lee@example.com")
        await keep(vault, "rival", "r1", ANN)
        assert await vault.upkeep.erase("acme", {" ann  lee", "nobody"}, without) == 1
        assert await vault.upkeep.erase("acme", {ANN}, without) == 0
        assert await kept(vault, "acme", "r1") == [BOB]
        assert await kept(vault, "acme", "r2") == ["ann.lee@example.com"]
        assert await kept(vault, "rival", "r1") == [ANN]
    bodies = [record.body for record in list_records(url, Filter(type="vault.erased"))]
    assert {"values": 2, "states": 1, "everything": False} in bodies
    assert ANN.lower() not in str(bodies).lower()


async def test_a_tenants_keys_are_shredded_with_all_that_they_open(url: str) -> None:
    async with opened(url) as vault, opened(url) as gateway:
        for name in ("r1", "r2"):
            await keep(gateway, "acme", name, ANN)
        await keep(gateway, "rival", "r1", ANN)
        assert await vault.upkeep.shred("acme") == 2
        assert await vault.keys.of("acme") == []
        assert await kept(gateway, "acme", "r1") is None
        assert await kept(gateway, "rival", "r1") == [ANN]
        await keep(gateway, "acme", "r3", BOB)  # life goes on, with new keys
        assert await kept(gateway, "acme", "r3") == [BOB]
    (record,) = list_records(url, Filter(type="vault.erased"))
    assert (record.tenant, record.body["everything"], record.body["states"]) == ("acme", True, 2)
