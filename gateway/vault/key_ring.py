"""Each tenant's keys, unwrapped once and remembered: what is asked of a master key is asked once a process."""

import asyncio
import os
import secrets
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Final, Protocol

from audit.record import now_ms
from audit.vault_keys import SEAL, SUBJECT, WrappedKey
from gateway.vault.masters import Masters
from gateway.vault.sealing import KEY_BYTES, DataKey, KeyUnusable

RENEW_S: Final = 60.0
"""How long a tenant's newest key is taken for the newest: after a rotation, replicas go on with the old one so long."""

_TENANTS_KEPT: Final = 1024


class Keys(Protocol):
    """Where wrapped keys are kept. Raises `AuditError`."""

    def of(self, tenant: str) -> Awaitable[Sequence[WrappedKey]]:
        """Give a tenant's keys, the newest first."""
        ...

    def add(self, key: WrappedKey) -> Awaitable[None]:
        """Add a key, unless there is one with its id."""
        ...


@dataclass(slots=True)
class _Held:
    """A tenant's keys as the store has them, those that were unwrapped, and the newest one that seals."""

    stored: dict[str, WrappedKey] = field(default_factory=dict)
    keys: dict[str, DataKey] = field(default_factory=dict)
    newest: str = ""
    read_at: float = -RENEW_S


class KeyRing:
    """Gives keys, and makes a tenant's first ones. Every method raises `AuditError` and `KeyUnusable`."""

    def __init__(self, keys: Keys, masters: Masters) -> None:
        self._keys = keys
        self._masters = masters
        self._held: dict[str, _Held] = {}

    async def newest(self, tenant: str) -> DataKey:
        """Give the key that seals what is new, making one if there is none."""
        held = self._of(tenant)
        if not held.newest or monotonic() - held.read_at >= RENEW_S:
            await self._read(tenant, held)
        return await self._ready(held, held.newest) if held.newest else await self.renew(tenant)

    async def renew(self, tenant: str) -> DataKey:
        """Make a new key, which is the newest from now on."""
        key_id = "s-" + secrets.token_hex(10)
        await self._make(tenant, key_id, SEAL)
        return await self.find(tenant, key_id)

    async def find(self, tenant: str, key_id: str) -> DataKey:
        """Give a key by its id."""
        held = self._of(tenant)
        if key_id not in held.stored:
            await self._read(tenant, held)
        if key_id not in held.stored:
            raise KeyUnusable("a key of the vault is missing")
        return await self._ready(held, key_id)

    async def subject(self, tenant: str) -> bytes:
        """Give the key for digests of values, making it if there is none."""
        key_id = f"subject:{tenant}"
        held = self._of(tenant)
        if key_id not in held.stored:
            await self._read(tenant, held)
        if key_id not in held.stored:
            await self._make(tenant, key_id, SUBJECT)  # if somebody else's came first, that one counts
        return (await self.find(tenant, key_id)).secret

    def forget(self, tenant: str) -> None:
        """Read a tenant's keys again when they are asked for next."""
        self._held.pop(tenant, None)

    def _of(self, tenant: str) -> _Held:
        if tenant not in self._held and len(self._held) >= _TENANTS_KEPT:
            del self._held[next(iter(self._held))]
        return self._held.setdefault(tenant, _Held())

    async def _read(self, tenant: str, held: _Held) -> None:
        keys = await self._keys.of(tenant)
        held.stored = {key.id: key for key in keys}
        held.newest = next((key.id for key in keys if key.purpose == SEAL), "")
        held.read_at = monotonic()

    async def _ready(self, held: _Held, key_id: str) -> DataKey:
        key = held.stored[key_id]
        if key_id not in held.keys:
            secret = await asyncio.to_thread(self._masters.unwrap, key.master, key.wrapped, key.tenant, key.id)
            held.keys[key_id] = DataKey(key_id, secret)
        return held.keys[key_id]

    async def _make(self, tenant: str, key_id: str, purpose: str) -> None:
        master = self._masters.current
        wrapped = await asyncio.to_thread(master.wrap, os.urandom(KEY_BYTES), tenant, key_id)
        await self._keys.add(WrappedKey(key_id, tenant, purpose, master.id, wrapped, now_ms()))
