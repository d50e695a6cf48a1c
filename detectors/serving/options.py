"""Where a detector service is, and how patiently it is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

CACHE_BYTES: Final = 32 * 2**20
"""Room for the findings of some eighty thousand texts."""

UNIX: Final = "unix:"


@dataclass(frozen=True, slots=True)
class ServiceOptions:
    """A model of a detector service, at one or more equal `addresses`: `http(s)://host:port` or `unix:/path`.

    `key` goes as a bearer token. An address must take a connection in `connect_s`; the answer must be there in
    `timeout_s`, whichever addresses were asked. After `hedge_s` without one, a second address is asked as well; None:
    never. An address that fails `failures` times in a row is asked only once in `pause_s`. `cache_bytes` is room for
    what was found in texts that come again, 0 for none.
    """

    addresses: tuple[str, ...]
    model: str = "encoder"
    key: str = field(default="", repr=False)
    connect_s: float = 0.5
    timeout_s: float = 10.0
    hedge_s: float | None = None
    failures: int = 5
    pause_s: float = 1.0
    cache_bytes: int = CACHE_BYTES

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers that go with each question."""
        return {"authorization": f"Bearer {self.key}"} if self.key else {}
