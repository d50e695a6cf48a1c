"""Server-sent events on bytes, https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream.

An event keeps the bytes that it came in: all the events' `raw` in a row, and then `rest`, are what was fed. What leaves
is `sendable`: one data line leaves exactly as it came, but comments and other fields never leave, since nobody screens
them. Where a format needs its `event:` lines, the dialect says which name leaves (`named`): it knows what the data is.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from gateway.errors import UpstreamInvalid

MAX_EVENT_BYTES: Final = 1024 * 1024
"""Longest event that is kept in memory: an image in base64 would be longer, a piece of text never is."""

_BOM = b"\xef\xbb\xbf"
_BLANK_LINE = re.compile(rb"(?>\r\n|\n|\r)(?>\r\n|\n|\r)")
_LINE = re.compile(rb"[^\r\n]*+(?>\r\n|\n|\r)")
_FIELD = re.compile(rb"(data|event)(?:: ?([^\r\n]*+))?+[\r\n]*+")
_PLAIN = re.compile(
    rb"\n?+(?:event: ?([\w.]{1,64}+)(?>\r\n|\n|\r))?+data: ?([^\r\n]*+)(?>\r\n|\n|\r)(?>\r\n|\n|\r)", re.ASCII
)
_LINES = re.compile(rb"\r\n|\n|\r")
_MARK = re.compile(rb"id: ?[!-~]{1,256}|retry: ?[0-9]{1,9}")
QUIET: Final = b":\n\n"
"""An event that says nothing."""

SSE: Final = "text/event-stream; charset=utf-8"
"""The media type."""


@dataclass(frozen=True, slots=True)
class ServerEvent:
    """One event, or comments alone.

    `data` is the joined `data:` lines, None when there are none. `at` is where it stands in `raw` if there is nothing
    else in the event but a `name` before it, else None. `name` is the `event:` line's value, empty for none.
    """

    raw: bytes = field(repr=False)
    data: bytes | None = field(repr=False)
    at: int | None
    name: bytes = b""

    @property
    def sendable(self) -> bytes:
        """The event's bytes without anything but its data; an empty comment for an event without data."""
        if self.at is not None and not self.name and not self._is_cut:
            return self.raw
        return self.named(b"", self.data) if self.data else QUIET

    def with_data(self, data: bytes) -> bytes:
        """Give the event's bytes with other data; what else was in it does not leave."""
        return self.named(b"", data)

    def named(self, name: bytes, data: bytes) -> bytes:
        """Give the event's bytes under this name, b"" for none, with this data; nothing else of it leaves.

        `name` must be the format's own and not the sender's word. An event that came so leaves byte for byte.
        """
        if self.at is not None and self.data is not None and self.name == name:
            raw = self.raw[: self.at] + data + self.raw[self.at + len(self.data) :]
            return _mended(raw) if self._is_cut else raw
        lines = [b"data: %b\n" % line for line in data.split(b"\n")]
        return b"".join([b"event: %b\n" % name if name else b"", *lines, b"\n"])

    @property
    def _is_cut(self) -> bool:
        """Whether a chunk may have ended inside of the line end before or behind this event."""
        return self.raw[-1:] == b"\r" or self.raw[:1] == b"\n"


def _mended(raw: bytes) -> bytes:
    r"""Complete the `\r\n` that an event was cut in, since some clients wait for it; drop the one before its rest."""
    return raw.removeprefix(b"\n") + (b"\n" if raw.endswith(b"\r\n\r") else b"")


def marks(event: ServerEvent) -> bytes:
    """Give the lines of an event by which a client can go on with a stream later, if they look like it."""
    return b"".join(line + b"\n" for line in _LINES.split(event.raw) if _MARK.fullmatch(line))


class SseParser:
    """Cuts a byte stream into events, wherever its chunks were cut."""

    __slots__ = ("_buffer", "_limit", "_scanned", "_started")

    def __init__(self, limit: int = MAX_EVENT_BYTES) -> None:
        self._buffer = bytearray()
        self._scanned = 0
        self._limit = limit
        self._started = False

    @property
    def rest(self) -> bytes:
        """What has arrived of an event that is not complete."""
        return bytes(self._buffer)

    def feed(self, chunk: bytes) -> list[ServerEvent]:
        """Take in the next bytes and give the events that they complete.

        A carriage return ends a line at once, so an event never waits for the line feed that may follow; that line
        feed is then the first byte of the next event's `raw`.

        Raises:
            UpstreamInvalid: the event that is arriving outgrew the limit; nothing more can be read. Events that were
                completed by this very chunk are given first, and the next call raises.
        """
        buffer = self._buffer
        buffer += chunk
        events = []
        position = 0
        while match := _BLANK_LINE.search(buffer, max(position, self._scanned)):
            events.append(self._event(bytes(buffer[position : match.end()])))
            position = match.end()
        if position:
            del buffer[:position]
        self._scanned = max(0, len(buffer) - len(b"\r\n\r"))
        if len(buffer) > self._limit and not events:
            raise UpstreamInvalid(f"The provider's stream can't be read: an event is longer than {self._limit} bytes.")
        return events

    def finish(self) -> ServerEvent | None:
        """Give what is left when the stream has ended: an event whose blank line is missing, ended by one of ours."""
        rest = self.rest
        self._buffer.clear()
        return self._event(rest.rstrip(b"\r\n") + b"\n\n") if rest.strip() else None

    def _event(self, raw: bytes) -> ServerEvent:
        start = 0 if self._started or not raw.startswith(_BOM) else len(_BOM)
        self._started = True
        if match := _PLAIN.fullmatch(raw, start):
            return ServerEvent(raw, match[2], match.start(2), match[1] or b"")
        return _read_fields(raw, start)


def _read_fields(raw: bytes, start: int) -> ServerEvent:
    data: list[bytes] = []
    name = b""
    for line in _LINE.finditer(raw, start):
        field_ = _FIELD.fullmatch(line[0])
        if field_ is None:
            continue
        if field_[1] == b"event":
            name = field_[2] or b""
        else:
            data.append(field_[2] or b"")
    return ServerEvent(raw, b"\n".join(data) if data else None, None, name)
