"""One call on its way through the rooms: what is known of it so far."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from audit.record import new_id
from gateway.dialects.dialect import Dialect
from gateway.dialects.message import Inbound
from gateway.errors import AirlockError
from gateway.limits.claim import Claim
from gateway.pipeline.bill import Bill
from gateway.pipeline.memory import NO_MEMORY, Memory
from gateway.pipeline.outcome import Headers
from gateway.policy.decision import Action, Decision
from gateway.principal import Principal

_NOTHING = Inbound(b"")
_NOBODY = Principal(key_id="", tenant="", use_case="")


@dataclass(slots=True)
class Call:
    """Filled in as the story goes on; `id` names the call's opened record and is its receipt.

    `recorded` is true once that record is durable; `opening` and `closing` gather what the two records will say. Times
    are milliseconds since 1970. `upstream` is the name of the provider that was asked last, `attempts` how often any
    was. `memory` is what is known of the state at the provider that the call builds on, `held` the call's share of its
    caller's quotas, `bill` what it uses.
    """

    dialect: Dialect
    headers: Headers
    id: str = field(default_factory=new_id)
    started_ms: int = field(default_factory=lambda: time.time_ns() // 1_000_000)
    principal: Principal = _NOBODY
    inbound: Inbound = _NOTHING
    recorded: bool = False
    decision: Decision | None = None
    error: AirlockError | None = None
    upstream: str = ""
    attempts: int = 0
    memory: Memory = NO_MEMORY
    opening: dict[str, Any] = field(default_factory=dict)
    closing: dict[str, Any] = field(default_factory=dict)
    held: Sequence[Claim] = ()
    quota_headers: Headers = field(default_factory=list)
    bill: Bill = field(default_factory=Bill)

    def note(self, decision: Decision) -> None:
        """Keep a door's decision, unless the earlier one says more: the strictest counts, then one with reasons."""
        known = self.decision
        if known is None or decision.action is not Action.ALLOW or decision.reasons or not known.reasons:
            self.decision = decision

    @property
    def verdict(self) -> tuple[str, str]:
        """What became of the call, and the decisive reason's code: `allow`, `review`, `block`, or `none` so far."""
        if self.error is not None and self.error.blocks:
            return "block", self.error.code
        return (str(self.decision.action), self.decision.code) if self.decision else ("none", "none")

    def verdict_headers(self) -> Headers:
        """Give the headers that tell the app what was decided, who was asked and where the proof is."""
        decision, reason = self.verdict
        headers: Headers = [
            (b"x-airlock-decision", decision.encode()),
            (b"x-airlock-reason", reason.encode("ascii", "replace")),
        ]
        if self.upstream:
            headers.append((b"x-airlock-upstream", self.upstream.encode()))
        if self.recorded:
            headers.append((b"x-airlock-receipt", self.id.encode()))
        return headers
