"""A streamed reply that comes as pieces of its choices: read it, and write what the client gets of it.

What the gateway adds of its own (a held back text, the end after a policy stop) stands in the envelope of the last
chunk that was written to the client. That one was cleared; the last one that was read may be the one to be stopped.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import orjson

from gateway.dialects.document import MalformedJson, parse
from gateway.dialects.event import Signal, StreamEvent
from gateway.dialects.message import NO_PARTS, Parts
from gateway.dialects.openai.choice_chunk import ChoiceReader
from gateway.dialects.openai.errors import error_body
from gateway.dialects.reading import name_or_none
from gateway.dialects.slot import Kind, Path
from gateway.dialects.splice import splice
from gateway.dialects.sse import QUIET, SSE, EventTooLong, ServerEvent, SseParser
from gateway.errors import AirlockError, UpstreamInvalid

_DONE: Final = b"data: [DONE]\n\n"
_ENVELOPE: Final = ("id", "object", "created", "model", "system_fingerprint", "service_tier")
_LONGEST_NAME: Final = 128
MAX_CHOICES: Final = 128
"""Most choices of a stream; the API itself allows as many: https://platform.openai.com/docs/api-reference/chat."""


class ChoiceStream(ABC):
    """One streamed reply. `model` is the provider's name for it, None until it was told.

    What a choice looks like is the format's: `_reader` reads it, `_piece` writes it.
    """

    __slots__ = (
        "_done",
        "_envelope",
        "_is_cut_off",
        "_last",
        "_open",
        "_parser",
        "_plain",
        "_seen",
        "_usage_asked",
        "_values",
        "model",
    )

    def __init__(self, *, usage_asked: bool) -> None:
        self.model: str | None = None
        self._usage_asked = usage_asked
        self._parser = SseParser()
        self._envelope: Mapping[str, Any] = {}
        self._last: Mapping[str, Any] = {}
        self._values: tuple[Any, ...] = ()
        self._plain: Mapping[str, Any] = {}
        self._seen: set[int] = set()
        self._open: set[int] = set()
        self._done = False
        self._is_cut_off = False

    @property
    def id(self) -> str:
        """Always "": a later call can't build on a completion."""
        return ""

    @property
    def parts(self) -> Parts:
        """Nothing: there is no such state."""
        return NO_PARTS

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
        """Whether the provider has said all: the end was told, or each choice seen has its finish reason."""
        return self._done or (bool(self._seen) and not self._open and not self._is_cut_off)

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
            self._is_cut_off = True

    def render(self, event: StreamEvent, changed: Mapping[Path, str]) -> bytes:
        """Give an event's bytes with new strings at these paths; without any, and with data alone, those that came.

        An event is rendered when all of its text is cleared, so from now on its envelope may be used.
        """
        source = event.source
        if event.envelope is not None and event.envelope is not self._envelope and not event.unwalked:
            self._note_cleared(event, event.envelope)
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
        if not self._envelope:
            return self.failed(error)
        return b"".join(self._event(choice, {}, "content_filter") for choice in choices) + _DONE

    def failed(self, error: AirlockError) -> bytes:
        """Give the last bytes after a fault: an error event, which the SDKs raise on, and no sign of success."""
        return b"data: " + error_body(error) + b"\n\n"

    def _event(self, choice: int, grown: Mapping[str, Any], reason: str | None) -> bytes:
        choices = [{"index": choice, **self._piece(grown), "logprobs": None, "finish_reason": reason}]
        return b"data: " + orjson.dumps({**self._envelope, "choices": choices}) + b"\n\n"

    def _note_cleared(self, event: StreamEvent, envelope: Mapping[str, Any]) -> None:
        self._envelope = envelope
        if not any(extra.kind is Kind.TEXT for extra in event.extras):
            self._plain = envelope

    def _read(self, source: ServerEvent) -> StreamEvent:
        data = source.data
        if data is None or not data.strip():
            return StreamEvent(source, Signal.QUIET)
        if data.strip() == b"[DONE]":
            self._done = True
            return StreamEvent(source, Signal.DONE)
        try:
            document = parse(data)
        except MalformedJson as exc:
            raise UpstreamInvalid(f"A chunk of the provider's stream could not be read: {exc}.") from exc
        if not isinstance(document, dict):
            raise UpstreamInvalid("A chunk of the provider's stream is no JSON object.")
        reader = self._reader(self._plain)
        return self._note(reader.read(source, document, self._envelope_of(document)), document)

    def _note(self, event: StreamEvent, document: Mapping[str, Any]) -> StreamEvent:
        if event.choices:
            self.model = self.model or name_or_none(document.get("model"))
            self._note_choices(event)
            if event.envelope and not (event.extras or event.unwalked):
                self._plain = event.envelope
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

    def _envelope_of(self, document: Mapping[str, Any]) -> Mapping[str, Any]:
        """Give the members around the choices that are short names and numbers, as one object while they are equal."""
        values = tuple(map(document.get, _ENVELOPE))
        if values != self._values:
            self._values = values
            self._last = {key: document[key] for key in _ENVELOPE if key in document and _is_short(document[key])}
        return self._last


def _says_nothing(event: StreamEvent) -> bool:
    """Tell whether an event holds nothing but names and numbers; the names need no screening where they don't leave."""
    return not event.unwalked and all(extra.kind is Kind.LABEL for extra in event.extras)


def _is_short(value: Any) -> bool:
    return value is None or isinstance(value, int) or (isinstance(value, str) and len(value) <= _LONGEST_NAME)
