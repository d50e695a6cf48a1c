"""What a call comes to, before it is put on the wire."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Whole:
    """A reply that is sent in one piece."""

    status: int
    headers: Headers
    body: bytes


class Chunks(Protocol):
    """Bytes that may leave, one piece after the other."""

    @property
    def has_ended(self) -> bool:
        """Whether the last piece was given, so that a sign of life would come behind the end."""
        ...

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Start."""
        ...

    async def aclose(self) -> None:
        """End early: cancels the upstream call and completes the record."""
        ...


@dataclass(frozen=True, slots=True)
class Streamed:
    """A reply that is sent as it comes. The first piece has already passed the second door, or is a heartbeat.

    `heartbeat` is what to send to a client that has waited for `heartbeat_s`; none if it is empty, or the time 0.

    Whoever takes the chunks must run them to the end or close the iterator, which ends the upstream call and completes
    the record.
    """

    status: int
    headers: Headers
    chunks: Chunks
    heartbeat: bytes = b""
    heartbeat_s: float = 0


Outcome = Whole | Streamed
