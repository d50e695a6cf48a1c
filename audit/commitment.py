"""Commitments: say now, show later.

A log holds `SHA256(tag || nonce || plaintext)` of personal content instead of the content. The 32 random bytes of nonce
keep short or guessable texts (a bare SHA-256 of an e-mail address is found by trying) out of reach; deleting the nonce
makes the commitment impossible to open for ever.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

NONCE_BYTES = 32
_TAG = b"airlock/commitment/v1\x00"


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise about a text and what opens it. `digest` may be published; `nonce` is kept with the encrypted text."""

    digest: bytes
    nonce: bytes


def commit(plaintext: bytes, nonce: bytes | None = None) -> Commitment:
    """Commit to a text, under a fresh random nonce or one that the caller derives from a secret for this text alone.

    Raises:
        ValueError: The nonce has not 32 bytes.
    """
    if nonce is None:
        nonce = secrets.token_bytes(NONCE_BYTES)
    if len(nonce) != NONCE_BYTES:
        raise ValueError(f"a commitment's nonce has {NONCE_BYTES} bytes")
    return Commitment(_digest(nonce, plaintext), nonce)


def opens(digest: bytes, nonce: bytes, plaintext: bytes) -> bool:
    """Say whether nonce and text open the commitment. A nonce of another length never does."""
    return len(nonce) == NONCE_BYTES and hmac.compare_digest(digest, _digest(nonce, plaintext))


def _digest(nonce: bytes, plaintext: bytes) -> bytes:
    return hashlib.sha256(_TAG + nonce + plaintext).digest()
