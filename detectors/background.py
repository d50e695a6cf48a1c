"""Detectors that search in threads of their own, where work of concurrent calls can go together."""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from detectors.finding import Finding, Passage, Unscanned


@dataclass(frozen=True, slots=True)
class Found:
    """What a detector found in passages, and what of them it could make nothing of."""

    findings: Sequence[Finding] = ()
    unscanned: tuple[Unscanned, ...] = ()


class Named(Protocol):
    """What every detector says of itself."""

    @property
    def name(self) -> str:
        """The name that findings and reports carry."""
        ...

    @property
    def version(self) -> str:
        """Changes whenever the same text may give other findings."""
        ...

    @property
    def labels(self) -> frozenset[str]:
        """All labels that it can emit."""
        ...


@runtime_checkable
class BackgroundDetector(Named, Protocol):
    """One way to find things in text that takes too long for the event loop. Thread-safe."""

    def submit(self, passages: Sequence[Passage], seconds: float, tenant: str = "") -> "Future[Found]":
        """Begin to search all passages, and return at once; what is known already may be in the future by then.

        The future fails with a `TimeoutError` if the work takes more than `seconds` of its own, with an `Unavailable`
        if it can't be done now, and is cancelled if there is no room for it. Whoever cancels it gives the work up: it
        is dropped unless others wait for it too. `tenant` is on whose behalf, for those who share between tenants.

        Raises:
            RuntimeError: the detector is closed.
        """
        ...
