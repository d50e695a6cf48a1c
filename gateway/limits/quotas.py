"""Which limits apply to whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Literal
from urllib.parse import quote

from gateway.limits.claim import DAY, MINUTE, Bound, Measure, UnknownCost, Window
from gateway.principal import Principal

_CALLERS_KEPT = 4096
_SPANS: Mapping[Window, str] = {MINUTE: "minute", DAY: "day"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One quota: whoever matches all three patterns (shell style, case-sensitive) is held to its limits.

    `per` says who shares a counter: the calls of one key, of one use case or of one tenant.
    """

    name: str
    per: Literal["key", "use_case", "tenant"]
    limits: Mapping[tuple[Measure, Window], int]
    tenant: str = "*"
    use_case: str = "*"
    key_id: str = "*"
    unknown_cost: UnknownCost = "block"

    def matches(self, principal: Principal) -> bool:
        """Tell whether the rule applies to this caller."""
        return (
            fnmatchcase(principal.tenant, self.tenant)
            and fnmatchcase(principal.use_case, self.use_case)
            and fnmatchcase(principal.key_id, self.key_id)
        )

    def bounds(self, principal: Principal) -> Iterable[Bound]:
        """Give the rule's limits with this caller's counters."""
        names = {"key": principal.key_id, "use_case": principal.use_case, "tenant": ""}
        who = f"{{{quote(principal.tenant, safe='')}}}:{self.name}:{self.per}:{quote(names[self.per], safe='')}"
        for (measure, window), limit in self.limits.items():
            key = f"{who}:{measure}:{_SPANS.get(window, 'now')}"
            yield Bound(key, self.name, measure, limit, window, self.unknown_cost)


class Quotas:
    """All rules. Every one that matches a caller must hold."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self.of = lru_cache(_CALLERS_KEPT)(self._of)

    def _of(self, principal: Principal) -> tuple[Bound, ...]:
        """Give the limits that apply to a caller, none if there is no quota."""
        return tuple(bound for rule in self.rules if rule.matches(principal) for bound in rule.bounds(principal))
