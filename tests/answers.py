"""A provider's answer without a provider: the whole interface, from memory."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self


@dataclass(slots=True)
class Told:
    """`closed` tells whether it was closed."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b"{}"
    is_event_stream: bool = False
    closed: bool = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self.closed = True

    async def chunks(self) -> AsyncIterator[bytes]:
        yield self.content

    async def body(self, limit: int) -> bytes:
        return self.content[:limit]
