"""Put together what is measured: the very detectors that a gateway runs, with patience instead of its time limits."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from detectors.background import BackgroundDetector
from detectors.catalog import NONE, CustomRules, custom_recognizers, pattern_detector, shipped_weights
from detectors.encoder.detector import PPM, EncoderDetector
from detectors.encoder.files import read_encoder
from detectors.encoder.model import load_encoder
from detectors.encoder.shared import SharedEncoder
from detectors.errors import RecognizersUnusable, WeightsUnusable
from detectors.evaluation.configured_model import ModelDetector, ModelScorer, open_model
from detectors.evaluation.encoder_scorer import EncoderScorer
from detectors.evaluation.errors import BadOption
from detectors.evaluation.measuring import Subjects
from detectors.evaluation.screening import PATIENT, Stretch
from detectors.finding import Finding
from detectors.serving.options import CACHE_BYTES
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
    recognizers: Path | None = None,
) -> Subjects:
    """Load the named detectors; the caller closes the suite.

    `weights` is the encoder's folder, by default the shipped one; `recognizers` a file of one's own. A finding of the
    encoder counts from the threshold on that came with the weights; one of the patterns from `pattern_threshold` of its
    label on, in parts per million.

    Raises:
        BadOption: a name is not known, there is none, or the encoder or the file can't be used.
    """
    if not names or not set(names) <= set(KNOWN):
        raise BadOption(f"the detectors are {' and '.join(KNOWN)}; name one or both, with a comma between them")
    detectors: list[Detector | BackgroundDetector] = []
    scorer = None
    if ENCODER in names:
        scorer, encoder = _encoder(weights)
        detectors.append(encoder)
    if PATTERNS in names:
        patterns = pattern_detector(custom=_custom(recognizers))
        patterns.wait_ready(_READY_SECONDS)
        detectors.append(patterns)

    def counts(finding: Finding) -> bool:
        if scorer and finding.detector == ENCODER:
            return finding.score_ppm >= round(scorer.threshold(finding.label) * PPM)
        return finding.score_ppm >= pattern_threshold(finding.label)

    return Subjects(scorer, Suite(detectors, PATIENT), counts, resolve)


def _custom(file: Path | None) -> CustomRules:
    try:
        return custom_recognizers(file) if file else NONE
    except RecognizersUnusable as exc:
        raise BadOption(str(exc)) from exc


def open_configured(
    file: Path, name: str | None, resolve: Callable[[Iterable[Finding]], Iterable[Stretch]]
) -> Subjects:
    """Load a model of `detectors.yaml`, by default the only one; the caller closes the suite.

    Raises:
        BadOption: it can't be loaded, or reads no texts.
    """
    model = open_model(file, name)
    scorer, detector = ModelScorer(model), ModelDetector(model)

    def counts(finding: Finding) -> bool:
        return finding.score_ppm >= round(scorer.threshold(finding.label) * PPM)

    return Subjects(scorer, Suite([detector], PATIENT), counts, resolve)


def _encoder(weights: Path | None) -> tuple[EncoderScorer, EncoderDetector]:
    """Load the encoder once, for scores and for findings: what was read for one is known to the other."""
    try:
        encoder = load_encoder(read_encoder(weights or shipped_weights()))
    except WeightsUnusable as exc:
        raise BadOption(f"{exc}; --detectors patterns does without the encoder") from exc
    shared = SharedEncoder(encoder, CACHE_BYTES)
    return EncoderScorer(encoder, shared), EncoderDetector(encoder, shared)
