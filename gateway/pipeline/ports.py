"""What the story of one call needs from the other rooms, as small as it needs it."""

from collections.abc import Sequence
from typing import Protocol

from audit.record import Record
from detectors.finding import Passage, Screening


class Screener(Protocol):
    """Detectors behind one call. Never raises for a detector's fault: the coverage says who did not do their part."""

    async def screen(self, passages: Sequence[Passage], tenant: str = "") -> Screening:
        """Give findings and coverage for these passages, on this tenant's behalf."""
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
    """Sealed blobs by tenant and name. Every method raises `AuditError` when the store is away."""

    async def keep(self, tenant: str, sealed: Sequence[tuple[str, bytes]], expires_ms: int) -> None:
        """Keep blobs under their names, all or none; they are durable when this returns."""
        ...

    async def read(self, tenant: str, name: str) -> bytes | None:
        """Give a blob, None if there is none or its time is over."""
        ...

    async def delete(self, tenant: str, name: str) -> None:
        """Forget a blob, if it is there."""
        ...
