"""Work on pictures in processes of their own, a few at a time, on each picture once."""

import asyncio
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.util import find_spec
from typing import Final

from detectors.isolation.kept import Kept, digest_of
from detectors.isolation.process import answer_of
from detectors.pictures.reading import MAX_BYTES, Box, PictureText

SECONDS: Final = 60.0
AT_A_TIME: Final = 2
KEPT_CHARS: Final = 4_000_000
KEPT_BYTES: Final = 64_000_000
_PATIENCE: Final = 2
"""How many times as long as a picture may take somebody waits for it, with those before it."""

_WORKER: Final = "detectors.pictures.worker"


class PictureReader:
    """Gives the text in pictures, and pictures without some of it. `close` it when done.

    Needs the extra `ocr`: without it no picture is read. What was made of a picture is kept by a digest of the bytes;
    what failed is tried again.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._is_able = all(find_spec(name) for name in ("rapidocr", "PIL"))
        self._pool = ThreadPoolExecutor(AT_A_TIME, "pictures")
        self._texts: Kept[PictureText] = Kept(KEPT_CHARS, _size)
        self._pictures: Kept[bytes] = Kept(KEPT_BYTES, len)

    async def read(self, data: bytes) -> PictureText:
        """Read a picture. Never raises for one: what can't be read in time is unread."""
        if not self._is_able or len(data) > MAX_BYTES:
            return PictureText()
        digest = digest_of(data)
        known = self._texts.get(digest)
        if known is not None:
            return known
        told = _told(await self._answer(data, "read"))
        if told is None:
            return PictureText()
        self._texts.keep(digest, told)
        return told

    async def black_out(self, data: bytes, boxes: Sequence[Box]) -> bytes | None:
        """Give the picture with these boxes black; None if that fails."""
        where = json.dumps(boxes)
        digest = digest_of(data, where.encode())
        known = self._pictures.get(digest)
        if known is None:
            known = await self._answer(data, "black_out", where)
            if known:
                self._pictures.keep(digest, known)
        return known or None

    def close(self) -> None:
        """Take in nothing more; what is under way ends by its time limit."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _answer(self, data: bytes, *arguments: str) -> bytes | None:
        work = partial(answer_of, self._seconds, data, _WORKER, *arguments)
        try:
            working = asyncio.get_running_loop().run_in_executor(self._pool, work)
            return await asyncio.wait_for(working, self._seconds * _PATIENCE)
        except TimeoutError:
            return None


def _told(answer: bytes | None) -> PictureText | None:
    try:
        told = json.loads(answer or b"")
    except json.JSONDecodeError:
        return None
    boxes = tuple((left, top, right, bottom) for left, top, right, bottom in told["boxes"])
    return PictureText(tuple(told["lines"]), boxes, told["unread"])


def _size(found: PictureText) -> int:
    return 1000 + sum(map(len, found.lines)) + 200 * len(found.boxes)
