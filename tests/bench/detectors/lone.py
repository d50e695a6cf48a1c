"""What a service adds to a lone short text: the same suite with the encoder in this process, or at a service."""

import asyncio
import random
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

from detectors.catalog import EncoderOptions, meaning_detector
from detectors.finding import Passage
from detectors.serving.options import ServiceOptions
from detectors.suite import Suite
from tests.bench.detectors.service import service
from tests.bench.encoder import prose
from tests.bench.fault import BenchError

SHORT_TOKENS: Final = 16
IN_PROCESS, AT_SOCKET, AT_PORT = "in this process", "Unix socket", "HTTP on loopback"
_WARM_UP: Final = 20
_PAUSE_S: Final = 0.005
"""Before each call, so that nothing of the one before is still at work."""


@dataclass(frozen=True, slots=True)
class Lone:
    """Milliseconds of each call, by where the encoder was. Those of the same number are of one round."""

    calls_ms: Mapping[str, list[float]]

    @property
    def medians_ms(self) -> dict[str, float]:
        """The median of each."""
        return {place: median(calls) for place, calls in self.calls_ms.items()}

    def added_ms(self, place: str) -> float:
        """By how much the median is above that of the encoder in this process."""
        return self.medians_ms[place] - self.medians_ms[IN_PROCESS]


def lone_texts(weights: Path, folder: Path, calls: int) -> Lone:
    """Measure so many calls of each kind, in turns; each is of a new text, and alone.

    Raises:
        BenchError: A service did not come up, or a call was not answered.
    """
    with ExitStack() as stack:
        socket = stack.enter_context(service(weights, folder, "--socket", str(folder / "lone.sock")))
        port = stack.enter_context(service(weights, folder, "--port", "0"))
        options = {
            IN_PROCESS: EncoderOptions(weights, cache_bytes=0),
            AT_SOCKET: ServiceOptions((socket,), cache_bytes=0),
            AT_PORT: ServiceOptions((port,), cache_bytes=0),
        }
        suites = {place: Suite([meaning_detector(one)]) for place, one in options.items()}
        for suite in suites.values():
            stack.callback(suite.close)
        return asyncio.run(_measured(suites, calls))


async def _measured(suites: Mapping[str, Suite], calls: int) -> Lone:
    texts, order = _short_texts(), random.Random(SHORT_TOKENS)
    took: dict[str, list[float]] = {place: [] for place in suites}
    for number in range(-_WARM_UP, calls):
        for place in order.sample(list(suites), len(suites)):
            await asyncio.sleep(_PAUSE_S)
            seconds = await _timed(suites[place], next(texts))
            if number >= 0:
                took[place].append(seconds * 1e3)
    return Lone(took)


async def _timed(suite: Suite, text: str) -> float:
    begin = perf_counter()
    screening = await suite.screen((Passage("messages.0", text),))
    seconds = perf_counter() - begin
    if faults := [report.reason for report in screening.coverage.reports if report.reason]:
        raise BenchError(f"A lone text was not read: {', '.join(faults)}.")
    return seconds


def _short_texts() -> Iterator[str]:
    pick = random.Random(SHORT_TOKENS)
    while True:
        yield prose(pick, SHORT_TOKENS)
