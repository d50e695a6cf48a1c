"""What a call used is settled once, whichever way it ends: with its quotas, and for its record."""

from typing import Any

from gateway.dialects.message import Usage
from gateway.errors import CheckUnavailable
from gateway.limits.claim import UNDER_WAY, Bound, Claim, Measure, Store
from gateway.pipeline.context import Call
from gateway.pipeline.prices import Cost, Prices

_NOTHING = Usage()
_FREE = Cost(0, "")
_UNPRICED = "Nobody knows what this model costs, so the quota on cost can't be checked."
_MOST = 2**53 - 1  # what JSON's readers agree on


class Accounts:
    """The one place where calls are settled: `Book` asks when it closes a call, `Exchange` for one without records."""

    def __init__(self, prices: Prices, store: Store) -> None:
        self._prices = prices
        self._store = store

    def settle(self, call: Call) -> dict[str, Any]:
        """Give back what the call does not need of its quotas; give what its record says of its usage.

        Only the first time counts. Never raises and never waits, so that it can run in a call that was cancelled.
        """
        told = call.bill.told
        if told is None:
            usage, is_estimate = call.bill.spent(call.error)
            cost = self._cost(call, usage) if usage else None
            told = call.bill.told = _told(usage, cost, is_estimate=is_estimate) if usage else {}
            if call.held:
                used = [_used(claim, usage, cost) for claim in call.held]
                self._store.settle(call.id, call.held, used)
        return told

    async def freed(self, call: Call) -> None:
        """Wait, if the call is settled, until others can have its place.

        To be asked before the last of its answer leaves: whoever has read that may call again at once, elsewhere.
        """
        if call.bill.told is not None and any(claim.bound.window is UNDER_WAY for claim in call.held):
            await self._store.written(call.id)

    def _cost(self, call: Call, usage: Usage) -> Cost | None:
        asked_of = call.bill.asked_of
        return self._prices.cost(asked_of, call.bill.served, usage) if asked_of else None


def share(bound: Bound, usage: Usage, cost: Cost | None) -> int:
    """Give what a call with this usage takes of one limit.

    Raises:
        CheckUnavailable: Nobody knows what it costs, and the quota says that then nothing passes.
    """
    tokens = usage.prompt_tokens + usage.completion_tokens
    if bound.measure is not Measure.COST:
        return tokens if bound.measure is Measure.TOKENS else 1
    if cost is not None:
        return cost.micros
    if bound.unknown_cost == "block":
        raise CheckUnavailable(_UNPRICED, code="limits.cost_unknown")
    return 0 if bound.unknown_cost == "allow" else int(tokens * bound.unknown_cost * 1000)


def _used(claim: Claim, usage: Usage | None, cost: Cost | None) -> int:
    """Give what a call used of one limit: a request is one, whatever became of it."""
    try:
        return share(claim.bound, usage or _NOTHING, cost if usage else _FREE)
    except CheckUnavailable:
        return claim.amount  # another model answered, at a price that nobody knows: what was estimated stays taken


def _told(usage: Usage, cost: Cost | None, *, is_estimate: bool) -> dict[str, Any]:
    counts = {"input": usage.prompt_tokens, "output": usage.completion_tokens}
    cached = {"cache_read": usage.cache_read, "cache_write": usage.cache_write}
    return {
        "usage": {name: min(count, _MOST) for name, count in (counts | {k: v for k, v in cached.items() if v}).items()},
        **({"usage_estimated": True} if is_estimate else {}),
        **({"cost_microusd": cost.micros, "price": cost.source} if cost else {"cost": "unknown"}),
    }
