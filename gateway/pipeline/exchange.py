"""The story of one call: through the first door, to the model, back through the second."""

import asyncio
from dataclasses import dataclass

from gateway.dialects.message import Request
from gateway.errors import AirlockError, InternalFault
from gateway.pipeline.admission import Admission
from gateway.pipeline.context import Call
from gateway.pipeline.documents import Documents
from gateway.pipeline.first_door import Entry, FirstDoor
from gateway.pipeline.forwarding import Forwarding
from gateway.pipeline.outcome import Outcome
from gateway.pipeline.pictures import Pictures
from gateway.pipeline.records import Book
from gateway.pipeline.second_door import SecondDoor
from gateway.pipeline.ways import Ways
from gateway.upstream.router import Route, Router

_CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Exchange:
    """The rooms that a call goes through. One instance serves all calls; what is known of one is in its `Call`."""

    documents: Documents
    pictures: Pictures
    first_door: FirstDoor
    second_door: SecondDoor
    book: Book
    admission: Admission
    router: Router
    forwarding: Forwarding

    async def run(self, call: Call) -> Outcome:
        """Bring a call to its outcome.

        Nothing is sent before the opened record is durable; whatever happens after that, a closed record follows.

        Raises:
            AirlockError: The call is refused or failed; `call` knows the decision and the receipt.
        """
        request = call.dialect.read_request(call.inbound)
        call.memory = await self.second_door.memories.recall(call.principal, request)
        request = call.memory.fill(request)
        route = self._route(call, request)
        await self.admission.admit(call, request, route)
        try:
            return await self._admitted(call, request, route)
        finally:
            if not call.recorded:  # else its closed record does
                self.book.accounts.settle(call)
            await self.book.accounts.freed(call)

    async def _admitted(self, call: Call, request: Request, route: Route) -> Outcome:
        tenant = call.principal.tenant
        request = await self.pictures.read(await self.documents.read(request, tenant), tenant)
        screening = await self.first_door.screen(call, request)
        ways = Ways(self.first_door, call, request, screening, route)
        entry = await ways.first()
        call.note(entry.verdict.decision)
        if entry.refused:
            return await self._refuse(call, entry, entry.refused, ways)
        try:
            await self.book.open(call, entry, ways.passed_over())
            entry, answer = await self.forwarding.send(call, entry, ways)
            return await self.second_door.admit(call, request, entry, answer)
        except BaseException as exc:
            self._close_failed(call, exc)
            raise

    def _route(self, call: Call, request: Request) -> Route:
        if request.is_unknown and not request.model:
            return self.router.first(call.dialect.api)
        return self.router.route(request.model, call.dialect.api, call.memory.upstream)

    async def _refuse(self, call: Call, entry: Entry, error: AirlockError, ways: Ways) -> Outcome:
        call.error = error
        await self.book.refuse(call, entry, ways.passed_over())
        raise error

    def _close_failed(self, call: Call, exc: BaseException) -> None:
        if isinstance(exc, AirlockError):
            call.error = exc
        else:
            call.closing["error"] = _CANCELLED if isinstance(exc, asyncio.CancelledError) else InternalFault.code
        self.book.close_anyway(call)
