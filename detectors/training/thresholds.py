"""Choose each label's threshold on held-out scores by its rule, and say how it came about."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from detectors.encoder.format import LABELS
from detectors.training.rules import RULES, Rule
from detectors.training.scoring import Scored
from detectors.training.temperature import FEWEST, Scale, fitted

Scores = NDArray[np.float64]
Truth = NDArray[np.bool_]

UNKNOWN: Final = 0.5
"""Threshold of a label that too few held-out rows have or lack."""

_CANDIDATES: Final = np.round(np.linspace(0.01, 0.99, 197), 4)


def label_thresholds(rows: Sequence[Scored]) -> dict[str, dict[str, Any]]:
    """Return, for every label, what `thresholds.json` says about it."""
    return {name: _label(place, name, rows) for place, name in enumerate(LABELS)}


def chosen(rule: Rule, scores: Scores, truth: Truth, sources: Sequence[str]) -> float:
    """Return the threshold that the rule names; the highest one if none keeps to all its limits."""
    limits = [(_among(truth, sources, among), most) for among, most in rule.limits]
    allowed = [at for at in _CANDIDATES.tolist() if all(_share(scores >= at, rows) <= most for rows, most in limits)]
    if not allowed:
        return float(_CANDIDATES[-1])
    worth = {at: _worth(rule.aim, scores >= at, truth) for at in allowed}
    least = max(worth.values()) - rule.slack
    good: list[float] = [at for at in allowed if worth[at] >= least]
    return good[-1] if rule.highest else good[len(good) // 2]


def _label(place: int, name: str, rows: Sequence[Scored]) -> dict[str, Any]:
    known = [row for row in rows if name in row.example.labels and row.example.labels[name] in {0.0, 1.0}]
    truth = np.array([row.example.labels[name] == 1.0 for row in known], dtype=np.bool_)
    logits = np.array([row.logits[place] for row in known], dtype=np.float32)
    scale = fitted(logits, truth)
    if min(truth.sum(), (~truth).sum()) < FEWEST:
        provenance: dict[str, Any] = {"rule": "too few held-out rows", "n": len(known), "positives": int(truth.sum())}
        return _entry(scale, UNKNOWN, provenance)
    scores, sources = scale.scores(logits), [row.example.source for row in known]
    threshold = chosen(RULES[name], scores, truth, sources)
    return _entry(scale, threshold, _provenance(RULES[name], scores >= threshold, truth, sources))


def _entry(scale: Scale, threshold: float, provenance: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "temperature": round(scale.temperature, 4),
        "bias": round(scale.bias, 4),
        "threshold": threshold,
        "provenance": provenance,
    }


def _provenance(rule: Rule, found: Truth, truth: Truth, sources: Sequence[str]) -> dict[str, Any]:
    limits = [
        {"sources": sorted(among), "at_most": most, "fpr": _rounded(_share(found, _among(truth, sources, among)))}
        for among, most in rule.limits
    ]
    return {
        "rule": _in_words(rule),
        "n": len(truth),
        "positives": int(truth.sum()),
        "recall": _rounded(float(found[truth].mean())),
        "fpr": _rounded(float(found[~truth].mean())),
        "limits": limits,
    }


def _in_words(rule: Rule) -> str:
    which = "highest" if rule.highest else "middle one"
    return (
        f"the {which} of the thresholds within {rule.slack:g} of the greatest {rule.aim} inside the limits, "
        "on held-out rows and own texts that no round trained on"
    )


def _among(truth: Truth, sources: Sequence[str], among: frozenset[str]) -> Truth:
    """Return which rows of some sources lack the label."""
    return ~truth & np.array([source in among for source in sources], dtype=np.bool_)


def _share(found: Truth, rows: Truth) -> float:
    """Return the share of these rows in which it is found; 0 if there are none."""
    return float(found[rows].mean()) if rows.any() else 0.0


def _worth(aim: str, found: Truth, truth: Truth) -> float:
    if aim == "recall":
        return float(found[truth].mean())
    if aim == "balanced":
        return float(found[truth].mean() + (~found[~truth]).mean()) / 2
    return (_f1(found, truth) + _f1(~found, ~truth)) / 2


def _f1(found: Truth, truth: Truth) -> float:
    both = found.sum() + truth.sum()
    return float(2 * (found & truth).sum() / both) if both else 0.0


def _rounded(value: float) -> float:
    return round(value, 4)
