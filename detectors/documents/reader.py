"""Read documents in processes of their own, each document once."""

from typing import Final

from pydantic import TypeAdapter, ValidationError

from detectors.content_cache import ContentCache
from detectors.documents.reading import FILE, DocumentText
from detectors.isolation.workers import Workers

SECONDS: Final = 15.0
KEPT_BYTES: Final = 8_000_000
_ANSWERS: Final = TypeAdapter(DocumentText)


class DocumentReader:
    """Gives what documents say. `close` it when done.

    What was read is kept by a digest of the bytes, for the next turn of the same chat; what failed is tried again.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self._workers = Workers("detectors.documents.worker", seconds)
        self._kept = ContentCache[DocumentText](KEPT_BYTES, _size)

    async def read(self, data: bytes) -> DocumentText:
        """Read a document. Never raises for one: what can't be read in time is unread."""
        key = self._kept.key_of(data)
        known = self._kept.get(key)
        if known is not None:
            return known
        found = _told(await self._workers.answer(data))
        if found is None:
            return DocumentText((), (FILE,))
        self._kept.put(key, found)
        return found

    def close(self) -> None:
        """Take in nothing more; what is under way is unread."""
        self._workers.close()


def _told(answer: bytes | None) -> DocumentText | None:
    """Read what the process wrote, which may be anything: a file could have taken it over."""
    try:
        return _ANSWERS.validate_json(answer or b"")
    except ValidationError:
        return None


def _size(found: DocumentText) -> int:
    return 1000 + sum(map(len, found.texts))
