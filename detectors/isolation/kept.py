"""What was made of some bytes, kept for the next turn of the same chat."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


def digest_of(*pieces: bytes) -> bytes:
    """Give the key for what is made of these pieces."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(len(piece).to_bytes(8, "big") + piece)
    return digest.digest()


class Kept(Generic[T]):
    """Holds answers by digest up to a total size; those that came first leave first. Safe among threads."""

    def __init__(self, room: int, size: Callable[[T], int]) -> None:
        self._room = room
        self._size = size
        self._answers: OrderedDict[bytes, T] = OrderedDict()
        self._taken = 0
        self._changing = threading.Lock()

    def get(self, digest: bytes) -> T | None:
        """Give what is kept, None if there is nothing."""
        with self._changing:
            return self._answers.get(digest)

    def keep(self, digest: bytes, answer: T) -> None:
        """Keep one answer, unless there is one."""
        with self._changing:
            if digest in self._answers:
                return
            self._answers[digest] = answer
            self._taken += self._size(answer)
            while self._taken > self._room:
                self._taken -= self._size(self._answers.popitem(last=False)[1])
