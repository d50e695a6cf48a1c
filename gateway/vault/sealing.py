"""Seal what the vault keeps: AES-256-GCM, bound to the tenant and to what it is, so that nothing opens elsewhere."""

import os
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gateway.pseudonyms.token import framed

KEY_BYTES: Final = 32
_NONCE: Final = 12  # bytes, NIST SP 800-38D; random, which is good for 2^32 blobs of one key


class VaultUnusable(Exception):
    """The vault can't be used as it is. The message says why; it never holds a key nor what was sealed."""


class SealBroken(VaultUnusable):
    """A blob that was not sealed with this key for this tenant and name, or was changed since."""


class KeyUnusable(VaultUnusable):
    """A key can't be unwrapped: its master key is not there, is another one, or could not be asked."""


@dataclass(frozen=True, slots=True)
class DataKey:
    """A tenant's key, ready for use. `secret` is in no repr."""

    id: str
    secret: bytes = field(repr=False)


def seal(secret: bytes, plain: bytes, *bound: bytes) -> bytes:
    """Give the sealed blob: a nonce, then the ciphertext with its tag. `bound` says what it is, in this order."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(secret).encrypt(nonce, plain, framed(*bound))


def unseal(secret: bytes, sealed: bytes, *bound: bytes) -> bytes:
    """Give what was sealed.

    Raises:
        SealBroken: it was not sealed with this key for this use, or it was changed.
    """
    try:
        return AESGCM(secret).decrypt(sealed[:_NONCE], sealed[_NONCE:], framed(*bound))
    except (InvalidTag, ValueError) as exc:
        raise SealBroken("a blob of the vault does not open") from exc
