"""Read documents in processes of their own, a few at a time, each document once."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from detectors.documents.reading import FILE, DocumentText
from detectors.isolation.kept import Kept, digest_of
from detectors.isolation.process import answer_of

SECONDS: Final = 15.0
AT_A_TIME: Final = 2
KEPT_CHARS: Final = 8_000_000
_PATIENCE: Final = 2
"""How many times as long as a document may take somebody waits for it, with those before it."""

_UNREAD: Final = DocumentText((), (FILE,))


class DocumentReader:
    """Gives what documents say. `close` it when done.

    What was read is kept by a digest of the bytes, for the next turn of the same chat; what failed is tried again.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._pool = ThreadPoolExecutor(AT_A_TIME, "documents")
        self._kept: Kept[DocumentText] = Kept(KEPT_CHARS, _size)

    async def read(self, data: bytes) -> DocumentText:
        """Read a document. Never raises for one: what can't be read in time is unread."""
        digest = digest_of(data)
        known = self._kept.get(digest)
        if known is not None:
            return known
        reading = asyncio.get_running_loop().run_in_executor(self._pool, self._read, digest, data)
        try:
            return await asyncio.wait_for(reading, self._seconds * _PATIENCE)
        except TimeoutError:
            return _UNREAD

    def close(self) -> None:
        """Take in nothing more; what is under way ends by its time limit."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _read(self, digest: bytes, data: bytes) -> DocumentText:
        answer = answer_of(self._seconds, data, "detectors.documents.worker")
        try:
            told = json.loads(answer or b"")
        except json.JSONDecodeError:
            return _UNREAD
        found = DocumentText(tuple(told["texts"]), tuple(told["unread"]))
        self._kept.keep(digest, found)
        return found


def _size(found: DocumentText) -> int:
    return 1000 + sum(map(len, found.texts))
