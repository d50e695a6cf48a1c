"""Results by content: what was worked out for a text is not worked out again while there is room to remember it."""

import os
from collections import OrderedDict
from collections.abc import Callable, Sequence
from hashlib import blake2b
from threading import Lock
from typing import Final, Generic, TypeVar

V = TypeVar("V")

ENTRY_BYTES: Final = 256
"""What an entry costs besides its value: key, links and bookkeeping."""


class ContentCache(Generic[V]):
    """Keeps the values that were used last, in at most `most_bytes`; 0 keeps none. Thread-safe.

    Texts are not kept, only a digest of each, keyed with a secret of this process: nobody who reads the memory can look
    up a guess. `size_of` says how many bytes a value holds.
    """

    def __init__(self, most_bytes: int, size_of: Callable[[V], int]) -> None:
        self._most_bytes = most_bytes
        self._size_of = size_of
        self._keyed = blake2b(digest_size=16, key=os.urandom(32))
        self._values: OrderedDict[bytes, tuple[V, int]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._values)

    @property
    def held(self) -> int:
        """How many bytes are held now."""
        return self._bytes

    def key(self, text: str) -> bytes:
        """Give the key of a text."""
        digest = self._keyed.copy()  # quicker than to take in the secret again for each of a chat's texts
        digest.update(text.encode("utf-8", "surrogatepass"))
        return digest.digest()

    def key_of(self, *pieces: bytes) -> bytes:
        """Give the key of what is made of these pieces."""
        digest = self._keyed.copy()
        for piece in pieces:
            digest.update(len(piece).to_bytes(8, "big") + piece)
        return digest.digest()

    def get(self, key: bytes) -> V | None:
        """Give what is known under a key, which then counts as used; None if nothing is."""
        with self._lock:
            entry = self._values.get(key)
            if entry is None:
                return None
            self._values.move_to_end(key)
            return entry[0]

    def get_all(self, keys: Sequence[bytes]) -> list[V | None]:
        """Give what is known under each of these keys, as `get` does."""
        values = self._values
        with self._lock:
            entries = [values.get(key) for key in keys]
            for key, entry in zip(keys, entries, strict=True):
                if entry is not None:
                    values.move_to_end(key)
        return [entry and entry[0] for entry in entries]

    def put(self, key: bytes, value: V) -> None:
        """Remember a value, and forget those that were used longest ago if it gets too much."""
        size = ENTRY_BYTES + self._size_of(value)
        if size > self._most_bytes:
            return
        with self._lock:
            _, known = self._values.pop(key, (None, 0))
            self._values[key] = value, size
            self._bytes += size - known
            while self._bytes > self._most_bytes:
                _, (_, forgotten) = self._values.popitem(last=False)
                self._bytes -= forgotten
