"""What a verification finds."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

MAX_LISTED = 1_000  # faults and warnings listed one by one; the rest is counted


class Kind(StrEnum):
    """What is wrong. The last three are warnings: they can happen to an honest log."""

    MISMATCH = "mismatch"  # a record's content is not what its leaf hash says
    SWAPPED = "swapped"  # ... because it is another record's content
    COLUMN = "column"  # a searchable column contradicts the record's own JSON
    MISSING = "missing"  # a numbered record, or a number, is not there
    UNQUEUED = "unqueued"  # a record that has no number and will get none
    ROOT = "root"  # the leaves of a range don't have the root that was signed
    TILE = "tile"  # a stored inner hash is wrong or missing
    TRUNCATED = "truncated"  # fewer leaves than were signed for
    FORKED = "forked"  # two histories: the log does not continue the checkpoint that was kept from before
    UNSIGNED = "unsigned"  # leaves that no checkpoint covers
    WRONG_KEY = "wrong_key"  # signed, but by another key or for another log
    BAD_SIGNATURE = "bad_signature"  # a checkpoint that is malformed or was changed after signing
    MALFORMED = "malformed"  # a line of a bundle that can't be read
    PENDING = "pending"  # a record that has no number yet
    UNMATCHED = "unmatched"  # a call that was opened long ago and never closed
    ORPHANED = "orphaned"  # a call that went on or was closed, without the record that opened it


WARNINGS = frozenset({Kind.PENDING, Kind.UNMATCHED, Kind.ORPHANED})


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding. `number` is the leaf's index; with `end` it is a range, end exclusive."""

    kind: Kind
    message: str
    number: int | None = None
    end: int | None = None
    record_id: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Give the fault as a JSON object; fields without a value are left out."""
        fields = {
            "kind": str(self.kind),
            "message": self.message,
            "index": self.number,
            "end": self.end,
            "record_id": self.record_id and self.record_id.encode("ascii", "backslashreplace").decode(),
        }
        return {name: value for name, value in fields.items() if value is not None}


@dataclass(slots=True)
class Report:
    """The whole verdict. `size` counts leaves, `signed` how many of them the last agreeing checkpoint covers."""

    size: int = 0
    signed: int = 0
    checkpoints: int = 0
    pending: int = 0
    unmatched: int = 0
    orphaned: int = 0
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    fault_count: int = 0

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong. Warnings don't count."""
        return self.fault_count == 0

    def add(self, fault: Fault) -> None:
        """Take a finding in; after MAX_LISTED of a sort, only its number."""
        if fault.kind is Kind.PENDING:
            self.pending += 1
        elif fault.kind is Kind.UNMATCHED:
            self.unmatched += 1
        elif fault.kind is Kind.ORPHANED:
            self.orphaned += 1
        else:
            self.fault_count += 1
        listed = self.warnings if fault.kind in WARNINGS else self.faults
        if len(listed) < MAX_LISTED:
            listed.append(fault)

    def as_json(self) -> dict[str, Any]:
        """Give the verdict as a JSON object."""
        return {
            "ok": self.ok,
            "size": self.size,
            "signed": self.signed,
            "checkpoints": self.checkpoints,
            "pending": self.pending,
            "unmatched": self.unmatched,
            "orphaned": self.orphaned,
            "fault_count": self.fault_count,
            "faults": [fault.as_json() for fault in self.faults],
            "warnings": [fault.as_json() for fault in self.warnings],
        }
