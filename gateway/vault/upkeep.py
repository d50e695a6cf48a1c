"""What operators do with a vault that is in use: put its keys under another master key, renew them, erase values.

Gateways may go on meanwhile. A blob that one of them changes while it is worked on is looked at again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Final

from audit.vault import Blob, Vault
from audit.vault_erasure import VaultErasure
from audit.vault_keys import SEAL, VaultKeys, WrappedKey
from gateway.vault.masters import Masters
from gateway.vault.strongbox import Strongbox, sealed
from gateway.vault.subjects import digests

_AT_ONCE: Final = 200
"""Blobs that are read at a time."""

Rewrite = Callable[[bytes, Callable[[str], bool]], tuple[bytes, Collection[str]]]
"""Gives what is to be kept in place of a thing, without the values that shall go, and the values left in it."""


@dataclass(frozen=True, slots=True)
class Rotated:
    """How many keys were wrapped anew, made and dropped, and how many blobs were sealed anew."""

    rewrapped: int = 0
    made: int = 0
    dropped: int = 0
    resealed: int = 0


class Upkeep:
    """Every method raises `AuditError` and `VaultUnusable`; what was done until then stays done, and may go on."""

    def __init__(self, vault: Vault, keys: VaultKeys, masters: Masters, box: Strongbox, erasure: VaultErasure) -> None:
        self._vault = vault
        self._keys = keys
        self._masters = masters
        self._box = box
        self._erasure = erasure

    async def rotate(self, *, renew: bool = True) -> Rotated:
        """Wrap all keys under the current master key; with `renew`, seal everything with new keys as well."""
        stored = await self._keys.all()
        outdated = [key for key in stored if key.master != self._masters.current.id]
        for key in outdated:
            await self._rewrap(key)
        if not renew:
            return Rotated(len(outdated))
        tenants = sorted({key.tenant for key in stored if key.purpose == SEAL})
        resealed = [await self._reseal(tenant) for tenant in tenants]
        dropped = [await self._keys.drop(key) for key in stored if key.purpose == SEAL]
        return Rotated(len(outdated), len(tenants), sum(dropped), sum(resealed))

    async def erase(self, tenant: str, values: Collection[str], rewrite: Rewrite) -> int:
        """Take values out of everything that is about them and record that. Give from how many blobs."""
        secret = await self._box.ring.subject(tenant)
        subjects = digests(secret, values)
        key = await self._box.ring.newest(tenant)

        async def without(blob: Blob) -> Blob:
            opened = await self._box.open(tenant, blob)
            plain, left = rewrite(opened, lambda value: not subjects.isdisjoint(digests(secret, [value])))
            return sealed(key, tenant, blob.name, plain, await self._box.subjects(tenant, left))

        done = await self._rewritten(tenant, lambda: self._vault.about(tenant, sorted(subjects), _AT_ONCE), without)
        await self._erasure.record(tenant, len(values), done)
        return done

    async def shred(self, tenant: str) -> int:
        """Delete all that a tenant has in the vault, its keys as well, and record that. Give how many blobs."""
        return await self._erasure.shred(tenant)

    async def _rewrap(self, key: WrappedKey) -> None:
        plain = await asyncio.to_thread(self._masters.unwrap, key.master, key.wrapped, key.tenant, key.id)
        current = self._masters.current
        wrapped = await asyncio.to_thread(current.wrap, plain, key.tenant, key.id)
        await self._keys.rewrap(key, wrapped, current.id)

    async def _reseal(self, tenant: str) -> int:
        key = await self._box.ring.renew(tenant)

        async def anew(blob: Blob) -> Blob:
            plain = await self._box.open(tenant, blob)
            return sealed(key, tenant, blob.name, plain, blob.subjects)

        return await self._rewritten(tenant, lambda: self._vault.not_under(tenant, key.id, _AT_ONCE), anew)

    async def _rewritten(
        self, tenant: str, find: Callable[[], Awaitable[list[Blob]]], change: Callable[[Blob], Awaitable[Blob]]
    ) -> int:
        done = 0
        while found := await find():
            for blob in found:
                done += await self._vault.replace(tenant, blob, await change(blob))
        return done
