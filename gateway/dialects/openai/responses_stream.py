"""Responses: read a streamed reply and write what the client gets of it.

Events keep the numbers that the provider gave them, since a client may ask for the rest of a stream by the last number
that it saw. An event that the gateway adds in the middle has the number of the one before it.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import orjson

from gateway.dialects.document import MalformedJson, parse
from gateway.dialects.event import Signal, StreamEvent
from gateway.dialects.openai.responses_calls import parts
from gateway.dialects.openai.responses_event import EventReader
from gateway.dialects.protocol_names import EVENT_NAME
from gateway.dialects.reading import count_or_zero, name_or_none
from gateway.dialects.slot import Path
from gateway.dialects.splice import splice
from gateway.dialects.sse import QUIET, SSE, EventTooLong, ServerEvent, SseParser
from gateway.errors import AirlockError, UpstreamInvalid

MAX_EVENT_BYTES: Final = 8 * 2**20
"""Longest event: the last one tells all of the reply again, pictures too."""


class ResponsesStream:
    """One streamed reply, or the rest of one. `model` is the provider's name for it, None until it was told."""

    def __init__(self, *, is_rest: bool = False) -> None:
        self.model: str | None = None
        self.id = ""
        self.parts: dict[str, str] = {}
        self._parser = SseParser(MAX_EVENT_BYTES)
        self._reader = EventReader(is_rest=is_rest)
        self._done = False
        self._number = -1
        self._begun = b""
        self._items: dict[int, bytes] = {}

    @property
    def content_type(self) -> str:
        """Server-sent events."""
        return SSE

    @property
    def heartbeat(self) -> bytes:
        """A comment, which every reader of server-sent events passes over."""
        return QUIET

    @property
    def complete(self) -> bool:
        """Whether the provider has told the end of the response."""
        return self._done

    def feed(self, chunk: bytes) -> Iterator[StreamEvent]:
        """Read the events that these bytes complete.

        Raises:
            UpstreamInvalid: after the events before it were given, for one that can't be understood.
        """
        try:
            events = self._parser.feed(chunk)
        except EventTooLong as exc:
            raise UpstreamInvalid(f"The provider's stream can't be read: {exc}.") from exc
        for event in events:
            yield self._read(event)

    def finish(self) -> Iterator[StreamEvent]:
        """Read what is left when the provider has closed the stream; half an event makes it incomplete."""
        event = self._parser.finish()
        if event is None:
            return
        try:
            yield self._read(event)
        except UpstreamInvalid:
            return

    def render(self, event: StreamEvent, changed: Mapping[Path, str]) -> bytes:
        """Give an event's bytes under the name of its type, with new strings at these paths."""
        source, document = event.source, event.envelope
        if document is None or source.data is None:
            return QUIET
        data = splice(source.data, changed)
        self._note_sent(document, data)
        kind = str(document.get("type"))
        return source.named(kind.encode() if EVENT_NAME.fullmatch(kind) else b"", data)

    def text_event(self, slot: str, text: str) -> bytes:
        """Make an event that adds text to a slot."""
        head = self._reader.texts[slot].head
        kind = head["type"]
        stream = slot.rpartition(".")[2]
        piece: Any = {stream: text} if stream in ("stdout", "stderr") else text
        more: dict[str, Any] = {"logprobs": []} if kind == "response.output_text.delta" else {}
        return _event({**head, "delta": piece, **more, "sequence_number": max(self._number, 0)})

    def is_answer(self, slot: str) -> bool:
        """Tell whether a growing text is the answer itself, not reasoning or a refusal beside it."""
        return self._reader.texts[slot].is_answer

    def stopped(self, _choices: Iterable[int], error: AirlockError) -> bytes:
        """Give the last bytes after a policy stop: the response is incomplete, for its content.

        It holds the items of the output that were sent whole. Before anything was sent it ends as an error.
        """
        if not self._begun:
            return self.failed(error)
        response = orjson.loads(self._begun)["response"]
        response |= {
            "status": "incomplete",
            "incomplete_details": {"reason": "content_filter"},
            "output": [orjson.loads(data)["item"] for _, data in sorted(self._items.items())],
        }
        return _event({"type": "response.incomplete", "response": response, "sequence_number": self._number + 1})

    def failed(self, error: AirlockError) -> bytes:
        """Give the last bytes after a fault: an error event, which is no end of the response.

        Its fields stand in the event, as the reference has them, and in a member `error` too, on which SDKs raise.
        """
        fields = {"code": error.code, "message": error.message, "param": error.param}
        inner = {"type": error.kind, **fields}
        return _event({"type": "error", "sequence_number": self._number + 1, **fields, "error": inner})

    def _note_sent(self, document: Mapping[str, Any], data: bytes) -> None:
        self._number = max(self._number, count_or_zero(document.get("sequence_number")))
        if "response" in document:
            self._begun = data
        elif document.get("type") == "response.output_item.done":
            self._items[count_or_zero(document.get("output_index"))] = data

    def _read(self, source: ServerEvent) -> StreamEvent:
        data = source.data
        if data is None or not data.strip() or data.strip() == b"[DONE]":  # which some servers send, like in chats
            return StreamEvent(source, Signal.QUIET)
        try:
            document = parse(data)
        except MalformedJson as exc:
            raise UpstreamInvalid(f"An event of the provider's stream could not be read: {exc}.") from exc
        if not isinstance(document, dict):
            raise UpstreamInvalid("An event of the provider's stream is no JSON object.")
        event = self._reader.read(source, document)
        self._note(document, event)
        return event

    def _note(self, document: Mapping[str, Any], event: StreamEvent) -> None:
        response = document.get("response")
        if isinstance(response, dict):
            self.id = self.id or name_or_none(response.get("id")) or ""
            self.model = self.model or name_or_none(response.get("model"))
            output = response.get("output")
            self.parts |= parts(output if isinstance(output, list) else ())
        if document.get("type") == "response.output_item.done":
            self.parts |= parts([document.get("item")])
        self._done = self._done or event.signal is Signal.DONE


def _event(document: Mapping[str, Any]) -> bytes:
    return b"event: %b\ndata: %b\n\n" % (document["type"].encode(), orjson.dumps(document))
