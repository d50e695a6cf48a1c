"""What policy answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Action(StrEnum):
    """What happens to the call. The strictest wins: block over review over allow."""

    ALLOW = "allow"
    REVIEW = "review"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a stable `code`, the rule's place as `source`, and a `message` for people, without prompt text."""

    code: str
    action: Action
    source: str
    message: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One answer of the engine for one stage.

    `obligations` are objects with a `type`: `pseudonymise` (with `labels` and `scope`), `stream` (with `mode`), `flag`
    (with `labels`), ...
    `bundle` is the digest of the policies and data that decided. `engine` says which engine ran them.
    """

    action: Action
    reasons: tuple[Reason, ...]
    obligations: tuple[Mapping[str, Any], ...]
    shadow_reasons: tuple[Reason, ...]
    bundle: str
    engine: str

    @property
    def code(self) -> str:
        """The decisive reason's code, or the action's name when no reason was given."""
        return next((r.code for r in self.reasons if r.action == self.action), str(self.action))
