"""Models that are loaded in this replica, each with a batcher of its own."""

import asyncio
import logging
import threading
from base64 import b64decode
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from itertools import accumulate
from typing import Any, Final

from detectors.serving.batcher import Batcher
from detectors.serving.configuration import Configuration
from detectors.serving.errors import ModelUnusable, QueueFull
from detectors.serving.figures import Figures
from detectors.serving.model_settings import ImageSettings
from detectors.serving.ports import Answer
from detectors.serving.ray.outcomes import Answered, Facts, Failed, Full, Late, Outcome, facts_of

logger = logging.getLogger(__name__)

PROBE: Final = "Are you there?"
"""A text that a model has to run for."""

PICTURE: Final = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAFElEQVR4nGNsaGhgwAaYsIoOWgkAMBcBkGHHl6YAAAAASUVORK5CYII="
)
"""A picture that one has to run for."""

PROBE_S: Final = 10.0
"""A model that neither answers the probe in this time nor finishes a run stands still."""

_LOOKS: Final = 50
_PROBER: Final = "health"


class Home:
    """One model at work. It has `seconds` for what it has begun when it is closed.

    Ray calls `__del__` in a thread when the model has to make room, and waits for it: so the next one is loaded when
    the memory is free.
    """

    def __init__(
        self,
        reader: Batcher,
        seconds: float,
        closed: Callable[["Home"], None] = lambda _: None,
        *,
        reads_pictures: bool = False,
    ) -> None:
        self.facts: Facts = facts_of(reader.model)
        self._reader, self._seconds, self._closed = reader, seconds, closed
        self._probe: str | bytes = PICTURE if reads_pictures else PROBE
        self._closing = threading.Lock()
        self._is_closed = False

    async def read(self, contents: Sequence[Any], tenant: str, seconds: float) -> Outcome | None:
        """Read texts, or pictures, in so many seconds; None if this was closed just before. Cancel it to give up."""
        try:
            future = self._reader.submit(contents, tenant, seconds)
        except QueueFull as full:
            return Full(full.retry_after)
        except RuntimeError:
            return None
        waiting = asyncio.wrap_future(future)
        waiting.add_done_callback(look_at)
        try:
            await asyncio.wait((waiting,))
        finally:
            future.cancel()
        return self._outcome(future)

    async def check(self) -> None:
        """Have the model read something.

        Raises:
            RuntimeError: it can't, or stands still. One that is only busy goes on with its runs.
        """
        before = self.figures().runs
        outcome = await self.read([self._probe], _PROBER, PROBE_S)
        for _ in range(_LOOKS):
            if not isinstance(outcome, Full) or self.figures().runs > before:
                break
            await asyncio.sleep(PROBE_S / _LOOKS)
        is_busy = isinstance(outcome, Full | Late) and self.figures().runs > before
        if not (isinstance(outcome, Answered) or is_busy or self._is_closed):
            raise RuntimeError(f"the model {self.facts.name} does not answer")

    def figures(self) -> Figures:
        """Give what was done so far, and what waits now."""
        return self._reader.figures()

    def close(self) -> None:
        """Finish what was begun, as far as there is time, and give the memory back."""
        with self._closing:
            if self._is_closed:
                return
            self._is_closed = True
            self._closed(self)
            self._reader.close(self._seconds)

    def __del__(self) -> None:
        self.close()

    def _outcome(self, future: "Future[tuple[Answer, ...]]") -> Outcome:
        try:
            return Answered(self.facts, future.result(0))
        except TimeoutError:
            return Late()
        except CancelledError:
            return Failed()  # the batcher gave it up when it was closed
        except Exception as exc:  # noqa: BLE001 - whatever a model raises; its message may hold a text
            logger.warning("The model %s raised %s.", self.facts.name, type(exc).__name__)
            return Failed()


def look_at(future: "asyncio.Future[Any]") -> None:
    """Look at a fault, so that asyncio does not log it, with all that it says, as one that nobody has seen."""
    if not future.cancelled():
        future.exception()


def names_of(configuration: Configuration, *, reads_pictures: bool) -> list[str]:
    """Give the models of texts, or of pictures, the default one first."""
    return [name for name, one in configuration.models.items() if isinstance(one, ImageSettings) == reads_pictures]


def models_at_once(needed: Sequence[int], memory: int | None) -> int:
    """Say how many of the models always fit in memory together, whichever they are. Sizes are in bytes.

    Raises:
        ModelUnusable: the largest does not fit alone.
    """
    if memory is None:
        return len(needed)
    fitting = sum(held <= memory for held in accumulate(sorted(needed, reverse=True)))
    if not fitting:
        raise ModelUnusable(f"memory: a model takes {max(needed) / 2**20:.0f} MiB, more than all that are allowed")
    return fitting
