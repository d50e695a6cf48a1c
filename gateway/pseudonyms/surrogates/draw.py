"""Choices that are as good as random to everybody without the key, and always the same with it."""

import hmac
from collections.abc import Sequence
from typing import TypeVar

from gateway.pseudonyms.token import framed

T = TypeVar("T")


class Draw:
    """The choices for one attempt at one value: HMAC-SHA256 over all that they depend on, block by block."""

    __slots__ = ("_blocks", "_key", "_message", "_number")

    def __init__(self, key: bytes, *parts: bytes) -> None:
        self._key = key
        self._message = framed(b"surrogate", *parts)
        self._blocks = self._number = 0

    def below(self, bound: int) -> int:
        """Give a number from 0 to `bound` - 1, for a bound that is far below 2^64."""
        if self._number < 1 << 64:
            block = framed(self._message, str(self._blocks).encode())
            self._number = int.from_bytes(hmac.digest(self._key, block, "sha256"), "big")
            self._blocks += 1
        self._number, choice = divmod(self._number, bound)
        return choice

    def one(self, choices: Sequence[T]) -> T:
        """Give one of these."""
        return choices[self.below(len(choices))]

    def digits(self, count: int) -> str:
        """Give as many digits."""
        return str(self.below(10**count)).zfill(count) if count else ""
