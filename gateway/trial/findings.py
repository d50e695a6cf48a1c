"""What was found in the texts of one call, with what becomes of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from detectors.finding import Finding
from gateway.dialects.slot import Slot
from gateway.pseudonyms.mask import Masked
from gateway.pseudonyms.restore import Restorer
from gateway.trial.outcomes import BELOW, BLOCK, KEEP, REVIEW, Outcome
from gateway.trial.told import Example, Kind, Mark

FIXED: Final = "fixed"
_REPLACED: Final = frozenset({"pseudonym", "surrogate", "mask", "hash", "drop"})
STOPS: Final = frozenset({BLOCK, REVIEW})
"""Outcomes that keep the call from leaving."""

_UNTOLD: Final = Outcome(KEEP)


@dataclass(frozen=True, slots=True)
class Found:
    """One value in a slot."""

    slot: Slot
    mark: Mark
    score: int
    counts_from: int

    @property
    def value(self) -> str:
        """What stands there."""
        return self.slot.text[self.mark.start : self.mark.end]


@dataclass(frozen=True, slots=True)
class Findings:
    """Findings of values, what masking did, and what policy makes of each label."""

    slots: Sequence[Slot] = field(repr=False)
    by_slot: Mapping[str, Sequence[Finding]]
    masked: Masked
    outcomes: Mapping[str, Outcome]

    def all(self) -> list[Found]:
        """Give everything that was found, in the order of the call.

        What lies in a replaced stretch is part of that, but for what stops the call.
        """
        return [found for slot in self.slots for found in self._in(slot)]

    def _in(self, slot: Slot) -> list[Found]:
        findings = list(self._placed(slot))
        found = list(self._replaced(slot, findings))
        covered = [(one.mark.start, one.mark.end) for one in found]
        for finding in findings:
            outcome = self._outcome(finding, slot)
            is_part = any(start < finding.end and finding.start < end for start, end in covered)
            is_decisive = outcome.becomes in STOPS and all(finding.label != one.mark.label for one in found)
            if not is_part or is_decisive:
                mark = Mark(finding.start, finding.end, finding.label, outcome.becomes)
                found.append(Found(slot, mark, finding.score_ppm, outcome.counts_from))
        return sorted(found, key=lambda one: (one.mark.start, one.mark.end, one.mark.label))

    def _replaced(self, slot: Slot, findings: list[Finding]) -> Iterator[Found]:
        for start, end, label, instead in self.masked.stretches.get(slot.id, ()):
            outcome = self.outcomes.get(label, _UNTOLD)
            replacement = None if outcome.becomes in STOPS else instead
            score = max(
                (f.score_ppm for f in findings if f.label == label and f.start < end and start < f.end), default=0
            )
            yield Found(slot, Mark(start, end, label, outcome.becomes, replacement), score, outcome.counts_from)

    def _placed(self, slot: Slot) -> Iterator[Finding]:
        """Give a slot's findings with their offsets in its text, without those in what stands around it."""
        lead = len(slot.lead)
        for one in self.by_slot.get(slot.id, ()):
            start, end = max(one.start - lead, 0), min(one.end - lead, len(slot.text))
            if start < end:
                yield Finding(one.detector, one.version, one.label, one.slot, start, end, one.score_ppm)

    def _outcome(self, finding: Finding, slot: Slot) -> Outcome:
        outcome = self.outcomes.get(finding.label, _UNTOLD)
        if finding.score_ppm < outcome.counts_from:
            return Outcome(BELOW, outcome.counts_from)
        if outcome.becomes in _REPLACED and not slot.is_rewritable:
            return Outcome(FIXED, outcome.counts_from)
        return outcome


def kinds(found: Sequence[Found], restorer: Restorer) -> tuple[Kind, ...]:
    """Gather what was found by label and by what becomes of it: first what changes or stops the call."""
    groups: dict[tuple[str, str], list[Found]] = {}
    for one in found:
        groups.setdefault((one.mark.label, one.mark.becomes), []).append(one)
    told = (_kind(*key, group, restorer) for key, group in groups.items())
    return tuple(sorted(told, key=lambda kind: (_rank(kind.becomes), kind.label)))


def _kind(label: str, becomes: str, group: list[Found], restorer: Restorer) -> Kind:
    pairs = dict.fromkeys((one.value, one.mark.replacement) for one in group)
    examples = tuple(Example(value, new, None if new is None else restorer.text(new)) for value, new in pairs)
    back = becomes in _REPLACED and all(one.restored == one.value for one in examples)
    least = min(one.counts_from for one in group)
    return Kind(label, len(group), becomes, back, max(one.score for one in group), least, examples)


def _rank(becomes: str) -> int:
    if becomes in STOPS:
        return 0
    return 1 if becomes in _REPLACED else 2
