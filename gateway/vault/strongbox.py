"""Keep things under names, sealed, with a note of whom they are about. All I/O is the store's and the key ring's."""

from collections.abc import Awaitable, Collection, Sequence
from typing import Final, Protocol

from audit.errors import KeyGone
from audit.vault import Blob
from gateway.vault.key_ring import KeyRing
from gateway.vault.sealing import DataKey, seal, unseal
from gateway.vault.subjects import digests

_TRIES: Final = 3
"""A key that was deleted since it was read is replaced by the newest one; that it happens again takes a rotation."""


class Blobs(Protocol):
    """Where blobs are kept. Raises `AuditError`."""

    def keep(self, tenant: str, blobs: Sequence[Blob], expires_ms: int) -> Awaitable[None]:
        """Keep blobs, all or none. Raises `KeyGone` if their key is not there any more."""
        ...

    def read(self, tenant: str, name: str) -> Awaitable[Blob | None]:
        """Give a blob, None if there is none or its time is over."""
        ...

    def delete(self, tenant: str, name: str) -> Awaitable[None]:
        """Forget a blob, if it is there."""
        ...


class Strongbox:
    """Every method raises `AuditError` (the store) and `VaultUnusable` (keys and seals)."""

    def __init__(self, blobs: Blobs, ring: KeyRing) -> None:
        self._blobs = blobs
        self.ring = ring

    async def keep(
        self, tenant: str, names: Sequence[str], plain: bytes, about: Collection[str], expires_ms: int
    ) -> None:
        """Keep one thing under each of these names, all or none. `about` are the values in it. Durable at the end."""
        for left in reversed(range(_TRIES)):
            key = await self.ring.newest(tenant)
            subjects = await self.subjects(tenant, about)
            blobs = [sealed(key, tenant, name, plain, subjects) for name in names]
            try:
                return await self._blobs.keep(tenant, blobs, expires_ms)
            except KeyGone:
                if not left:
                    raise
                self.ring.forget(tenant)
        return None

    async def read(self, tenant: str, name: str) -> bytes | None:
        """Give what is kept under a name, None if there is nothing or its time is over."""
        blob = await self._blobs.read(tenant, name)
        return None if blob is None else await self.open(tenant, blob)

    async def open(self, tenant: str, blob: Blob) -> bytes:
        """Open a blob."""
        key = await self.ring.find(tenant, blob.key_id)
        return unseal(key.secret, blob.sealed, tenant.encode(), blob.name.encode())

    async def delete(self, tenant: str, name: str) -> None:
        """Forget what is kept under a name."""
        await self._blobs.delete(tenant, name)

    async def subjects(self, tenant: str, values: Collection[str]) -> frozenset[bytes]:
        """Give the digests of values of a tenant."""
        return digests(await self.ring.subject(tenant), values) if values else frozenset()


def sealed(key: DataKey, tenant: str, name: str, plain: bytes, subjects: frozenset[bytes] | None) -> Blob:
    """Seal a thing for a tenant and a name."""
    return Blob(name, key.id, seal(key.secret, plain, tenant.encode(), name.encode()), subjects)
