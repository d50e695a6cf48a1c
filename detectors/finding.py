"""What detectors say: where something was found, what was looked at, what was not.

A finding never carries the text that it was found in: only where it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

SECRET_PREFIX: Final = "SECRET_"  # noqa: S105 - the start of a label


class Passage(NamedTuple):
    """One piece of text to screen. `slot` names it to the caller; detectors hand it back untouched.

    `before` is what went before it and was screened then: it helps to make sense of the text, findings are in the text.
    """

    slot: str
    text: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One hit in one passage.

    `start` and `end` count code points in the passage's text, end exclusive. `score_ppm` is parts per million, 0 to
    1,000,000. `refs` are identifiers in public frameworks, such as `OWASP-LLM-2025:LLM02`.
    """

    detector: str
    version: str
    label: str
    slot: str
    start: int
    end: int
    score_ppm: int
    refs: tuple[str, ...] = ()

    @property
    def is_judgement(self) -> bool:
        """Whether it says what a text is like and points at no value in it.

        Labels of judgements are in lower case (`toxic`), those of values in upper case (`PERSON`). The stretch of a
        judgement is what it was made on.
        """
        return self.label.islower()


class Status(StrEnum):
    """Whether a detector did its work on this call."""

    OK = "ok"
    UNAVAILABLE = "unavailable"  # it raised, timed out or is not loaded: nothing that it covers counts as clean


@dataclass(frozen=True, slots=True)
class DetectorReport:
    """How one detector fared. `reason` is a code such as `raised` or `timeout`, never text from the passage."""

    detector: str
    version: str
    status: Status
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Unscanned:
    """A piece that nobody looked at, and why: `too_long`, `modality.image`, `unknown_part`, ...

    `language` says that patterns were looked for, but that nobody knows the script or the language that it is written
    in; `language.patterns` that only patterns know it.
    """

    slot: str
    reason: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was looked at by whom. An empty `reports` means that nothing was screened, not that all is clean."""

    reports: tuple[DetectorReport, ...]
    unscanned: tuple[Unscanned, ...] = ()


@dataclass(frozen=True, slots=True)
class Screening:
    """The answer of the suite for a set of passages.

    `allowed` says how many findings were left out since the tenant's lists allow the values, by label.
    """

    findings: Sequence[Finding]
    coverage: Coverage = field(default_factory=lambda: Coverage(()))
    allowed: Mapping[str, int] = field(default_factory=dict)
