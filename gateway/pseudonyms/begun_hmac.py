"""HMAC-SHA256 of many messages that begin in the same way, such as with the scope of a call.

A chat needs one for each value of its history, with every turn. The standard library's object takes as long to copy as
two of its hashes take to be worked out.
"""

from hashlib import sha256
from typing import Final

_BLOCK: Final = 64
_INNER: Final = bytes(byte ^ 0x36 for byte in range(256))
_OUTER: Final = bytes(byte ^ 0x5C for byte in range(256))


class BegunHmac:
    """What RFC 2104 makes of a key and the beginning of a message: two hashes, to be copied and ended."""

    __slots__ = ("_inner", "_outer")

    def __init__(self, key: bytes, beginning: bytes) -> None:
        padded = (key if len(key) <= _BLOCK else sha256(key).digest()).ljust(_BLOCK, b"\0")
        self._inner = sha256(padded.translate(_INNER) + beginning)
        self._outer = sha256(padded.translate(_OUTER))

    def digest(self, rest: bytes) -> bytes:
        """Give the HMAC of the message that goes on with this."""
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(rest)
        outer.update(inner.digest())
        return outer.digest()
