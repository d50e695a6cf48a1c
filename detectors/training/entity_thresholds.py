"""Choose from which score a span counts as an entity, by F2: an address that is missed costs more than one too many."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from detectors.encoder.format import ENTITIES
from detectors.evaluation.spans import Span, matches
from detectors.training.scoring import Scored

FEWEST: Final = 20
UNKNOWN: Final = 0.5
BETA: Final = 2.0
_CANDIDATES: Final = np.round(np.linspace(0.2, 0.95, 31), 4)


def entity_thresholds(rows: Sequence[Scored]) -> dict[str, dict[str, Any]]:
    """Return, for every entity, what `thresholds.json` says about it."""
    return {entity: _entity(entity, rows) for entity in ENTITIES}


def _entity(entity: str, rows: Sequence[Scored]) -> dict[str, Any]:
    known = [row for row in rows if entity in row.example.annotated]
    wanted = [[span for span in row.example.spans if span[2] == entity] for row in known]
    spans = sum(map(len, wanted))
    if spans < FEWEST:
        return {"threshold": UNKNOWN, "provenance": {"rule": "too few held-out spans", "n": len(known), "spans": spans}}
    found = [[(span, score) for span, score in row.spans if span[2] == entity] for row in known]
    measured = [(at, *_precision_and_recall(wanted, found, at)) for at in _CANDIDATES.tolist()]
    threshold, precision, recall = max(measured, key=lambda one: (f_beta(one[1], one[2]), one[0]))
    return {
        "threshold": threshold,
        "provenance": {
            "rule": "greatest F2, on held-out rows and own texts that no round trained on",
            "n": len(known),
            "spans": spans,
            "precision": round(precision, 4),
            "recall": round(recall, 4),
        },
    }


def f_beta(precision: float, recall: float, beta: float = BETA) -> float:
    """Return the weighted harmonic mean: recall counts `beta` times as much."""
    both = beta**2 * precision + recall
    return (1 + beta**2) * precision * recall / both if both else 0.0


def _precision_and_recall(
    wanted: Sequence[Sequence[Span]], found: Sequence[Sequence[tuple[Span, float]]], at: float
) -> tuple[float, float]:
    kept = [[span for span, score in of_row if score >= at] for of_row in found]
    pairs = [(truth, answer) for truth, answer in zip(wanted, kept, strict=True) if truth and answer]
    hits = sum(len(matches(truth, answer)) for truth, answer in pairs)
    answers = sum(map(len, kept))
    return (hits / answers if answers else 0.0), hits / sum(map(len, wanted))
