import pytest

from detectors.finding import Finding
from gateway.pseudonyms.spans import Span, resolve


def hit(start: int, end: int, label: str = "A", score: int = 500_000) -> Finding:
    return Finding("test", "1", label, "q0", start, end, score)


@pytest.mark.parametrize(
    ("findings", "spans"),
    [
        ([], []),
        ([hit(5, 9), hit(0, 3)], [Span(0, 3, "A"), Span(5, 9, "A")]),
        ([hit(0, 3), hit(3, 6, "B")], [Span(0, 3, "A"), Span(3, 6, "B")]),
        ([hit(0, 5, "A", 1), hit(3, 9, "B", 2)], [Span(0, 9, "B")]),
        ([hit(0, 9), hit(3, 5, "B", 900_000)], [Span(0, 9, "B")]),
        ([hit(0, 5), hit(0, 9, "B")], [Span(0, 9, "B")]),
        ([hit(2, 6, "B"), hit(0, 4, "C")], [Span(0, 6, "C")]),
        ([hit(0, 4, "B"), hit(0, 4, "A")], [Span(0, 4, "A")]),
        ([hit(0, 9), hit(1, 2), hit(8, 12)], [Span(0, 12, "A")]),
    ],
    ids=["none", "apart", "touching", "score", "score inside", "length", "earlier", "name", "a chain"],
)
def test_overlapping_findings_become_one_span_that_covers_all(findings: list[Finding], spans: list[Span]) -> None:
    assert resolve(findings) == spans
