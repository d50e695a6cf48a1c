"""What the story of one call needs from the other rooms, as small as it needs it."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from audit.record import Record
from detectors.finding import Passage, Screening
from gateway.dialects.message import Reply, Request
from gateway.errors import AirlockError
from gateway.stream.ports import DialectStream


class Dialect(Protocol):
    """One vendor's wire format. `name` goes into records, `upstream_path` is the endpoint under a base URL."""

    @property
    def name(self) -> str:
        """What records and policies call this dialect."""
        ...

    @property
    def upstream_path(self) -> str:
        """The path of the endpoint below an upstream's base URL."""
        ...

    def read_request(self, raw: bytes) -> Request:
        """Read a request's body. Raises `BadRequest`."""
        ...

    def rewrite_request(
        self, request: Request, replacements: Mapping[str, str], *, model: str | None, include_usage: bool
    ) -> bytes:
        """Give the body to forward: new texts by slot id, every other byte as it came."""
        ...

    def read_reply(self, raw: bytes) -> Reply:
        """Read a whole reply. Raises `UpstreamInvalid`."""
        ...

    def read_error(self, raw: bytes) -> Reply:
        """Read a provider's error as if it were a reply. Raises `UpstreamInvalid`."""
        ...

    def rewrite_reply(self, reply: Reply, replacements: Mapping[str, str]) -> bytes:
        """Give the body to answer with: new texts by slot id, every other byte as it came."""
        ...

    def stream(self, request: Request) -> DialectStream:
        """Give a reader for the streamed reply to `request`."""
        ...

    def error_body(self, error: AirlockError) -> bytes:
        """Tell an error in the vendor's own envelope."""
        ...


class Screener(Protocol):
    """Detectors behind one call. Never raises for a detector's fault: the coverage says who did not do their part."""

    async def screen(self, passages: Sequence[Passage]) -> Screening:
        """Give findings and coverage for these passages."""
        ...


class Recorder(Protocol):
    """The log that decisions are written to."""

    async def append(self, *records: Record) -> None:
        """Make records durable, all or none, before returning. Raises `LedgerUnavailable` within a bounded time."""
        ...

    def enqueue(self, record: Record) -> None:
        """Take a record that will be durable soon. Raises `LedgerUnavailable` when it can't be kept."""
        ...
