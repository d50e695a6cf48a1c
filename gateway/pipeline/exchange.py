"""The story of one call: through the first door, to the model, back through the second."""

import asyncio
from dataclasses import dataclass
from hashlib import sha256

from gateway.dialects.message import Request
from gateway.errors import AirlockError, InternalFault, UpstreamFault, UpstreamInvalid
from gateway.pipeline.context import Call
from gateway.pipeline.inspect import Inspector, Subject, subject_of
from gateway.pipeline.masking import Pseudonyms, unmaskable
from gateway.pipeline.obligations import refusal, reply_refusal, stream_mode
from gateway.pipeline.outcome import Headers, Outcome, Streamed, Whole
from gateway.pipeline.records import Book, policy, told
from gateway.pipeline.streaming import ReplyStream
from gateway.policy.document import Stage
from gateway.pseudonyms.restore import Restorer
from gateway.stream.guard import StreamGuard
from gateway.upstream.client import Answer, UpstreamClient
from gateway.upstream.headers import to_client, to_upstream
from gateway.upstream.router import Router, Target

_OK = 200
_CANCELLED = "cancelled"
_JSON = (b"content-type", b"application/json")
_STREAM: Headers = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache"),
    (b"x-accel-buffering", b"no"),
]
_OPERATORS_FAULT = frozenset({401, 403, 407})


@dataclass(frozen=True, slots=True)
class Exchange:
    """The rooms that a call goes through. One instance serves all calls; what is known of one is in its `Call`."""

    inspector: Inspector
    pseudonyms: Pseudonyms
    book: Book
    router: Router
    client: UpstreamClient
    reply_bytes: int

    async def run(self, call: Call) -> Outcome:
        """Bring a call to its outcome.

        Nothing is sent before the opened record is durable; whatever happens after that, a closed record follows.

        Raises:
            AirlockError: The call is refused or failed; `call` knows the decision and the receipt.
        """
        request = call.dialect.read_request(call.body)
        target = self.router.target(request.model)
        subject = subject_of(call.principal, call.dialect.name, request, target)
        first = await self.inspector.content(Stage.REQUEST, subject, request.content)
        call.note(first.decision)
        masked = self.pseudonyms.mask(call, request, first)
        if error := refusal(first.decision) or unmaskable(masked):
            call.error = error
            await self.book.refuse(call, subject, first)
            raise error
        body = call.dialect.rewrite_request(request, masked.replacements, model=None, include_usage=True)
        try:
            await self.book.open(call, subject, first, {"upstream": target.name, "pseudonyms": dict(masked.counts)})
            answer = await self._send(call, target, body)
            restorer = Restorer(masked.tokens)
            if request.stream and answer.status == _OK:
                return await self._stream(call, subject, request, answer, restorer)
            return await self._whole(call, subject, answer, restorer)
        except BaseException as exc:
            self._close_failed(call, exc)
            raise

    async def _send(self, call: Call, target: Target, body: bytes) -> Answer:
        headers = to_upstream(call.headers) | {"content-type": "application/json", "x-client-request-id": call.id}
        answer = await self.client.send(target, call.dialect.upstream_path, body, headers)
        if answer.status in _OPERATORS_FAULT or not (_OK <= answer.status < 300 or 400 <= answer.status < 600):
            # The provider's words about the operator's credential are not for the app; redirects are not followed.
            answer.close()
            raise UpstreamFault("The upstream refused the gateway itself.", code="upstream.refused")
        return answer

    async def _whole(self, call: Call, subject: Subject, answer: Answer, restorer: Restorer) -> Whole:
        async with answer:
            raw = await answer.body(self.reply_bytes)
        call.closing |= {"status": answer.status, "reply": self.book.commitment(call, "reply", sha256(raw).digest())}
        reply = call.dialect.read_reply(raw) if answer.status < 400 else call.dialect.read_error(raw)
        second = await self.inspector.content(Stage.RESPONSE, subject, reply.content)
        call.note(second.decision)
        call.closing["policy"] = policy(second)
        if error := reply_refusal(second.decision, "hold"):
            raise error
        body = call.dialect.rewrite_reply(reply, restorer.slots(reply.content.slots))
        call.closing |= told(reply.model, reply.finish_reasons, reply.usage, restorer.tally)
        self.book.close(call)
        return Whole(answer.status, [_JSON, *to_client(answer.headers)], body)

    async def _stream(
        self, call: Call, subject: Subject, request: Request, answer: Answer, restorer: Restorer
    ) -> Streamed:
        if not answer.is_event_stream:
            answer.close()
            raise UpstreamInvalid("The upstream did not answer with a stream.")
        mode = stream_mode(call.decision) if call.decision else "hold"
        # Parts that no walker reads are policy's to judge, so the guard leaves them to the decision.
        guard = StreamGuard(
            call.dialect.stream(request), restorer, mode, allow_unwalked=True, json_text=request.json_reply
        )
        stream = ReplyStream(call, subject, answer, guard, mode, restorer.tally, self.inspector, self.book)
        try:
            await stream.start()
        except BaseException:
            answer.close()
            call.closing |= stream.summary()
            raise
        return Streamed(_OK, _STREAM + to_client(answer.headers), stream)

    def _close_failed(self, call: Call, exc: BaseException) -> None:
        if isinstance(exc, AirlockError):
            call.error = exc
        else:
            call.closing["error"] = _CANCELLED if isinstance(exc, asyncio.CancelledError) else InternalFault.code
        self.book.close_anyway(call)
