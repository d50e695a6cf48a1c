"""A text that is to be judged, not forwarded: what the detectors and policy made of it, for a dialect to write down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from detectors.finding import Finding, Unscanned
from gateway.dialects.dialect import Dialect
from gateway.dialects.message import Request


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found, in which parts nobody looked, and with which `labels` anything could have been found.

    `thresholds` are policy's, by label, as far as it told them: a score below does not count. `stopped` is the reason's
    code for which policy would not let the text pass, "" if it would. `id` names the record.
    """

    id: str
    findings: Sequence[Finding]
    unscanned: Sequence[Unscanned]
    labels: frozenset[str]
    thresholds: Mapping[str, int]
    stopped: str


class Judging(Dialect, Protocol):
    """A dialect in which the gateway itself answers."""

    def answer(self, request: Request, judgement: Judgement) -> bytes:
        """Write the reply."""
