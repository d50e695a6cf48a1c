"""Before anything is done for a call: its share of the quotas of its caller is taken, or it is refused."""

from collections.abc import Sequence
from dataclasses import dataclass

from gateway.dialects.api import Allowance
from gateway.dialects.message import Request, Usage
from gateway.errors import CheckUnavailable, RateLimited
from gateway.limits.claim import NEVER, UNDER_WAY, Answer, Bound, Claim, Level, Measure, Store, StoreAway
from gateway.limits.quotas import Quotas
from gateway.pipeline.accounts import share
from gateway.pipeline.context import Call
from gateway.pipeline.prices import Prices
from gateway.pipeline.refusals import Refusals
from gateway.upstream.router import Route

_AWAY = "The quotas can't be checked now, so nothing was sent."


@dataclass(frozen=True, slots=True)
class Admission:
    """Reserves what a call may need, by estimate; `Accounts` settles what it used.

    `output_tokens` is what a call without a limit of its own is expected to answer. `fail_open` lets calls pass while
    the counters are away, which their records say.
    """

    quotas: Quotas
    store: Store
    prices: Prices
    refusals: Refusals
    output_tokens: int
    fail_open: bool = False

    async def admit(self, call: Call, request: Request, route: Route) -> None:
        """Take the call's share of every quota that applies to its caller, or of none.

        Raises:
            RateLimited: A quota does not allow it now; the error says when it will.
            CheckUnavailable: Nobody can tell.
        """
        call.bill.open(request)
        bounds = self.quotas.of(call.principal)
        if not bounds:
            return
        try:
            claims = self._claims(bounds, request, route)
            await self._reserve(call, claims)
        except (RateLimited, CheckUnavailable) as refused:
            self.refusals.count(call.principal, refused.code)
            raise

    def _claims(self, bounds: Sequence[Bound], request: Request, route: Route) -> list[Claim]:
        answer = self.output_tokens if request.max_output is None else request.max_output
        expected = Usage() if request.is_free else Usage(request.tokens_estimated, answer)
        cost = None
        if any(bound.measure is Measure.COST for bound in bounds):
            costs = [self.prices.cost(candidate, None, expected) for candidate in route]
            cost = None if None in costs else max(cost for cost in costs if cost)
        return [Claim(bound, share(bound, expected, cost)) for bound in bounds]

    async def _reserve(self, call: Call, claims: Sequence[Claim]) -> None:
        try:
            answer = await self.store.reserve(call.id, claims)
        except StoreAway as exc:
            if not self.fail_open:
                raise CheckUnavailable(_AWAY, code="limits.unavailable") from exc
            call.opening["limits"] = "fail_open"
            return
        call.quota_headers = _headers(call, answer)
        if not answer.granted:
            raise _refused(answer.worst)
        call.held = claims


def _refused(level: Level) -> RateLimited:
    bound, amount = level.claim
    code = f"limit.{bound.measure}"
    if level.wait_ms == NEVER:
        words = (
            f"This call alone may need {_told(bound, amount)}, and the quota `{bound.quota}` allows {_limit(bound)}."
        )
        return RateLimited(words, code=code, wait_ms=None)
    words = f"The quota `{bound.quota}` allows {_limit(bound)}; try again in {-(-level.wait_ms // 1000):,} s."
    return RateLimited(words, code=code, wait_ms=level.wait_ms)


def _limit(bound: Bound) -> str:
    if bound.window is UNDER_WAY:
        return f"{bound.limit:,} {'call' if bound.limit == 1 else 'calls'} at once"
    return f"{_told(bound, bound.limit)} {'a minute' if bound.window.slices > 1 else 'a day'}"


def _told(bound: Bound, amount: int) -> str:
    if bound.measure is Measure.COST:
        return f"{amount / 1e6:,.6f}".rstrip("0").rstrip(".") + " USD"
    return f"{amount:,} {bound.measure.removesuffix('s') if amount == 1 else bound.measure}"


def _headers(call: Call, answer: Answer) -> list[tuple[bytes, bytes]]:
    """Tell the caller's own client how its quotas stand, where its vendor's API has headers for that."""
    allowances = []
    for measure in (Measure.REQUESTS, Measure.TOKENS):
        levels = [level for level in answer.levels if level.claim.bound.measure is measure]
        if levels:
            allowances.append(min((_allowance(level, answer) for level in levels), key=lambda a: a.remaining))
    told = call.dialect.api.allowance_headers(allowances)
    return [(name.encode("ascii"), value.encode("ascii")) for name, value in told.items()]


def _allowance(level: Level, answer: Answer) -> Allowance:
    bound, amount = level.claim
    left = max(0, bound.limit - level.used - (amount if answer.granted else 0))
    reset_at_ms = bound.window.ends_ms(answer.now_ms // bound.window.slice_ms)
    return Allowance(bound.measure, bound.limit, left, reset_at_ms - answer.now_ms, reset_at_ms)
