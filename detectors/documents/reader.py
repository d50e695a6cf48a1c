"""Read documents in processes of their own, each document once."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import Base64Bytes, TypeAdapter, ValidationError

from detectors.content_cache import ContentCache
from detectors.documents.reading import FILE, IMAGE, MAX_DRAWN, DocumentText
from detectors.isolation.workers import Workers
from detectors.pictures.reader import PictureReader
from detectors.pictures.reading import PictureText

SECONDS: Final = 15.0
KEPT_BYTES: Final = 8_000_000


@dataclass(frozen=True, slots=True)
class _Told:
    """What the process writes; of each page that it drew the number, the picture, and whether that is fine enough."""

    texts: tuple[str, ...]
    unread: tuple[str, ...]
    drawn: tuple[tuple[int, Base64Bytes, bool], ...] = ()


_ANSWERS: Final = TypeAdapter(_Told)


class DocumentReader:
    """Gives what documents say. `close` it when done.

    What was read is kept by a digest of the bytes, for the next turn of the same chat; what failed is tried again. The
    text in a document's pictures is read by `pictures`, which stays its giver's to close; without it they are unread.
    `patience` times `SECONDS` is the longest that one document may take.
    """

    def __init__(self, patience: float = 1, pictures: PictureReader | None = None) -> None:
        self._workers = Workers("detectors.documents.worker", SECONDS * patience)
        self._pictures = pictures if pictures and pictures.is_able else None
        self._kept = ContentCache[DocumentText](KEPT_BYTES, _size)

    async def read(self, data: bytes, tenant: str = "") -> DocumentText:
        """Read a document. Never raises for one: what can't be read in time is unread."""
        key = self._kept.key_of(data)
        known = self._kept.get(key)
        if known is not None:
            return known
        drawn = str(MAX_DRAWN if self._pictures else 0)
        told = _told(await self._workers.answer(data, drawn, tenant=tenant))
        if told is None:
            return DocumentText((), (FILE,))
        seen = await self._seen(told, tenant)
        found = _joined(told, seen)
        if all(text.lines for text in seen):
            self._kept.put(key, found)
        return found

    def close(self) -> None:
        """Take in nothing more; what is under way is unread."""
        self._workers.close()

    async def _seen(self, told: _Told, tenant: str) -> Sequence[PictureText]:
        if self._pictures is None:
            return [PictureText()] * len(told.drawn)
        return await asyncio.gather(*(self._pictures.read(picture, tenant) for _, picture, _ in told.drawn))


def _told(answer: bytes | None) -> _Told | None:
    """Read what the process wrote, which may be anything: a file could have taken it over."""
    try:
        told = _ANSWERS.validate_json(answer or b"")
    except ValidationError:
        return None
    is_whole = len(told.drawn) <= MAX_DRAWN and all(0 <= page < len(told.texts) for page, _, _ in told.drawn)
    return told if is_whole else None


def _joined(told: _Told, seen: Sequence[PictureText]) -> DocumentText:
    """Put what pages show below what they say."""
    texts = list(told.texts)
    unread = set(told.unread)
    for (page, _, is_fine), text in zip(told.drawn, seen, strict=True):
        texts[page] = _with_lines(texts[page], text.lines)
        unread.add(text.unread if is_fine else IMAGE)
    return DocumentText(tuple(texts), tuple(sorted(unread)))


def _with_lines(text: str, lines: Sequence[str]) -> str:
    """Add the lines that the text does not have: much of a drawn page stands in its text layer, too."""
    known = {_bare(line) for line in text.splitlines()}
    return "\n".join(filter(None, (text, *(line for line in lines if _bare(line) not in known))))


def _bare(line: str) -> str:
    return "".join(line.split())


def _size(found: DocumentText) -> int:
    return 1000 + sum(map(len, found.texts))
