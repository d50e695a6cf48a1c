"""A provider's answer without a provider: the whole interface, from memory."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field

from gateway.upstream.closing import Closing


@dataclass(slots=True)
class Told(Closing):
    """`closed` tells whether it was closed."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b"{}"
    is_event_stream: bool = False
    closed: bool = False

    def close(self) -> None:
        self.closed = True

    async def chunks(self) -> AsyncIterator[bytes]:
        yield self.content

    async def body(self, limit: int) -> bytes:
        return self.content[:limit]
