"""A server's messages as a stream: each is whole, so each is judged by itself and leaves or not.

An answer to a request ends with its response, and a message that may not pass ends it before that. A stream that a
client merely listens to goes on: a message that may not pass is left out, and an answer becomes an error.
"""

from collections import Counter
from collections.abc import AsyncIterator
from hashlib import sha256
from typing import Any, Final

from gateway.dialects.message import Messages, Reply, Request
from gateway.dialects.sse import ServerEvent, SseParser, marks
from gateway.errors import AirlockError, InternalFault, UpstreamFault, UpstreamInvalid
from gateway.pipeline.context import Call
from gateway.pipeline.faults import internal
from gateway.pipeline.first_door import Entry
from gateway.pipeline.inspect import Verdict
from gateway.pipeline.judging import Judge, refusal_of
from gateway.pipeline.records import Book, decided
from gateway.pseudonyms.restore import Restorer
from gateway.upstream.ports import Answer

KEPT_REFUSALS: Final = 32
"""Most refused messages of a stream whose decisions are in its record."""


class MessageStream:
    """An async iterator of events that may leave. Run it to the end or `aclose` it: both end the record.

    `event_bytes` is the longest event that is read.
    """

    def __init__(
        self, call: Call, request: Request, entry: Entry, answer: Answer, judge: Judge, book: Book, event_bytes: int
    ) -> None:
        if request.messages is None:
            raise InternalFault("A stream of messages was expected to answer a model call.")
        self._call = call
        self._entry = entry
        self._answer = answer
        self._judge = judge
        self._book = book
        self._messages: Messages = request.messages
        self._listens = not request.raw
        self._restorer = Restorer(entry.masked.tokens)
        self._parser = SseParser(event_bytes)
        self._digest = sha256()
        self._last: Verdict | None = None
        self._refused: list[dict[str, Any]] = []
        self._counts: Counter[str] = Counter()
        self._over = False
        self._is_resumable = False
        self._closed = False
        self._pieces = self._run()

    @property
    def has_ended(self) -> bool:
        """Whether the answer was given."""
        return self._over

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        try:
            return await anext(self._pieces)
        except StopAsyncIteration:
            await self.aclose()
            raise

    async def aclose(self) -> None:
        """End the server's answer and write the closed record, once. A stream that is not over was cancelled."""
        if self._closed:
            return
        self._closed = True
        self._answer.close()
        if not (self._over or self._listens):
            self._call.closing["error"] = "cancelled"
        self._call.closing |= self.summary()
        self._book.close_anyway(self._call)

    def summary(self) -> dict[str, Any]:
        """Write down what is known of the stream so far, for the closed record."""
        return {
            "status": self._answer.status,
            "reply": self._book.commitment(self._call, "reply", self._digest.digest()),
            "messages": self._counts["passed"],
            "refused": self._counts["refused"],
            "restored": self._restorer.tally.restored,
            "unresolved": self._restorer.tally.unresolved,
            **(decided(self._last) if self._last else {}),
            **({"refusals": self._refused} if self._refused else {}),
        }

    async def _run(self) -> AsyncIterator[bytes]:
        try:
            async for event in self._events():
                out = await self._pass(event)
                if out:
                    yield out
                if self._over:
                    return
            yield self._end()
        except UpstreamFault as error:
            yield self._end(error)
        except AirlockError as error:
            yield self._fail(error)
        except Exception as exc:  # noqa: BLE001 - the stream must end with a word, and without a traceback
            yield self._fail(internal(self._call.id, exc))

    async def _events(self) -> AsyncIterator[ServerEvent]:
        async for chunk in self._answer.chunks():
            self._digest.update(chunk)
            for event in self._parser.feed(chunk):
                yield event
        last = self._parser.finish()
        if last is not None:
            yield last

    async def _pass(self, event: ServerEvent) -> bytes:
        self._is_resumable = self._is_resumable or b"id:" in marks(event)
        if not event.data:
            kept = marks(event)  # an event without data tells where a client may go on from
            return b"%bdata: \n\n" % kept if kept else b""
        reply, verdict = await self._judge.judge_message(self._entry, self._messages, self._messages.read(event.data))
        self._last = verdict
        for decision in verdict.decisions:
            self._call.note(decision)
        if error := refusal_of(verdict.decisions):
            return self._refuse(event, reply, verdict, error)
        self._counts["passed"] += 1
        self._over = not self._listens and self._messages.is_answer(reply)
        changed = self._restorer.slots(reply.content.slots)
        return _event(event, self._call.dialect.rewrite_reply(reply, changed))

    def _refuse(self, event: ServerEvent, reply: Reply, verdict: Verdict, error: AirlockError) -> bytes:
        if not self._listens:
            raise error
        self._counts["refused"] += 1
        if len(self._refused) < KEPT_REFUSALS:
            self._refused.append(decided(verdict))
        instead = self._messages.refusal(reply, error)
        kept = marks(event)
        return _event(event, instead) if instead else (b"%bdata: \n\n" % kept if kept else b"")

    def _end(self, fault: UpstreamFault | None = None) -> bytes:
        """End where the server ended: a client that was told where to go on from will ask for the rest."""
        self._over = True
        cut_off = UpstreamInvalid("The server closed the stream before its response.", code="upstream.cut_off")
        is_garbage = isinstance(fault, UpstreamInvalid)
        if not is_garbage and (self._is_resumable or (self._listens and fault is None)):
            self._call.error = fault
            return b""
        return self._fail(fault or cut_off)

    def _fail(self, error: AirlockError) -> bytes:
        self._over = True
        self._call.error = error
        told = self._messages.failure(error)
        return b"event: message\ndata: %b\n\n" % told if told else b""


def _event(event: ServerEvent, data: bytes) -> bytes:
    """Give an event with this data, under its own marks."""
    lines = b"".join(b"data: %b\n" % line for line in data.split(b"\n"))
    return b"event: message\n" + marks(event) + lines + b"\n"
