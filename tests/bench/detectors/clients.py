"""Clients in a closed loop: each asks for one text, waits for its answer, and asks for the next at once."""

from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from queue import SimpleQueue
from time import perf_counter
from typing import Any

from detectors.serving.ports import Reader
from tests.bench.detectors.traffic import Text

PATIENCE_S = 120.0


@dataclass(frozen=True, slots=True)
class Sample:
    """What so many clients saw in a while."""

    p50_ms: float
    p99_ms: float
    tokens_per_s: float
    texts: int


@dataclass(slots=True)
class _Call:
    text: Text
    begin: float
    end: float = 0.0


def ask(reader: Reader, clients: int, seconds: float, texts: Iterator[Text]) -> Sample:
    """Let so many clients ask for some seconds, and see all their last answers."""
    done: SimpleQueue[tuple[_Call, Future[Any]]] = SimpleQueue()
    calls: list[_Call] = []

    def submit() -> None:
        call = _Call(next(texts), perf_counter())
        future = reader.submit([call.text.text], "bench", PATIENCE_S)

        def answered(future: Future[Any]) -> None:
            call.end = perf_counter()
            done.put((call, future))

        future.add_done_callback(answered)

    begin = perf_counter()
    for _ in range(clients):
        submit()
    under_way = clients
    while under_way:
        call, future = done.get(timeout=PATIENCE_S)
        future.result()
        calls.append(call)
        if perf_counter() - begin < seconds:
            submit()
        else:
            under_way -= 1
    return _sample(calls, perf_counter() - begin)


def _sample(calls: list[_Call], seconds: float) -> Sample:
    took = sorted((call.end - call.begin) * 1e3 for call in calls)
    tokens = sum(call.text.tokens for call in calls)
    return Sample(took[len(took) // 2], took[len(took) * 99 // 100], tokens / seconds, len(took))
