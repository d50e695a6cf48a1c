"""The story of one call: through the first door, to the model, back through the second."""

import asyncio
from dataclasses import dataclass

from gateway.dialects.message import Outbound
from gateway.errors import AirlockError, InternalFault, UpstreamFault
from gateway.pipeline.context import Call
from gateway.pipeline.first_door import Entry, FirstDoor
from gateway.pipeline.outcome import Outcome
from gateway.pipeline.records import Book
from gateway.pipeline.second_door import SecondDoor
from gateway.upstream.client import Answer, UpstreamClient
from gateway.upstream.headers import to_upstream
from gateway.upstream.router import Router, Target

_CANCELLED = "cancelled"
_OPERATORS_FAULT = frozenset({401, 403, 407})


@dataclass(frozen=True, slots=True)
class Exchange:
    """The rooms that a call goes through. One instance serves all calls; what is known of one is in its `Call`."""

    first_door: FirstDoor
    second_door: SecondDoor
    book: Book
    router: Router
    client: UpstreamClient

    async def run(self, call: Call) -> Outcome:
        """Bring a call to its outcome.

        Nothing is sent before the opened record is durable; whatever happens after that, a closed record follows.

        Raises:
            AirlockError: The call is refused or failed; `call` knows the decision and the receipt.
        """
        request = call.dialect.read_request(call.inbound)
        target = self.router.target(request.model, call.dialect.api)
        screening = await self.first_door.screen(request)
        entry = await self.first_door.decide(call, request, screening, target)
        call.note(entry.verdict.decision)
        if entry.refused or entry.outbound is None:
            return await self._refuse(call, entry)
        try:
            details = {"upstream": target.name, "pseudonyms": dict(entry.masked.counts)}
            await self.book.open(call, entry.subject, entry.verdict, details)
            answer = await self._send(call, target, entry.outbound)
            return await self.second_door.admit(call, request, entry, answer)
        except BaseException as exc:
            self._close_failed(call, exc)
            raise

    async def _refuse(self, call: Call, entry: Entry) -> Outcome:
        call.error = entry.refused or InternalFault("A request that may leave was not written.")
        await self.book.refuse(call, entry.subject, entry.verdict)
        raise call.error

    async def _send(self, call: Call, target: Target, outbound: Outbound) -> Answer:
        headers = to_upstream(call.headers, call.dialect.api) | {"x-client-request-id": call.id}
        answer = await self.client.send(target, outbound, headers)
        if answer.status in _OPERATORS_FAULT or not (200 <= answer.status < 300 or 400 <= answer.status < 600):
            # The provider's words about the operator's credential are not for the app; redirects are not followed.
            answer.close()
            raise UpstreamFault("The upstream refused the gateway itself.", code="upstream.refused")
        return answer

    def _close_failed(self, call: Call, exc: BaseException) -> None:
        if isinstance(exc, AirlockError):
            call.error = exc
        else:
            call.closing["error"] = _CANCELLED if isinstance(exc, asyncio.CancelledError) else InternalFault.code
        self.book.close_anyway(call)
