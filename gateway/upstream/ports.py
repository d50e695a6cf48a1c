"""What every way to a provider has in common, whether it is HTTP or a library."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Protocol, Self

from gateway.dialects.dialect import Dialect
from gateway.dialects.message import Outbound
from gateway.upstream.target import Candidate


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A call that may leave: in which dialect, with which headers of its own, and whether its reply is streamed."""

    dialect: Dialect
    outbound: Outbound
    headers: Mapping[str, str] = field(repr=False)
    stream: bool = False


class Answer(Protocol):
    """A provider's answer whose status is known; the body is still on its way.

    Use as an async context manager, or close it: it ends what is not at its end.
    """

    status: int
    headers: Mapping[str, str]

    async def __aenter__(self) -> Self:
        """Start."""

    async def __aexit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        """Close."""

    def close(self) -> None:
        """End the answer if its body is not at its end. Synchronous, so that it runs in a cancelled call, too."""

    @property
    def is_event_stream(self) -> bool:
        """Whether the body comes as server-sent events."""

    def chunks(self) -> AsyncIterator[bytes]:
        """Give the body as it arrives, in pieces of no particular size. Raises `UpstreamFault`."""

    async def body(self, limit: int) -> bytes:
        """Read the whole body, at most `limit` bytes. Raises `UpstreamFault`."""


class Client(Protocol):
    """One way to ask providers."""

    async def send(self, candidate: Candidate, dispatch: Dispatch) -> Answer:
        """Send a call and wait for the status.

        Raises:
            UpstreamUnreachable: No connection in time, or it closed before the status line.
            UpstreamTimeout: No status line in time. The provider may have done its work all the same.
            UpstreamInvalid: What came can't be understood.
        """
