"""Work on pictures in processes of their own, on each picture once."""

import json
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Final

from pydantic import TypeAdapter, ValidationError

from detectors.content_cache import ContentCache
from detectors.isolation.workers import Workers
from detectors.pictures.reading import IMAGE, MAX_BYTES, READ, Box, PictureText

SECONDS: Final = 60.0
KEPT_TEXT: Final = 4_000_000
KEPT_BYTES: Final = 64_000_000
_ANSWERS: Final = TypeAdapter(PictureText)


class PictureReader:
    """Gives the text in pictures, and pictures without some of it. `close` it when done.

    Needs the extra `ocr`: `is_able` tells whether it is there, without it no picture is read. What was made of one is
    kept by a digest of the bytes; what failed is tried again. `patience` times `SECONDS` is the longest that one may
    take.
    """

    def __init__(self, patience: float = 1) -> None:
        self.is_able = all(find_spec(name) for name in ("rapidocr", "PIL"))
        self._workers = Workers("detectors.pictures.worker", SECONDS * patience)
        self._texts = ContentCache[PictureText](KEPT_TEXT, _size)
        self._pictures = ContentCache[bytes](KEPT_BYTES, len)

    async def read(self, data: bytes, tenant: str = "") -> PictureText:
        """Read a picture. Never raises for one: what can't be read in time is unread."""
        if not self.is_able or len(data) > MAX_BYTES:
            return PictureText()
        key = self._texts.key_of(data)
        known = self._texts.get(key)
        if known is not None:
            return known
        told = _told(await self._workers.answer(data, "read", tenant=tenant))
        if told is None:
            return PictureText()
        self._texts.put(key, told)
        return told

    async def black_out(self, data: bytes, boxes: Sequence[Box], tenant: str = "") -> bytes | None:
        """Give the picture with these boxes black; None if that fails."""
        where = json.dumps(boxes)
        key = self._pictures.key_of(data, where.encode())
        known = self._pictures.get(key)
        if known is None:
            known = await self._workers.answer(data, "black_out", where, tenant=tenant)
            if known:
                self._pictures.put(key, known)
        return known or None

    def close(self) -> None:
        """Take in nothing more; what is under way is unread."""
        self._workers.close()


def _told(answer: bytes | None) -> PictureText | None:
    """Read what the process wrote, which may be anything: a picture could have taken it over."""
    try:
        told = _ANSWERS.validate_json(answer or b"")
    except ValidationError:
        return None
    is_whole = told.unread in {IMAGE, READ} and len(told.lines) == len(told.boxes)
    return told if is_whole else None


def _size(found: PictureText) -> int:
    return 1000 + sum(map(len, found.lines)) + 200 * len(found.boxes)
