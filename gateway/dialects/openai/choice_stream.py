"""A streamed reply that comes as pieces of its choices: read it, and write what the client gets of it."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import orjson

from gateway.dialects.envelope import Envelopes
from gateway.dialects.event import Signal, StreamEvent
from gateway.dialects.message import NO_PARTS
from gateway.dialects.openai.choice_chunk import ChoiceReader
from gateway.dialects.openai.errors import error_body
from gateway.dialects.reading import name_or_none
from gateway.dialects.slot import Kind, Path
from gateway.dialects.splice import splice
from gateway.dialects.sse import QUIET, SSE, ServerEvent
from gateway.dialects.sse_reader import SseReader
from gateway.errors import AirlockError, UpstreamInvalid

_DONE: Final = b"data: [DONE]\n\n"
_WORDS: Final = {b"[DONE]": Signal.DONE}
_ENVELOPE: Final = ("id", "object", "created", "model", "system_fingerprint", "service_tier")
MAX_CHOICES: Final = 128
"""Most choices of a stream; the API itself allows as many: https://platform.openai.com/docs/api-reference/chat."""


class ChoiceStream(ABC):
    """One streamed reply. `model` is the provider's name for it, None until it was told.

    What a choice looks like is the format's: `_reader` reads it, `_piece` writes it.
    """

    id: Final = ""  # a later call can't build on a completion
    parts: Final = NO_PARTS
    content_type: Final = SSE
    heartbeat: Final = QUIET

    __slots__ = (
        "_envelopes",
        "_events",
        "_open",
        "_seen",
        "_usage_asked",
        "model",
    )

    def __init__(self, *, usage_asked: bool) -> None:
        self.model: str | None = None
        self._usage_asked = usage_asked
        self._events = SseReader(self._read, words=_WORDS)
        self._envelopes = Envelopes(_ENVELOPE)
        self._seen: set[int] = set()
        self._open: set[int] = set()

    @property
    def complete(self) -> bool:
        """Whether the provider has said all: the end was told, or each choice seen has its finish reason."""
        return self._events.has_ended or (bool(self._seen) and not self._open and not self._events.is_cut_off)

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
        """Give an event's bytes with new strings at these paths; without any, and with data alone, those that came."""
        source = event.source
        self._envelopes.note_written(event)
        if changed and source.data is not None:
            return source.with_data(splice(source.data, changed))
        return source.sendable

    def text_event(self, slot: str, text: str) -> bytes:
        """Make an event that adds text to a slot, in the envelope of the last chunk that was rendered."""
        choice, *members = slot.split(".")
        piece: Any = text
        for member in reversed(members):
            piece = {member: piece}
        return self._event(int(choice), piece, None)

    @abstractmethod
    def is_answer(self, slot: str) -> bool:
        """Tell whether a growing text is the answer itself, not what is said beside it."""

    @abstractmethod
    def _reader(self, plain: Mapping[str, Any]) -> ChoiceReader:
        """Give a reader of the next chunk."""

    @abstractmethod
    def _piece(self, grown: Mapping[str, Any]) -> Mapping[str, Any]:
        """Write the members of a choice that grows by this, by nothing where it only ends."""

    def stopped(self, choices: Iterable[int], error: AirlockError) -> bytes:
        """Give the last bytes after a policy stop: each choice ends as `content_filter`.

        When no chunk was rendered yet there is no envelope to end, and no id is made up: it ends as an error.
        """
        if not self._envelopes.written:
            return self.failed(error)
        return b"".join(self._event(choice, {}, "content_filter") for choice in choices) + _DONE

    def failed(self, error: AirlockError) -> bytes:
        """Give the last bytes after a fault: an error event, which the SDKs raise on, and no sign of success."""
        return b"data: " + error_body(error) + b"\n\n"

    def _event(self, choice: int, grown: Mapping[str, Any], reason: str | None) -> bytes:
        choices = [{"index": choice, **self._piece(grown), "logprobs": None, "finish_reason": reason}]
        return b"data: " + orjson.dumps({**self._envelopes.written, "choices": choices}) + b"\n\n"

    def _read(self, source: ServerEvent, document: dict[str, Any]) -> StreamEvent:
        reader = self._reader(self._envelopes.plain)
        return self._note(reader.read(source, document, self._envelopes.of(document)), document)

    def _note(self, event: StreamEvent, document: Mapping[str, Any]) -> StreamEvent:
        if event.choices:
            self.model = self.model or name_or_none(document.get("model"))
            self._note_choices(event)
            if event.envelope and not (event.extras or event.unwalked):
                self._envelopes.plain = event.envelope
            return event
        if event.usage and not self._usage_asked and event.signal is Signal.NONE and _says_nothing(event):
            return StreamEvent(event.source, Signal.DROP, usage=event.usage)
        return event

    def _note_choices(self, event: StreamEvent) -> None:
        for choice in event.choices:
            if choice not in self._seen:
                self._seen.add(choice)
                self._open.add(choice)
                if len(self._seen) > MAX_CHOICES:
                    raise UpstreamInvalid(f"The provider's stream has more than {MAX_CHOICES} choices.")
        self._open.difference_update(choice for choice, _ in event.finished)


def _says_nothing(event: StreamEvent) -> bool:
    """Tell whether an event holds nothing but names and numbers; the names need no screening where they don't leave."""
    return not event.unwalked and all(extra.kind is Kind.LABEL for extra in event.extras)
