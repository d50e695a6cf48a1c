"""Send a call on its way: try a provider again, go on to the next one, and put each on record before it is asked."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from gateway.errors import InternalFault, UpstreamFault
from gateway.pipeline.context import Call
from gateway.pipeline.first_door import Entry
from gateway.pipeline.records import Book
from gateway.pipeline.ways import Ways
from gateway.upstream.headers import to_upstream
from gateway.upstream.ports import Answer, Client, Dispatch
from gateway.upstream.retry import Result, is_fault, pause
from gateway.upstream.target import Target

_log = logging.getLogger(__name__)
_OPERATORS_FAULT: Final = frozenset({401, 403, 407})
_SERVER_FAULT: Final = 500


@dataclass(frozen=True, slots=True)
class Forwarding:
    """Asks providers until one answers. `clients` are the ways to ask them, by kind of target.

    All of it happens before the first byte of an answer: from then on the call is that provider's. An error of the
    request itself (most of 4xx) is an answer.
    """

    book: Book
    clients: Mapping[str, Client]
    chance: Callable[[], float] = random.random
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep

    async def send(self, call: Call, entry: Entry, ways: Ways) -> tuple[Entry, Answer]:
        """Send a call whose opened record is about `entry`, and give the entry that was served with its answer.

        Raises:
            UpstreamFault: Nobody answered; this is what became of the last attempt.
            CheckUnavailable: The record of going on to another provider could not be made durable, so nothing left.
        """
        while True:
            result = await self._ask(call, entry)
            onward = await self._onward(call, result, ways) if is_fault(result) else None
            if onward is None:
                if isinstance(result, UpstreamFault):
                    raise result
                return entry, result
            _drop(result)
            call.note(onward.verdict.decision)
            await self.book.reroute(call, onward, _cause(result), ways.passed_over())
            entry = onward

    async def _onward(self, call: Call, result: Result, ways: Ways) -> Entry | None:
        """Decide on the next way; the answer so far stays open, for it may be the last."""
        try:
            onward = await ways.next()
            if onward is None:
                self.book.pass_over(call, ways.passed_over())
        except BaseException:
            _drop(result)
            raise
        return onward

    async def _ask(self, call: Call, entry: Entry) -> Result:
        """Ask one provider, several times if that may help; give what the last attempt came to."""
        target = entry.candidate.target
        target.breaker.admits()  # takes the one attempt of an open breaker; without another way the call goes on anyway
        attempt = 1
        while True:
            result = await self._attempt(call, entry)
            may_repeat = entry.outbound is None or entry.outbound.is_repeatable
            wait = pause(result, attempt, target.retries, self.chance) if may_repeat else None
            if wait is None or not target.breaker.is_ready:
                return result
            _drop(result)
            await self.sleep(wait)
            attempt += 1

    async def _attempt(self, call: Call, entry: Entry) -> Result:
        target = entry.candidate.target
        call.attempts += 1
        call.bill.send(entry.candidate)
        call.upstream = target.name
        call.closing |= {"upstream": target.name, "attempts": call.attempts}
        try:
            answer = await self.clients[target.kind].send(entry.candidate, _dispatch(call, entry))
        except UpstreamFault as fault:
            _count(target, failed=True)
            return fault
        call.bill.status = answer.status
        _count(target, failed=answer.status >= _SERVER_FAULT)
        if answer.status in _OPERATORS_FAULT or not (200 <= answer.status < 300 or 400 <= answer.status < 600):
            # The provider's words about the operator's credential are not for the app; redirects are not followed.
            answer.close()
            return UpstreamFault("The upstream refused the gateway itself.", code="upstream.refused")
        return answer


def _count(target: Target, *, failed: bool) -> None:
    if not failed:
        target.breaker.succeed()
        return
    was_ready = target.breaker.is_ready
    target.breaker.fail()
    if was_ready and not target.breaker.is_ready:
        _log.warning("upstream %s keeps failing; it is passed over for a while where there is another", target.name)


def _dispatch(call: Call, entry: Entry) -> Dispatch:
    if entry.outbound is None:
        raise InternalFault("A request that may leave was not written.")
    own = {"x-client-request-id": call.id, **entry.outbound.headers}
    headers = to_upstream(call.headers, call.dialect.api) | own
    return Dispatch(call.dialect, entry.outbound, headers, entry.subject.request.stream)


def _drop(result: Result) -> None:
    if not isinstance(result, UpstreamFault):
        result.close()


def _cause(result: Result) -> str:
    return result.code if isinstance(result, UpstreamFault) else f"status.{result.status}"
