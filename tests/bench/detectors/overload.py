"""A service at twice its capacity: how quickly it turns calls away, and what the others have to wait."""

import asyncio
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

from detectors.errors import Unavailable
from detectors.serving.client import ServiceClient
from detectors.serving.options import ServiceOptions
from tests.bench.detectors.service import service
from tests.bench.detectors.traffic import Text, texts
from tests.bench.fault import BenchError

CLIENTS: Final = 32
"""Clients that keep the service busy while its capacity is found."""

CALM, TOO_MUCH = 0.8, 2.0
"""Parts of the capacity at which calls come."""

WARM_UP_S: Final = 4.0
"""Of each stretch, the beginning, which is not counted: a queue must form, or be gone, before it says anything."""

BUSY: Final = "busy"
_SEED: Final = 71


@dataclass(frozen=True, slots=True)
class Stretch:
    """Calls that came at a rate, whatever became of those before them: so many `calls` a second, in milliseconds.

    `accepted_ms` are the times of those that were answered, `refused_ms` of those that were turned away (429), and
    `faults` what else befell calls.
    """

    calls_a_second: float
    accepted_ms: list[float]
    refused_ms: list[float]
    faults: list[str]

    @property
    def refused_share(self) -> float:
        """The part of the calls that was turned away."""
        return len(self.refused_ms) / max(1, len(self.refused_ms) + len(self.accepted_ms) + len(self.faults))


@dataclass(frozen=True, slots=True)
class Overload:
    """What a service did at `CALM` and at `TOO_MUCH` of its `capacity`, in calls a second."""

    capacity: float
    calm: Stretch
    too_much: Stretch


def share_of(values: Sequence[float], part: float) -> float:
    """Give the value that such a part of the values does not exceed; 0 if there are none."""
    return sorted(values)[int(len(values) * part)] if values else 0.0


def overload(weights: Path, folder: Path, seconds: float) -> Overload:
    """Find the capacity of a service in a process of its own, then let calls come for some seconds at each rate.

    Raises:
        BenchError: The service did not come up, or could not do with `CLIENTS` clients.
    """
    with service(weights, folder, "--socket", str(folder / "overload.sock")) as address:
        return asyncio.run(_measured(address, seconds))


async def _measured(address: str, seconds: float) -> Overload:
    client = await ServiceClient.open(ServiceOptions((address,), cache_bytes=0))
    try:
        source = texts(_SEED)
        await _capacity(client, source, WARM_UP_S / 2)
        capacity = await _capacity(client, source, seconds / 2)
        calm = await _stretch(client, source, CALM * capacity, seconds)
        return Overload(capacity, calm, await _stretch(client, source, TOO_MUCH * capacity, seconds))
    finally:
        await client.close()


async def _capacity(client: ServiceClient, source: Iterator[Text], seconds: float) -> float:
    """Give the calls a second that clients get answered who wait for each answer."""
    begin, answered = perf_counter(), 0

    async def ask_on() -> None:
        nonlocal answered
        while perf_counter() - begin < seconds:
            try:
                await client.ask("bench", [next(source).text])
                answered += 1
            except Unavailable as fault:
                if fault.reason != BUSY:
                    raise BenchError(f"The service could not do with {CLIENTS} clients: {fault.reason}.") from fault
                await asyncio.sleep(0.1)

    await asyncio.gather(*(ask_on() for _ in range(CLIENTS)))
    return answered / (perf_counter() - begin)


async def _stretch(client: ServiceClient, source: Iterator[Text], rate: float, seconds: float) -> Stretch:
    """Let calls come as a Poisson process does, and wait for what became of each."""
    pick = random.Random(_SEED)
    stretch = Stretch(rate, [], [], [])
    under_way: list[asyncio.Task[None]] = []
    begin = due = perf_counter()
    while due - begin < WARM_UP_S + seconds:
        await asyncio.sleep(due - perf_counter())
        counted = stretch if due - begin >= WARM_UP_S else Stretch(rate, [], [], [])
        under_way.append(asyncio.create_task(_call(client, next(source).text, counted)))
        due += pick.expovariate(rate)
    await asyncio.gather(*under_way)
    return stretch


async def _call(client: ServiceClient, text: str, counted: Stretch) -> None:
    begin = perf_counter()
    try:
        await client.ask("bench", [text])
    except Unavailable as fault:
        if fault.reason == BUSY:
            counted.refused_ms.append((perf_counter() - begin) * 1e3)
        else:
            counted.faults.append(fault.reason)
    else:
        counted.accepted_ms.append((perf_counter() - begin) * 1e3)
