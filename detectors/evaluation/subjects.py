"""Put together what is measured: the very detectors that a gateway runs, with patience instead of its time limits."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from detectors.catalog import pattern_detector
from detectors.evaluation.errors import BadOption
from detectors.evaluation.measuring import Subjects
from detectors.evaluation.screening import PATIENT, Scorer, Stretch
from detectors.finding import Finding
from detectors.suite import Detector, Suite

ENCODER: Final = "encoder"
PATTERNS: Final = "patterns"
KNOWN: Final = (ENCODER, PATTERNS)
_READY_SECONDS = 120.0  # the prefilter of the patterns takes half a minute at its first start; without it they are slow


def open_subjects(
    names: Sequence[str],
    weights: Path | None,
    pattern_threshold: Callable[[str], int],
    resolve: Callable[[Iterable[Finding]], Iterable[Stretch]],
) -> Subjects:
    """Load the named detectors; the caller closes the suite.

    `weights` is the encoder's folder, by default the shipped one. A finding of the encoder counts as it is, since the
    encoder holds it against its own thresholds; one of the patterns counts from `pattern_threshold` of its label on, in
    parts per million.

    Raises:
        BadOption: a name is not known, there is none, or the encoder can't be loaded.
    """
    if not names or not set(names) <= set(KNOWN):
        raise BadOption(f"the detectors are {' and '.join(KNOWN)}; name one or both, with a comma between them")
    detectors: list[Detector] = []
    scorer = None
    if ENCODER in names:
        scorer = _encoder(weights)
    if PATTERNS in names:
        patterns = pattern_detector()
        patterns.wait_ready(_READY_SECONDS)
        detectors.append(patterns)

    def counts(finding: Finding) -> bool:
        return finding.detector != PATTERNS or finding.score_ppm >= pattern_threshold(finding.label)

    return Subjects(scorer, Suite(detectors, PATIENT), counts, resolve)


def _encoder(weights: Path | None) -> Scorer:
    raise BadOption(f"no encoder in {weights or 'this version'}; measure the patterns with --detectors patterns")
