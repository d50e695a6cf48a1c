"""Read documents in processes of their own, a few at a time, each document once."""

import asyncio
import hashlib
import json
import subprocess
import sys
import threading
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from detectors.documents.reading import FILE, DocumentText

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
        self._kept: OrderedDict[bytes, DocumentText] = OrderedDict()
        self._chars = 0
        self._changing = threading.Lock()

    async def read(self, data: bytes) -> DocumentText:
        """Read a document. Never raises for one: what can't be read in time is unread."""
        digest = hashlib.sha256(data).digest()
        with self._changing:
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
        command = [sys.executable, "-m", "detectors.documents.worker"]
        try:
            done = subprocess.run(  # noqa: S603 - our own module
                command,
                input=data,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=self._seconds,
                check=True,
            )
            told = json.loads(done.stdout)
        except (subprocess.SubprocessError, OSError, json.JSONDecodeError):
            return _UNREAD
        found = DocumentText(tuple(told["texts"]), tuple(told["unread"]))
        self._keep(digest, found)
        return found

    def _keep(self, digest: bytes, found: DocumentText) -> None:
        with self._changing:
            if digest in self._kept:
                return
            self._kept[digest] = found
            self._chars += _size(found)
            while self._chars > KEPT_CHARS:
                self._chars -= _size(self._kept.popitem(last=False)[1])


def _size(found: DocumentText) -> int:
    return 1000 + sum(map(len, found.texts))
