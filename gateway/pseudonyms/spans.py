"""Which stretches of a text are replaced when findings overlap."""

from collections.abc import Iterable
from dataclasses import dataclass

from detectors.finding import Finding


@dataclass(frozen=True, slots=True)
class Span:
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
    spans: list[Span] = []
    group: list[Finding] = []
    end = 0
    for finding in sorted(findings, key=lambda f: f.start):
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
