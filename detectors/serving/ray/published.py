"""What the models do, as metrics of Ray: each node gives those of its replicas to Prometheus."""

from typing import Final

from ray.serve import metrics

from detectors.serving.api.metrics import COUNTERS, GAUGES, PREFIX
from detectors.serving.figures import Figures

_BY_MODEL: Final = ("model",)


class Published:
    """The metrics of one replica, which Ray gives the names of the deployment and the replica.

    They are those of the plain service's `/metrics`; Ray puts its own prefix before their names.
    """

    def __init__(self) -> None:
        self._gauges = {
            member: metrics.Gauge(PREFIX + member, description=said, tag_keys=_BY_MODEL)
            for member, said in GAUGES.items()
        }
        self._counters = {
            member: metrics.Counter(PREFIX + member, description=said, tag_keys=_BY_MODEL)
            for member, said in COUNTERS.items()
        }
        self._told: dict[str, Figures] = {}

    def publish(self, name: str, now: Figures) -> None:
        """Tell how a model does. One that was loaded again has begun to count anew."""
        before = self._told.get(name, Figures())
        if now.runs < before.runs:
            before = Figures()
        self._told[name] = now
        tags = {"model": name}
        for member, gauge in self._gauges.items():
            gauge.set(getattr(now, member), tags=tags)
        for member, counter in self._counters.items():
            risen = getattr(now, member) - getattr(before, member)
            if risen > 0:
                counter.inc(risen, tags=tags)
