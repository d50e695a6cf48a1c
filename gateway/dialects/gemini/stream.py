"""Gemini: read a streamed reply and write what the client gets of it.

The stream has no last event: it is complete when the connection ends after each candidate's finish reason. Some models
say one in every chunk, so a chunk that has one waits until it is known whether it is the candidate's last.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import orjson

from gateway.dialects.envelope import Envelopes
from gateway.dialects.event import Signal, StreamEvent
from gateway.dialects.gemini.chunk import ANSWER, THOUGHT, ChunkReader, Runs
from gateway.dialects.gemini.errors import error_body
from gateway.dialects.gemini.framing import Framing
from gateway.dialects.gemini.spelling import member
from gateway.dialects.message import NO_PARTS
from gateway.dialects.reading import name_or_none
from gateway.dialects.slot import Path
from gateway.dialects.splice import splice
from gateway.dialects.sse import ServerEvent
from gateway.dialects.sse_reader import SseReader
from gateway.errors import AirlockError

_ENVELOPE: Final = ("modelVersion", "responseId")
_STOPPED: Final = "PROHIBITED_CONTENT"
_MAX_EVENT_BYTES: Final = 16 * 2**20
"""Longest event: unlike a text, an image stands in one event whole, of some megabytes in base64."""

_END: Final = ServerEvent(b"", None, None)


class GeminiStream:
    """One streamed reply. `model` is the provider's name for it, None until it was told."""

    id: Final = ""  # a later call can't build on a reply
    parts: Final = NO_PARTS
    heartbeat: Final = b""  # the vendor's own client takes a comment for a broken answer

    __slots__ = ("_done", "_envelopes", "_events", "_framing", "_runs", "_seen", "_waiting", "model")

    def __init__(self, framing: Framing) -> None:
        self.model: str | None = None
        self._framing = framing
        self._events = SseReader(self._read, _MAX_EVENT_BYTES)
        self._runs = Runs()
        self._envelopes = Envelopes(_ENVELOPE)
        self._waiting: list[StreamEvent] = []
        self._seen: set[int] = set()
        self._done: set[int] = set()

    @property
    def content_type(self) -> str:
        """What the client asked for: server-sent events, or JSON."""
        return self._framing.content_type

    @property
    def complete(self) -> bool:
        """Whether the provider has said all: each candidate seen has its finish reason, or the prompt was refused."""
        return bool(self._done) and self._seen <= self._done and not self._events.is_cut_off

    def feed(self, chunk: bytes) -> Iterator[StreamEvent]:
        """Read the events that these bytes complete.

        Raises:
            UpstreamInvalid: after the events before it were given, for one that can't be understood.
        """
        for event in self._events.feed(chunk):
            yield from self._in_turn(event)

    def finish(self) -> Iterator[StreamEvent]:
        """Read what is left when the provider has closed the stream; half an event makes it incomplete."""
        for event in self._events.finish():
            yield from self._in_turn(event)
        yield from self._released(())
        if self.complete:
            yield StreamEvent(_END, Signal.DONE)

    def render(self, event: StreamEvent, changed: Mapping[Path, str]) -> bytes:
        """Give an event's bytes with new strings at these paths, in the framing that the client asked for."""
        source = event.source
        if source.data is None or event.signal is Signal.QUIET:
            return self._framing.end() if event.signal is Signal.DONE else b""
        self._envelopes.note_written(event)
        out = self._framing.changed(source, splice(source.data, changed)) if changed else self._framing.as_came(source)
        return out + self._framing.end() if event.signal is Signal.ERROR else out

    def text_event(self, slot: str, text: str) -> bytes:
        """Make an event that adds text to a slot, in the envelope of the last chunk that was rendered."""
        candidate, _, kind = slot.split(".")
        part = {"text": text, "thought": True} if kind == THOUGHT else {"text": text}
        return self._event({"content": {"parts": [part], "role": "model"}, "index": int(candidate)})

    def is_answer(self, slot: str) -> bool:
        """Tell whether a growing text is the answer itself, not a thought."""
        return slot.endswith(f".{ANSWER}")

    def stopped(self, choices: Iterable[int], error: AirlockError) -> bytes:
        """Give the last bytes after a policy stop: each candidate ends with a finish reason that the SDKs know.

        When no chunk was rendered yet there is no envelope to end, and no id is made up: it ends as an error.
        """
        if not self._envelopes.written:
            return self.failed(error)
        ends = [{"finishReason": _STOPPED, "index": choice, "finishMessage": error.message} for choice in choices]
        return b"".join(map(self._event, ends)) + self._framing.end()

    def failed(self, error: AirlockError) -> bytes:
        """Give the last bytes after a fault: an error, which the SDKs raise on."""
        return self._framing.own(error_body(error)) + self._framing.end()

    def _event(self, candidate: Mapping[str, Any]) -> bytes:
        return self._framing.own(orjson.dumps({"candidates": [candidate], **self._envelopes.written}))

    def _read(self, source: ServerEvent, document: dict[str, Any]) -> StreamEvent:
        around = {name: value for name in _ENVELOPE if (value := member(document, name))}
        event = ChunkReader(self._runs, self._envelopes.plain).read(source, document, self._envelopes.of(around))
        self.model = self.model or name_or_none(member(document, "modelVersion"))
        self._seen.update(event.choices)
        self._done.difference_update(event.choices)
        self._done.update(choice for choice, _ in event.finished)
        return event

    def _in_turn(self, event: StreamEvent) -> Iterator[StreamEvent]:
        """Give an event behind those of its candidates that wait; keep it if it may be a candidate's last."""
        if event.signal is not Signal.QUIET:
            yield from self._released(event.choices)
        if event.finished:
            self._waiting.append(event)
        else:
            yield event

    def _released(self, again: tuple[int, ...]) -> Iterator[StreamEvent]:
        """Give the events that wait for these candidates (none: for any), which go on; the others have ended."""
        waiting, self._waiting = self._waiting, []
        for event in waiting:
            if again and not set(again) & set(event.choices):
                self._waiting.append(event)
                continue
            finished = tuple(one for one in event.finished if one[0] not in again)
            yield replace(event, finished=finished, ends=(*event.ends, *(str(choice) for choice, _ in finished)))
