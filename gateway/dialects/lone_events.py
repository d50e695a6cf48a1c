"""A streamed reply whose events stand by themselves: no text of it grows over several of them.

Each event is screened and restored alone. Where texts do grow, as may be in a format that nobody knows, a pseudonym
that is cut over two events stays one.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from gateway.dialects.api import Api
from gateway.dialects.document import MalformedJson, parse
from gateway.dialects.event import Signal, StreamEvent
from gateway.dialects.message import NO_PARTS, Usage
from gateway.dialects.reading import no_usage
from gateway.dialects.slot import Path
from gateway.dialects.splice import splice
from gateway.dialects.sse import MAX_EVENT_BYTES, QUIET, SSE, ServerEvent, SseParser
from gateway.dialects.walk import Walk
from gateway.errors import AirlockError

WalkEvent = Callable[[Walk, ServerEvent, Any], None]
"""Walks an event's document, None where its data is no JSON."""

_LANE: Final = (0,)
_NAME: Final = re.compile(rb"[\w.]{1,64}", re.ASCII)


class LoneEvents:
    """One streamed reply, read event by event.

    `ends` are the `type`s of events after which the reply is complete, in a format that is known; there an event with a
    member `error` ends it badly. Without any, the reply is complete whenever it ends between two events.
    """

    id: Final = ""  # no later call builds on it
    parts: Final = NO_PARTS
    content_type: Final = SSE
    heartbeat: Final = QUIET

    __slots__ = ("_api", "_ends", "_has_ended", "_is_cut_off", "_parser", "_usage", "_walk_event", "model")

    def __init__(
        self,
        api: Api,
        walk_event: WalkEvent,
        usage: Callable[[Mapping[str, Any]], Usage | None] = no_usage,
        ends: tuple[str, ...] = (),
        limit: int = MAX_EVENT_BYTES,
    ) -> None:
        self.model: str | None = None
        self._api = api
        self._walk_event = walk_event
        self._usage = usage
        self._ends = ends
        self._parser = SseParser(limit)
        self._has_ended = False
        self._is_cut_off = False

    @property
    def complete(self) -> bool:
        """Whether the provider has said all, as far as that can be known."""
        return not self._is_cut_off and (self._has_ended or not self._ends)

    def feed(self, chunk: bytes) -> Iterator[StreamEvent]:
        """Read the events that these bytes complete.

        Raises:
            UpstreamInvalid: after the events before it were given, for one that is too long.
        """
        yield from map(self._read, self._parser.feed(chunk))

    def finish(self) -> Iterator[StreamEvent]:
        """Read what is left at the end; what looks like half an event does not leave."""
        event = self._parser.finish()
        if event is None:
            return
        try:
            parse(event.data or b"")
        except MalformedJson:
            self._is_cut_off = True
        else:
            yield self._read(event)

    def render(self, event: StreamEvent, changed: Mapping[Path, str]) -> bytes:
        """Give an event's bytes, its name included, with new strings at these paths."""
        source = event.source
        if source.data is None:
            return source.sendable
        name = source.name if _NAME.fullmatch(source.name) else b""
        return source.named(name, splice(source.data, changed))

    def text_event(self, _slot: str, _text: str) -> bytes:
        """Give nothing: no text grows here, so none is held back."""
        return b""

    def is_answer(self, _slot: str) -> bool:
        """Say no: no text grows here."""
        return False

    def stopped(self, _choices: Iterable[int], error: AirlockError) -> bytes:
        """Give the last bytes after a policy stop: an error, for these formats have no other word for it."""
        return self.failed(error)

    def failed(self, error: AirlockError) -> bytes:
        """Give the last bytes after a fault."""
        return b"event: error\ndata: " + self._api.error_body(error) + b"\n\n"

    def _read(self, source: ServerEvent) -> StreamEvent:
        data = source.data
        if data is None or not data.strip():
            return StreamEvent(source, Signal.QUIET)
        try:
            document = parse(data)
        except MalformedJson:
            document = None
        walk = Walk("x", reads_texts=False)
        is_done = data.strip() == b"[DONE]"
        if not is_done:
            self._walk_event(walk, source, document)
        members = document if isinstance(document, dict) else {}
        self._has_ended = self._has_ended or is_done or members.get("type") in self._ends
        return StreamEvent(
            source,
            self._signal(members, is_done=is_done),
            choices=_LANE,
            extras=tuple(walk.slots),
            unwalked=tuple(walk.unwalked),
            usage=self._usage(members),
        )

    def _signal(self, members: Mapping[str, Any], *, is_done: bool) -> Signal:
        if is_done:
            return Signal.DONE
        return Signal.ERROR if self._ends and members.get("error") else Signal.NONE
