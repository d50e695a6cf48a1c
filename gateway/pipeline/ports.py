"""What the story of one call needs from the other rooms, as small as it needs it."""

from collections.abc import Collection, Sequence
from typing import Protocol

from audit.record import Record
from detectors.documents.reading import DocumentText
from detectors.finding import Passage, Screening
from detectors.pictures.reading import Box, PictureText


class Screener(Protocol):
    """Detectors behind one call. Never raises for a detector's fault: the coverage says who did not do their part."""

    async def screen(self, passages: Sequence[Passage], tenant: str = "") -> Screening:
        """Give findings and coverage for these passages, on this tenant's behalf."""
        ...


class DocumentReader(Protocol):
    """Reads documents. Never raises for one: what could not be read is `unread`."""

    async def read(self, data: bytes, tenant: str = "") -> DocumentText:
        """Give what a document says, on this tenant's behalf."""
        ...


class PictureReader(Protocol):
    """Reads pictures and blackens them. Never raises for one."""

    async def read(self, data: bytes, tenant: str = "") -> PictureText:
        """Give the text in a picture, and what the picture counts as."""
        ...

    async def black_out(self, data: bytes, boxes: Sequence[Box], tenant: str = "") -> bytes | None:
        """Give the picture with these boxes black; None if that fails."""
        ...


class Recorder(Protocol):
    """The log that decisions are written to."""

    async def append(self, *records: Record) -> None:
        """Make records durable, all or none, before returning. Raises `LedgerUnavailable` within a bounded time."""
        ...

    def enqueue(self, record: Record) -> None:
        """Take a record that will be durable soon. Raises `LedgerUnavailable` when it can't be kept."""
        ...


class Store(Protocol):
    """What is kept by tenant and name. Methods raise `AuditError` when the store is away, else `VaultUnusable`."""

    async def keep(
        self, tenant: str, names: Sequence[str], plain: bytes, about: Collection[str], expires_ms: int
    ) -> None:
        """Keep one thing under each of these names, all or none; it is durable when this returns.

        `about` are the personal values in it, by which it can be found and erased.
        """
        ...

    async def read(self, tenant: str, name: str) -> bytes | None:
        """Give what is kept under a name, None if there is nothing or its time is over."""
        ...

    async def delete(self, tenant: str, name: str) -> None:
        """Forget what is kept under a name, if there is anything."""
        ...
