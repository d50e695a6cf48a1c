"""Seal what the vault keeps: AES-256-GCM under a key of the tenant's own, bound to the tenant and the name.

A blob that is moved to another tenant or another name, or changed in one bit, does not open. Whoever holds the store
alone can read nothing of it.
"""

import os
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gateway.pseudonyms.token import derive_key, framed

_INFO: Final = b"airlock vault v1"
_NONCE: Final = 12  # bytes, NIST SP 800-38D; random, which is good for 2^32 blobs of one tenant
_TENANTS_KEPT: Final = 1024


class SealBroken(ValueError):
    """A blob that was not sealed under this key for this tenant and name."""


class Sealer:
    """Seals and opens. `master` is the operator's secret of at least 32 bytes; it is in no repr."""

    __slots__ = ("_key",)

    def __init__(self, master: bytes) -> None:
        self._key = lru_cache(_TENANTS_KEPT)(lambda tenant: AESGCM(derive_key(master, tenant, _INFO)))

    def seal(self, tenant: str, name: str, plain: bytes) -> bytes:
        """Give the sealed blob: a nonce, then the ciphertext with its tag."""
        nonce = os.urandom(_NONCE)
        return nonce + self._key(tenant).encrypt(nonce, plain, _bound(tenant, name))

    def open(self, tenant: str, name: str, sealed: bytes) -> bytes:
        """Give what was sealed.

        Raises:
            SealBroken: it was not sealed under this key for this tenant and name.
        """
        try:
            return self._key(tenant).decrypt(sealed[:_NONCE], sealed[_NONCE:], _bound(tenant, name))
        except (InvalidTag, ValueError) as exc:
            raise SealBroken("a blob of the vault does not open") from exc


def _bound(tenant: str, name: str) -> bytes:
    return framed(tenant.encode(), name.encode())
