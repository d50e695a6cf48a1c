"""Anthropic Messages: read a streamed reply and write what the client gets of it.

Every event has its name twice, in its data and in its `event:` line, which the SDK goes by. What leaves under that name
is the data's own type, whatever the line said.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import orjson

from gateway.dialects.anthropic.errors import error_document
from gateway.dialects.anthropic.event import Block, EventReader
from gateway.dialects.anthropic.reply import read_usage
from gateway.dialects.event import Signal, StreamEvent
from gateway.dialects.leaves import IDENTIFIER
from gateway.dialects.message import NO_PARTS, Parts, Usage
from gateway.dialects.reading import count_or_zero, name_or_none
from gateway.dialects.slot import Path
from gateway.dialects.splice import splice
from gateway.dialects.sse import QUIET, SSE, ServerEvent
from gateway.dialects.sse_reader import SseReader
from gateway.errors import AirlockError, UpstreamInvalid


class MessageStream:
    """One streamed reply. `model` and `id` are the provider's, None and "" until they were told."""

    content_type: Final = SSE

    __slots__ = (
        "_blocks",
        "_events",
        "_has_begun",
        "_is_complete",
        "_open",
        "_usage",
        "id",
        "model",
        "parts",
    )

    def __init__(self) -> None:
        self.model: str | None = None
        self.id = ""
        self.parts: Parts = NO_PARTS
        self._events = SseReader(self._read)
        self._blocks: dict[int, Block] = {}
        self._usage: dict[str, Any] = {}
        self._is_complete = False
        self._has_begun = False
        self._open: list[int] = []

    @property
    def heartbeat(self) -> bytes:
        """The event that Anthropic itself sends to a client that waits."""
        return _PING

    @property
    def complete(self) -> bool:
        """Whether the provider has said all: why the model stopped, or that the message is over."""
        return self._is_complete and not self._events.is_cut_off

    def feed(self, chunk: bytes) -> Iterator[StreamEvent]:
        """Read the events that these bytes complete.

        Raises:
            UpstreamInvalid: after the events before it were given, for one that can't be understood.
        """
        return self._events.feed(chunk)

    def finish(self) -> Iterator[StreamEvent]:
        """Read what is left when the provider has closed the stream; half an event makes it incomplete."""
        return self._events.finish()

    def render(self, event: StreamEvent, changed: Mapping[Path, str]) -> bytes:
        """Give an event's bytes with new strings at these paths; without any, those that came, under the data's type.

        An event is rendered when all of its text is cleared, so from now on the client knows of its block.
        """
        source, envelope = event.source, event.envelope
        if event.signal is Signal.QUIET or source.data is None or envelope is None:
            return _PING if source.data else QUIET
        self._note_left(envelope["type"], envelope["index"])
        data = splice(source.data, changed) if changed else source.data
        return source.named(envelope["type"].encode(), data)

    def text_event(self, slot: str, text: str) -> bytes:
        """Make an event that adds text to a block."""
        index = int(slot.split(".")[1])
        return _event("content_block_delta", index=index, delta={"type": "text_delta", "text": text})

    def is_answer(self, slot: str) -> bool:
        """Tell whether a growing text is the answer itself, not what the model thought."""
        return slot.endswith(".text")

    def stopped(self, choices: Iterable[int], error: AirlockError) -> bytes:
        """Give the last bytes after a policy stop: what is open ends, and the message as a refusal.

        So does Anthropic end a message that its own classifiers stop. Before the message has begun, it ends as an
        error.
        """
        if not self._has_begun:
            return self.failed(error)
        blocks = [_event("content_block_stop", index=index) for index in self._open]
        if any(True for _ in choices):
            blocks.append(_refusal(error, count_or_zero(self._usage.get("output_tokens"))))
        return b"".join([*blocks, _event("message_stop")])

    def failed(self, error: AirlockError) -> bytes:
        """Give the last bytes after a fault: an error event, which the SDK raises on, and no sign of success."""
        return b"event: error\ndata: " + orjson.dumps(error_document(error)) + b"\n\n"

    def _read(self, source: ServerEvent, document: dict[str, Any]) -> StreamEvent:
        kind = document.get("type")
        if not (isinstance(kind, str) and IDENTIFIER.fullmatch(kind)):
            raise UpstreamInvalid("An event of the provider's stream has no type.")
        usage = self._note(kind, document)
        event = EventReader(self._blocks).read(source, document, kind, usage)
        self._is_complete |= bool(event.finished) or event.signal is Signal.DONE
        return event

    def _note(self, kind: str, document: Mapping[str, Any]) -> Usage | None:
        """Note what the message says of itself, and give the usage so far if this event tells of it."""
        holder = document.get("message") if kind == "message_start" else document
        if not isinstance(holder, dict):
            return None
        if kind == "message_start":
            if self.id or self.model:
                raise UpstreamInvalid("The provider's stream starts a second message.")
            self.model = name_or_none(holder.get("model"))
            self.id = name_or_none(holder.get("id")) or ""
        usage = holder.get("usage")
        if not isinstance(usage, dict):
            return None
        # Counts are totals, not additions; one that a later event leaves out or has as null stays what it was.
        self._usage |= {name: count for name, count in usage.items() if count is not None}
        return read_usage(self._usage)

    def _note_left(self, kind: str, index: Any) -> None:
        if kind == "message_start":
            self._has_begun = True
        elif kind == "content_block_start":
            self._open.append(index)
        elif kind == "content_block_stop" and index in self._open:
            self._open.remove(index)


def _refusal(error: AirlockError, output_tokens: int) -> bytes:
    details = {"type": "refusal", "category": None, "explanation": error.message, "error_code": error.code}
    delta = {"stop_reason": "refusal", "stop_sequence": None, "stop_details": details}
    return _event("message_delta", delta=delta, usage={"output_tokens": output_tokens})


def _event(kind: str, **members: Any) -> bytes:
    return b"event: %b\ndata: %b\n\n" % (kind.encode(), orjson.dumps({"type": kind, **members}))


_PING: Final = _event("ping")
