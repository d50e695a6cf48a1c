"""The keys above the vault's keys: what wraps and unwraps them. A master key never reaches the store."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Final, Protocol

from gateway.pseudonyms.token import derive_key
from gateway.vault.sealing import KeyUnusable, SealBroken, seal, unseal

_INFO: Final = b"airlock vault master v1"
_ID_LENGTH: Final = 12


class Master(Protocol):
    """One master key. `id` names it and tells nothing about it."""

    @property
    def id(self) -> str:
        """Stands beside each key that it wraps."""
        ...

    def wrap(self, key: bytes, tenant: str, key_id: str) -> bytes:
        """Wrap a key for this tenant and id. May take seconds. Raises `KeyUnusable`."""
        ...

    def unwrap(self, wrapped: bytes, tenant: str, key_id: str) -> bytes:
        """Give the key back. May take seconds. Raises `KeyUnusable`, also if it was wrapped for another use."""
        ...


class LocalMaster:
    """A master key that this process holds: derived from an operator's secret of at least 32 bytes by HKDF-SHA256."""

    __slots__ = ("_key", "id")

    def __init__(self, secret: bytes) -> None:
        self._key = derive_key(secret, "", _INFO)
        self.id = "local-" + sha256(b"airlock vault master id" + self._key).hexdigest()[:_ID_LENGTH]

    def wrap(self, key: bytes, tenant: str, key_id: str) -> bytes:
        """Wrap it by AES-256-GCM."""
        return seal(self._key, key, tenant.encode(), key_id.encode())

    def unwrap(self, wrapped: bytes, tenant: str, key_id: str) -> bytes:
        """Unwrap it. Raises `KeyUnusable`."""
        try:
            return unseal(self._key, wrapped, tenant.encode(), key_id.encode())
        except SealBroken as exc:
            raise KeyUnusable("a key of the vault does not open under its master key") from exc


class Masters:
    """The one that wraps what is new, and the former ones, which only unwrap."""

    def __init__(self, current: Master, former: Sequence[Master] = ()) -> None:
        self.current = current
        self._by_id = {master.id: master for master in (*former, current)}

    def unwrap(self, master: str, wrapped: bytes, tenant: str, key_id: str) -> bytes:
        """Give a key that the master with this id wrapped.

        Raises:
            KeyUnusable: that master is none of these, or the key does not open.
        """
        known = self._by_id.get(master)
        if known is None:
            raise KeyUnusable(f"the vault's keys are under a master key that is not configured ({master})")
        return known.unwrap(wrapped, tenant, key_id)
