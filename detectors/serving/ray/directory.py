"""The models of the application for its interfaces: they run elsewhere, and are asked there."""

import asyncio
import logging
from collections.abc import Awaitable, Mapping, Sequence
from concurrent.futures import Future
from typing import Any, Final, Generic, Protocol, TypeVar

from detectors.serving.errors import QueueFull
from detectors.serving.figures import Figures
from detectors.serving.ports import Answer
from detectors.serving.ray.outcomes import Answered, Facts, Full, Late, Outcome

logger = logging.getLogger(__name__)

C = TypeVar("C")

UNKNOWN: Final = "unknown"
"""The version of a model that no replica has told yet."""

GREETING_S: Final = 3.0
"""Readers that don't say in this time what they hold are taken to be away."""


class Asked(Protocol):
    """Those who read."""

    def read(self, name: str, contents: Sequence[Any], tenant: str, seconds: float) -> Awaitable[Outcome]:
        """Have texts, or pictures, read with a model. Never raises; cancel it to drop the work."""
        ...

    def held(self) -> Awaitable[Mapping[str, Facts]]:
        """Say which models one of them has loaded. Raises if nobody answers."""
        ...


class Directory:
    """Implements `ports.Registry`; belongs to one event loop. Whoever is asked finds out what a model is."""

    def __init__(self, names: Sequence[str], image_names: Sequence[str], asked: Asked) -> None:
        self._names, self._image_names = (*names,), (*image_names,)
        self._known = {name: Facts(name, UNKNOWN, frozenset(), frozenset(), {}) for name in (*names, *image_names)}
        self._asked = asked
        self._is_reached = False

    @property
    def names(self) -> Sequence[str]:
        """The models of texts that there are to ask for; the first is the default."""
        return self._names

    @property
    def image_names(self) -> Sequence[str]:
        """The models of pictures that there are to ask for; the first is the default."""
        return self._image_names

    def get(self, name: str) -> "Question[str] | None":
        """Give a reader of texts for one call, by the default model for ""; None if there is none of that name."""
        return self._question(name, self._names)

    def images(self, name: str) -> "Question[bytes] | None":
        """Give a reader of pictures for one call, by the default model for ""; None if there is none of that name."""
        return self._question(name, self._image_names)

    async def greet(self) -> None:
        """Ask those who read whether they are there, and what they hold."""
        was_reached = self._is_reached
        try:
            async with asyncio.timeout(GREETING_S):
                held = await self._asked.held()
        except Exception as exc:  # noqa: BLE001 - whatever Ray raises: nobody is there
            self._is_reached = False
            if was_reached:
                logger.warning("No replica that reads texts answers (%s).", type(exc).__name__)
            return
        self._is_reached = True
        for facts in held.values():
            self._learn(facts)

    def _question(self, name: str, names: Sequence[str]) -> "Question[Any] | None":
        wanted = name or next(iter(names), "")
        if wanted not in names:
            return None
        return Question(self._known[wanted], self._asked, self._is_reached, self._learn)

    def _learn(self, facts: Facts) -> None:
        if facts.name in self._known:
            self._known[facts.name] = facts


class Learning(Protocol):
    """Takes note of the model that gave an answer."""

    def __call__(self, facts: Facts) -> None:
        """Note it."""
        ...


class Question(Generic[C]):
    """Implements `ports.ContentReader` for one call: after its answer, `model` is the very one that gave it.

    While one version takes another's place, calls that run side by side may be answered by either.
    """

    def __init__(self, facts: Facts, asked: Asked, is_open: bool, learn: Learning) -> None:
        self.model = facts
        self.is_open = is_open
        self._asked, self._learn = asked, learn

    def figures(self) -> Figures:
        """Nothing: replicas publish what they did."""
        return Figures()

    def submit(self, contents: Sequence[C], tenant: str, seconds: float, /) -> "Future[tuple[Answer, ...]]":
        """Have them read elsewhere; see `ports.ContentReader`. Call it on the event loop."""
        return asyncio.run_coroutine_threadsafe(self._read(contents, tenant, seconds), asyncio.get_running_loop())

    async def _read(self, contents: Sequence[C], tenant: str, seconds: float) -> tuple[Answer, ...]:
        outcome = await self._asked.read(self.model.name, contents, tenant, seconds)
        if isinstance(outcome, Answered) and len(outcome.answers) == len(contents):
            self.model = outcome.facts
            self._learn(outcome.facts)
            return (*outcome.answers,)
        if isinstance(outcome, Full):
            raise QueueFull(outcome.retry_after)
        if isinstance(outcome, Late):
            raise TimeoutError
        raise RuntimeError("no answer")
