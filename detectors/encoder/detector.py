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
from detectors.references import refs_of

PPM: Final = 1_000_000

LANGUAGE: Final = "language"
"""Why a passage was not read: it is in a script that the encoder does not know."""

_SHORT: Final = 1_000
_LETTER: Final = re.compile(r"[^\W\d_]")
_IDENTIFIER: Final = re.compile(r"(?=[^_./]*[_./])[\w./:-]+")
"""One word that programs write: the name or the id of a tool call, a path."""

_BRIEF: Final = 32
"""Characters of a name that is too brief to hold an order."""

_PSEUDONYM: Final = re.compile(r"<[A-Z][A-Z_]*_[a-z0-9]+>")
"""What stands for a value already, as `<EMAIL_ADDRESS_at7gg>`: there is no further value in it."""

_EXACT: Final = frozenset({"EMAIL_ADDRESS", "CREDIT_CARD", "IBAN_CODE", "US_SSN", "IP_ADDRESS", "URL", "USERNAME"})
"""Values that patterns find to the character, and names of accounts, which are too often something else."""

_REFS: Final = {label: refs_of(label) for label in (*LABELS, *ENTITIES)}


class EncoderDetector:
    """Gives a finding for each label and window, and for each entity, down to the floors of `calibration.py`.

    It reads in threads of its own, texts of concurrent calls together, and remembers what it read. `close` it at last.
    """

    name = "encoder"
    labels = frozenset((*LABELS, *ENTITIES))

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
            if not reading.is_read:
                unread.append(Unscanned(passage.slot, LANGUAGE))
        return Found(findings, tuple(unread))

    def _findings(self, passage: Passage, reading: Reading) -> list[Finding]:
        lead = len(passage.before)
        known = [match.span() for match in _PSEUDONYM.finditer(passage.before + passage.text)]
        is_name = _IDENTIFIER.fullmatch(passage.text) is not None
        findings: list[Finding] = []
        for start, end, label, score in reading.spans:
            is_value = label in ENTITIES
            # An id looks like the number of a paper, and it can't be masked: it would block the call.
            if end <= lead or (is_name and (is_value or len(passage.text) < _BRIEF)):
                continue
            if label not in _EXACT and not (is_value and any(start < last and first < end for first, last in known)):
                place, ppm = (max(start - lead, 0), end - lead), round(score * PPM)
                findings.append(Finding(self.name, self.version, label, passage.slot, *place, ppm, _REFS[label]))
        return findings


def says_something(text: str) -> bool:
    """Whether there may be anything to read; a long text without a letter is not worth looking through."""
    return len(text) > _SHORT or _LETTER.search(text) is not None
