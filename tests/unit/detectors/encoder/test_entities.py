import numpy as np
import pytest

from detectors.encoder.entities import Span, merged, spans_of
from detectors.encoder.format import ENTITIES, TAGS
from detectors.encoder.model import Tokens

FLOORS = np.full(len(ENTITIES), 0.3, dtype=np.float32)


def tokens_of(text: str, *pieces: str) -> Tokens:
    starts, at = [], 0
    for piece in pieces:
        at = text.index(piece, at)
        starts.append(at)
        at += len(piece)
    ends = np.array([start + len(piece) for start, piece in zip(starts, pieces, strict=True)])
    nothing = np.zeros(len(pieces), dtype=np.int64)
    return Tokens(nothing, np.array(starts), ends, nothing)


def tags_of(*rows: dict[str, float]) -> np.ndarray:
    """Give logits under which each token has these chances, and the rest is O."""
    chances = np.full((len(rows), len(TAGS)), 1e-6, dtype=np.float32)
    for row, given in zip(chances, rows, strict=True):
        for tag, chance in given.items():
            row[TAGS.index(tag)] = chance
        row[0] = max(1e-6, 1 - row[1:].sum())
    return np.log(chances)


O, B, I = {}, {"B-PERSON": 0.9}, {"I-PERSON": 0.9}  # noqa: E741 - as the tags are called
I_PLACE = {"I-LOCATION": 0.6}
TEXT = "so Ann Lee-Smith, of Unheardofville."


def decoded(pieces: list[str], rows: list[dict[str, float]]) -> list[tuple[str, str]]:
    spans = spans_of(TEXT, tokens_of(TEXT, *pieces), tags_of(*rows), FLOORS)
    return [(span.label, TEXT[span.start : span.end]) for span in spans]


@pytest.mark.parametrize(
    ("pieces", "rows", "expected"),
    [
        (["so", "Ann", "Lee"], [O, O, O], []),
        (["so", "Ann", "Lee", "-", "Smith", ","], [O, B, I, I, I, O], [("PERSON", "Ann Lee-Smith")]),
        (["Ann", "Lee"], [B, B], [("PERSON", "Ann"), ("PERSON", "Lee")]),
        (["Ann", "Lee"], [I, I], [("PERSON", "Ann Lee")]),
        (["Ann", "Lee"], [{"B-PERSON": 0.2, "I-PERSON": 0.2}, O], [("PERSON", "Ann")]),
        (["Ann", "Lee"], [{"B-PERSON": 0.2}, O], []),
        (["Un", "heardof", "ville", "."], [{"B-LOCATION": 0.9}, O, I_PLACE, O], [("LOCATION", "Unheardofville")]),
        (["Un", "heard", "of", "ville"], [{"B-LOCATION": 0.9}, O, O, O], []),
        (["Ann", "Lee"], [B, {"I-LOCATION": 0.9}], [("PERSON", "Ann"), ("LOCATION", "Lee")]),
    ],
    ids=["none", "name", "two names", "no B", "enough", "not enough", "a word is whole", "outvoted", "two kinds"],
)  # fmt: skip
def test_tags_become_spans(pieces, rows, expected):
    assert decoded(pieces, rows) == expected


def test_a_score_is_the_mean_over_words():
    spans = spans_of(TEXT, tokens_of(TEXT, "Ann", "Lee"), tags_of(B, {"I-PERSON": 0.5}), FLOORS)
    assert spans[0].score == pytest.approx(0.7, abs=1e-3)


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(0, 3), (2, 8)], [(0, 8)]),
        ([(2, 8), (0, 3), (7, 9)], [(0, 9)]),
        ([(0, 3), (3, 8)], [(0, 3), (3, 8)]),
        ([(0, 9), (2, 3), (8, 9)], [(0, 9)]),
        ([], []),
    ],
)
def test_spans_of_windows_that_overlap_are_one(spans, expected):
    found = merged(Span(start, end, "PERSON", 0.1 * end) for start, end in spans)
    assert [(one.start, one.end) for one in found] == expected
    assert [one.score for one in found] == [max(0.1 * e for s, e in spans if s >= a and e <= b) for a, b in expected]


def test_spans_of_different_kinds_stay_apart():
    spans = [Span(0, 5, "PERSON", 0.5), Span(3, 8, "LOCATION", 0.5), Span(4, 9, "PERSON", 0.9)]
    assert merged(spans) == [Span(0, 9, "PERSON", 0.9), Span(3, 8, "LOCATION", 0.5)]
