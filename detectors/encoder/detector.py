"""The detector that reads for meaning: toxicity, bias, injection, and personal data that has no pattern."""

import re
from collections.abc import Sequence
from concurrent.futures import Future
from functools import partial
from typing import Final

from detectors.background import Found
from detectors.encoder.format import ENTITIES, LABELS
from detectors.encoder.model import Encoder
from detectors.encoder.reading import Reading
from detectors.encoder.shared import SharedEncoder
from detectors.finding import Finding, Passage, Unscanned
from detectors.placing import LEFT_TO_PATTERNS, placed
from detectors.references import refs_of

PPM: Final = 1_000_000

_SHORT: Final = 1_000
_LETTER: Final = re.compile(r"[^\W\d_]")
_REFS: Final = {label: refs_of(label) for label in (*LABELS, *ENTITIES)}


class EncoderDetector:
    """Gives a finding for each label and window, and for each entity, down to the floors of `calibration.py`.

    What counts of these is said in `placing.py`.

    It reads in threads of its own, texts of concurrent calls together, and remembers what it read. `close` it at last.
    """

    name = "encoder"
    labels = frozenset((*LABELS, *ENTITIES)) - LEFT_TO_PATTERNS

    def __init__(self, encoder: Encoder, shared: SharedEncoder) -> None:
        self.version = encoder.version
        self._shared = shared

    def submit(self, passages: Sequence[Passage], seconds: float, tenant: str = "") -> "Future[Found]":  # noqa: ARG002
        """Begin to read all passages; see `BackgroundDetector.submit`. A text without any letter needs no reading."""
        said = [passage for passage in passages if says_something(passage.text)]
        texts = [passage.before + passage.text for passage in said]
        return self._shared.submit(texts, seconds, partial(self._found, said))

    def inspect(self, passages: Sequence[Passage], seconds: float) -> Sequence[Finding]:
        """Read all passages and wait for it. Raises `TimeoutError` if it takes more than `seconds`."""
        return self.submit(passages, seconds).result().findings

    def close(self) -> None:
        """Stop reading."""
        self._shared.close()

    def _found(self, passages: Sequence[Passage], readings: Sequence[Reading]) -> Found:
        findings: list[Finding] = []
        unread: list[Unscanned] = []
        for passage, reading in zip(passages, readings, strict=True):
            if reading.spans:
                findings += self._findings(passage, reading)
            if reading.unread:
                unread.append(Unscanned(passage.slot, reading.unread))
        return Found(findings, tuple(unread))

    def _findings(self, passage: Passage, reading: Reading) -> list[Finding]:
        return [
            Finding(self.name, self.version, label, passage.slot, start, end, round(score * PPM), _REFS[label])
            for start, end, label, score in placed(passage, reading.spans)
            if label not in LEFT_TO_PATTERNS
        ]


def says_something(text: str) -> bool:
    """Whether there may be anything to read; a long text without a letter is not worth looking through."""
    return len(text) > _SHORT or _LETTER.search(text) is not None
