"""`/metrics`: how calls were answered and how the models are doing, in Prometheus' text format."""

from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from typing import Any, Final, cast

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric

from detectors.serving.api.readers import readers_of
from detectors.serving.figures import WAIT_BUCKETS, Figures
from detectors.serving.ports import Registry

Calls = Counter[tuple[str, int]]
"""How many calls there were, by path and status."""

PREFIX: Final = "airlock_detectors_"
GAUGES: Final = {
    "waiting_texts": "Texts, or pictures, that are under way.",
    "waiting_tokens": "Tokens that are still to be read, estimated.",
    "fill": "How full the runs were, padding included, since the start.",
    "padding": "Share of padding in what was run, since the start.",
}
COUNTERS: Final = {
    "answered": "Texts that were read.",
    "shared": "Texts that were not read because the same one was under way.",
    "refused": "Calls that were turned away because too much waited.",
    "expired": "Calls that could not be done in time.",
    "dropped": "Calls that were given up by their callers.",
    "failed": "Calls that a fault of the model ended.",
    "runs": "Runs of the model.",
    "tokens": "Tokens that were run, without padding.",
    "padded_tokens": "Tokens that were run, padding included.",
    "run_seconds": "Seconds that runs took.",
}


def metrics(registry: Registry, calls: Calls) -> bytes:
    """Write all figures; those of a model start anew when it is replaced, as counters do."""
    collected = CollectorRegistry(auto_describe=False)
    collected.register(cast("Any", _Collected(registry, calls)))
    return bytes(generate_latest(collected))


class _Collected:
    def __init__(self, registry: Registry, calls: Calls) -> None:
        self._readers = readers_of(registry)
        self._calls = calls

    def collect(self) -> Iterator[Metric]:
        figures = {name: reader.figures() for name, reader in self._readers.items()}
        for member, said in GAUGES.items():
            gauge = GaugeMetricFamily(PREFIX + member, said, labels=("model",))
            for name, one in figures.items():
                gauge.add_metric((name,), getattr(one, member))
            yield gauge
        for member, said in COUNTERS.items():
            counter = CounterMetricFamily(PREFIX + member, said, labels=("model",))
            for name, one in figures.items():
                counter.add_metric((name,), getattr(one, member))
            yield counter
        yield _waits(figures)
        answered = CounterMetricFamily(PREFIX + "calls", "Calls by status.", labels=("path", "status"))
        for (path, status), count in self._calls.items():
            answered.add_metric((path, str(status)), count)
        yield answered


def _waits(figures: dict[str, Figures]) -> Metric:
    said = "Seconds that texts waited for their first run."
    waits = HistogramMetricFamily(PREFIX + "wait_seconds", said, labels=("model",))
    bounds = (*map(str, WAIT_BUCKETS), "+Inf")
    for name, one in figures.items():
        waits.add_metric((name,), list(zip(bounds, accumulate(one.waits), strict=True)), one.waited_seconds)
    return waits
