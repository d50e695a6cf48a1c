"""Responses: read a streamed reply and write what the client gets of it.

Events keep the numbers that the provider gave them, since a client may ask for the rest of a stream by the last number
that it saw. An event that the gateway adds in the middle has the number of the one before it.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import orjson

from gateway.dialects.event import Signal, StreamEvent
from gateway.dialects.openai.responses_calls import parts
from gateway.dialects.openai.responses_event import EventReader
from gateway.dialects.protocol_names import EVENT_NAME
from gateway.dialects.reading import count_or_zero, name_or_none
from gateway.dialects.slot import Path
from gateway.dialects.splice import splice
from gateway.dialects.sse import QUIET, SSE, ServerEvent
from gateway.dialects.sse_reader import SseReader
from gateway.errors import AirlockError

MAX_EVENT_BYTES: Final = 8 * 2**20
"""Longest event: the last one tells all of the reply again, pictures too."""

_WORDS: Final = {b"[DONE]": Signal.QUIET}  # which some servers send, like in chats


class ResponsesStream:
    """One streamed reply, or the rest of one. `model` is the provider's name for it, None until it was told."""

    content_type: Final = SSE
    heartbeat: Final = QUIET

    def __init__(self, *, is_rest: bool = False) -> None:
        self.model: str | None = None
        self.id = ""
        self.parts: dict[str, str] = {}
        self._events = SseReader(self._read, MAX_EVENT_BYTES, _WORDS)
        self._reader = EventReader(is_rest=is_rest)
        self._done = False
        self._number = -1
        self._begun = b""
        self._items: dict[int, bytes] = {}

    @property
    def complete(self) -> bool:
        """Whether the provider has told the end of the response."""
        return self._done

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

    def _read(self, source: ServerEvent, document: dict[str, Any]) -> StreamEvent:
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
