"""Read a streamed reply each of whose server-sent events holds one JSON object, as most vendors send it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from gateway.dialects.document import MalformedJson, parse
from gateway.dialects.event import Signal, StreamEvent
from gateway.dialects.sse import MAX_EVENT_BYTES, ServerEvent, SseParser
from gateway.errors import UpstreamInvalid

ReadObject = Callable[[ServerEvent, dict[str, Any]], StreamEvent]
"""Reads the object of one event; raises `UpstreamInvalid` for one that can't be understood."""


class SseReader:
    """Reads one stream: cuts bytes into events and has `read` read the object of each.

    `words` are what an event may say that is no object, and what that means, such as `[DONE]`. `has_ended` says that
    one of them told the end, `is_cut_off` that the provider closed the stream within an event.
    """

    __slots__ = ("_parser", "_read_object", "_words", "has_ended", "is_cut_off")

    def __init__(
        self, read: ReadObject, limit: int = MAX_EVENT_BYTES, words: Mapping[bytes, Signal] | None = None
    ) -> None:
        self._read_object = read
        self._parser = SseParser(limit)
        self._words = words or {}
        self.has_ended = False
        self.is_cut_off = False

    def feed(self, chunk: bytes) -> Iterator[StreamEvent]:
        """Read the events that these bytes complete.

        Raises:
            UpstreamInvalid: after the events before it were given, for one that is too long or can't be understood.
        """
        yield from map(self._read, self._parser.feed(chunk))

    def finish(self) -> Iterator[StreamEvent]:
        """Read what is left when the provider has closed the stream; half an event is left out, and noted."""
        event = self._parser.finish()
        if event is None:
            return
        try:
            last = self._read(event)
        except UpstreamInvalid:
            self.is_cut_off = True
            return
        yield last

    def _read(self, source: ServerEvent) -> StreamEvent:
        said = (source.data or b"").strip()
        if not said:
            return StreamEvent(source, Signal.QUIET)
        if said in self._words:
            signal = self._words[said]
            self.has_ended = self.has_ended or signal is Signal.DONE
            return StreamEvent(source, signal)
        return self._read_object(source, _object_of(said))


def _object_of(data: bytes) -> dict[str, Any]:
    try:
        document = parse(data)
    except MalformedJson as exc:
        raise UpstreamInvalid(f"An event of the provider's stream could not be read: {exc}.") from exc
    if not isinstance(document, dict):
        raise UpstreamInvalid("An event of the provider's stream is no JSON object.")
    return document
