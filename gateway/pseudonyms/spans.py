"""Which stretches of a text are replaced when findings overlap."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Final, NamedTuple

from detectors.finding import Finding

_START: Final = attrgetter("start")


class Span(NamedTuple):
    """A stretch of a text, in code points with the end exclusive, and the label that its token is made for."""

    start: int
    end: int
    label: str


def resolve(findings: Iterable[Finding]) -> list[Span]:
    """Turn the findings in one text into disjoint spans in the order of the text.

    Findings that overlap become one span that covers all of them, so no part of any stays in the clear. The span's
    label is that of the finding with the highest score; then of the longest; then of the earliest; then by name.
    Findings that only touch stay apart.
    """
    ordered = list(findings)
    if len(ordered) == 1:
        return [Span(ordered[0].start, ordered[0].end, ordered[0].label)]
    ordered.sort(key=_START)
    spans: list[Span] = []
    group: list[Finding] = []
    end = 0
    for finding in ordered:
        if group and finding.start >= end:
            spans.append(Span(group[0].start, end, min(group, key=_rank).label))
            group = []
        end = max(end, finding.end) if group else finding.end
        group.append(finding)
    if group:
        spans.append(Span(group[0].start, end, min(group, key=_rank).label))
    return spans


def _rank(finding: Finding) -> tuple[int, int, int, str]:
    return -finding.score_ppm, finding.start - finding.end, finding.start, finding.label
