"""The members around the pieces of a streamed reply, such as its id: what the gateway adds of its own stands in them.

It stands in those of the last event that was written to the client. That one was cleared; the last one that was read
may be the one to be stopped.
"""

from collections.abc import Mapping
from typing import Any, Final

from gateway.dialects.event import StreamEvent
from gateway.dialects.slot import Kind

_LONGEST_NAME: Final = 128


class Envelopes:
    """The envelopes of one stream: of the members with these `names`, those that are short names or numbers.

    `written` is that of the last event that was written, empty before. `plain` is one around which nothing is left to
    screen: what another event has equal to it need not be screened again.
    """

    __slots__ = ("_last", "_names", "_values", "plain", "written")

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = names
        self._values: tuple[Any, ...] = ()
        self._last: Mapping[str, Any] = {}
        self.written: Mapping[str, Any] = {}
        self.plain: Mapping[str, Any] = {}

    def of(self, document: Mapping[str, Any]) -> Mapping[str, Any]:
        """Give an event's envelope, as one object while they are equal."""
        values = tuple(map(document.get, self._names))
        if values != self._values:
            self._values = values
            self._last = {name: document[name] for name in self._names if name in document and is_short(document[name])}
        return self._last

    def note_written(self, event: StreamEvent) -> None:
        """Note that an event was written: all of its text is cleared, so from now on its envelope may be used."""
        if event.envelope is None or event.unwalked:
            return
        self.written = event.envelope
        if not any(extra.kind is Kind.TEXT for extra in event.extras):
            self.plain = event.envelope


def is_short(value: Any) -> bool:
    """Tell whether a member may stand in an event of the gateway's own: null, a number, or a short string."""
    return value is None or isinstance(value, int) or (isinstance(value, str) and len(value) <= _LONGEST_NAME)
