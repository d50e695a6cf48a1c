"""The second door: screen a reply, decide on it, put the personal values back."""

from dataclasses import dataclass
from functools import partial
from hashlib import sha256

from gateway.dialects.message import Parts, Reply, Request
from gateway.dialects.sse import QUIET, SSE
from gateway.errors import UpstreamInvalid
from gateway.pipeline.context import Call
from gateway.pipeline.first_door import Entry
from gateway.pipeline.inspect import Verdict
from gateway.pipeline.judging import Judge, refusal_of
from gateway.pipeline.memory import Memories, Memory, Remembering
from gateway.pipeline.messages import MessageStream
from gateway.pipeline.outcome import Headers, Outcome, Streamed, Whole
from gateway.pipeline.records import Book, decided, told
from gateway.pipeline.stream_judging import StreamJudge
from gateway.pipeline.streaming import ReplyStream
from gateway.pseudonyms.restore import Restorer
from gateway.stream.guard import StreamGuard
from gateway.upstream.headers import media_type, to_client
from gateway.upstream.ports import Answer

_OK = 200
_FAULT = 400
_EVENTS = (b"content-type", SSE.encode())
_JSON = (b"content-type", b"application/json")
_STREAM: Headers = [(b"cache-control", b"no-cache"), (b"x-accel-buffering", b"no")]


@dataclass(frozen=True, slots=True)
class SecondDoor:
    """Leads replies back. `reply_bytes` is the longest one that is read when it is not streamed.

    `heartbeat_s` is how long the client of a stream waits for a first word, and between words, before it gets a sign of
    life, if its dialect has one; 0 for as long as it takes.
    """

    judge: Judge
    book: Book
    memories: Memories
    reply_bytes: int
    heartbeat_s: float = 0

    async def admit(self, call: Call, request: Request, entry: Entry, answer: Answer) -> Outcome:
        """Give what the client gets of an answer.

        Raises:
            AirlockError: The answer may not pass, or is none; `call.closing` knows what came.
        """
        restorer = Restorer(entry.masked.tokens)
        if request.messages is not None and answer.status == _OK and answer.is_event_stream:
            return self._listen(call, request, entry, answer)
        streams = answer.is_event_stream if request.is_unknown else request.stream
        if streams and answer.status == _OK and request.messages is None:
            return await self._stream(call, request, entry, answer, restorer)
        return await self._whole(call, request, entry, answer, restorer)

    async def _whole(self, call: Call, request: Request, entry: Entry, answer: Answer, restorer: Restorer) -> Whole:
        async with answer:
            raw = await answer.body(self.reply_bytes)
        call.closing |= {"status": answer.status, "reply": self.book.commitment(call, "reply", sha256(raw).digest())}
        reply, verdict = await self._judge(call, request, entry, answer.status, raw)
        call.closing |= decided(verdict)
        for decision in verdict.decisions:
            call.note(decision)
        if error := refusal_of(verdict.decisions):
            raise error
        body = call.dialect.rewrite_reply(reply, restorer.slots(reply.content.slots))
        call.closing |= told(reply.model, reply.finish_reasons, restorer.tally)
        if answer.status < 400:
            await self._remember(call, request, entry, reply.id, reply.parts)
        self.book.close(call)
        kind = media_type(answer.headers) if reply.is_unknown else _JSON
        return Whole(answer.status, [kind, *to_client(answer.headers, call.dialect.api)], body)

    async def _judge(
        self, call: Call, request: Request, entry: Entry, status: int, raw: bytes
    ) -> tuple[Reply, Verdict]:
        if status >= _FAULT:
            reply = call.dialect.read_error(raw)
        elif request.messages is not None:
            reply = request.messages.read(raw)
            call.bill.reply(reply)
            return await self.judge.judge_message(entry, request.messages, reply)
        else:
            reply = call.dialect.read_reply(raw)
        call.bill.reply(reply)
        return reply, await self.judge.judge(entry, reply)

    def _listen(self, call: Call, request: Request, entry: Entry, answer: Answer) -> Streamed:
        stream = MessageStream(call, request, entry, answer, self.judge, self.book, self.reply_bytes)
        headers = [_EVENTS, *_STREAM, *to_client(answer.headers, call.dialect.api)]
        return Streamed(_OK, headers, stream, QUIET, self.heartbeat_s)

    async def _stream(self, call: Call, request: Request, entry: Entry, answer: Answer, restorer: Restorer) -> Streamed:
        if not answer.is_event_stream:
            answer.close()
            raise UpstreamInvalid("The upstream did not answer with a stream.")
        reader = call.dialect.stream(request)
        # Parts that no walker reads are policy's to judge, so the guard leaves them to the decision.
        guard = StreamGuard(reader, restorer, entry.mode, allow_unwalked=True, json_text=request.json_reply)
        remember = Remembering(reader, partial(self._remember, call, request, entry))
        judge = StreamJudge(call, entry, guard, self.judge)
        stream = ReplyStream(call, answer, guard, judge, restorer.tally, self.book, remember)
        try:
            await stream.start(reader.heartbeat, self.heartbeat_s)
        except BaseException:
            stream.drop()
            call.closing |= stream.summary()
            raise
        kind: Headers = [(b"content-type", reader.content_type.encode())]
        headers = kind + _STREAM + to_client(answer.headers, call.dialect.api)
        return Streamed(_OK, headers, stream, reader.heartbeat, self.heartbeat_s)

    async def _remember(self, call: Call, request: Request, entry: Entry, name: str, parts: Parts) -> None:
        """Keep what a later call needs that goes on from this reply, before the client can know its name.

        Raises:
            CheckUnavailable: It could not be kept.
        """
        if request.forgets:
            await self.memories.forget(call.principal, request)
        if not (request.is_kept and name):
            return
        masked = entry.masked
        memory = Memory(
            request.model,
            entry.candidate.target.name,
            masked.scope,
            request.json_reply,
            masked.tokens.both,
            {**call.memory.calls, **{call_id: tool for call_id, tool in parts.items() if tool}},
        )
        items = (part for part, tool in parts.items() if not tool)
        await self.memories.keep(call.principal, [name, *items], memory)
        for kept in request.continues:
            if kept.grows:
                await self.memories.add(call.principal, kept, memory)
