"""What goes wrong at real providers, as one table that applies to any vendor's bytes, and what must come of it."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from tests.scripted import Script, Step, response
from tests.vendors.vendor import Ended, Vendor

SILENCE_S: Final = 0.4
"""The limit of a gateway that meets a fault which is silence."""

_TOO_LONG: Final = 2.5 * SILENCE_S
_SHORT: Final = SILENCE_S / 4


@dataclass(frozen=True, slots=True)
class Answer:
    """A vendor's good answer: a whole one in one part, or a stream with its head first and then its events.

    `heard` is set when the client has got more than a hundred characters of the stream.
    """

    vendor: Vendor
    parts: Sequence[bytes]
    heard: threading.Event

    @property
    def stream(self) -> bool:
        """Whether it is a stream."""
        return len(self.parts) > 1

    def begun(self) -> list[Step]:
        """Give its beginning; three of four events of a stream, then wait until the client has heard them."""
        if self.stream:
            return [b"".join(self.parts[: len(self.parts) * 3 // 4]), self.heard]
        return [self.parts[0][:-20]]

    def ending(self, with_this: bytes) -> list[Step]:
        """Give its beginning, then something else; the length that a whole one announces stays right."""
        return [*self.begun(), with_this if self.stream else with_this.ljust(20)[:20]]


Play = Callable[[Answer], Script]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: what an upstream plays instead of its answer.

    `status` is what the client gets while the status line can still tell, `code` the error that it is told and that the
    record holds, "" for none of ours. `code_in_stream` is that of a stream, if it is another. A fault that is `late`
    comes after the first part of a stream has left: the client then has status 200, that part, and the end `ended`.
    `limit` names the limit that a fault of silence goes over; all others must be met with time enough.
    """

    play: Play
    status: int
    code: str
    code_in_stream: str = ""
    late: bool = False
    ended: Ended = Ended.FAILED
    streams_only: bool = False
    limit: str = ""

    def told(self, *, stream: bool) -> str:
        """Give the code of the error, "" for none of ours."""
        return (stream and self.code_in_stream) or self.code


def good(vendor: Vendor, *events: bytes, heard: threading.Event | None = None) -> Answer:
    """Make a good answer of a reply's body or of a stream's events."""
    heard = heard or threading.Event()
    if len(events) == 1:
        return Answer(vendor, [response(events[0])], heard)
    head = f"HTTP/1.1 200 OK\r\ncontent-type: {vendor.stream_type}\r\nconnection: close\r\n\r\n"
    return Answer(vendor, [head.encode(), *events], heard)


def _status(status: str, **headers: str) -> Play:
    return lambda answer: [response(answer.vendor.error(int(status[:3])), status, **headers)]


def _split(answer: Answer) -> Script:
    """Cut inside every character that is more than one byte."""
    raw, start = b"".join(answer.parts), 0
    for at, byte in enumerate(raw):
        if byte & 0b1100_0000 == 0b1000_0000:
            yield raw[start:at]
            yield 0.002
            start = at
    yield raw[start:]


FAULTS: Final[dict[str, Fault]] = {
    "it closes without a word": Fault(lambda _: [], 502, "upstream.unreachable"),
    "its first byte comes too late": Fault(
        lambda a: [_TOO_LONG, *a.parts], 504, "upstream.timeout", limit="first_byte_s"
    ),
    "its first byte comes late": Fault(lambda a: [_SHORT, *a.parts], 200, "", ended=Ended.COMPLETE),
    "it is not HTTP": Fault(lambda _: [b"SSH-2.0-OpenSSH_9.2\r\n\r\n"], 502, "upstream.invalid"),
    "it is a web page": Fault(lambda _: [response(b"<html>busy</html>", kind="text/html")], 502, "upstream.invalid"),
    "it is empty": Fault(
        lambda a: [a.parts[0] if a.stream else response(b"")], 502, "upstream.invalid", "upstream.cut_off"
    ),
    "it is busy": Fault(_status("429 Too Many Requests", retry_after="7"), 429, ""),
    "it breaks": Fault(_status("500 Internal Server Error"), 500, ""),
    "it does not take our key": Fault(
        lambda _: [response(b'{"error":{"message":"Incorrect API key: sk-live"}}', "401 Unauthorized")],
        502,
        "upstream.refused",
    ),
    "it is cut off": Fault(lambda a: a.begun(), 502, "upstream.invalid", "upstream.cut_off", late=True),
    "it stalls": Fault(lambda a: [*a.begun(), _TOO_LONG], 504, "upstream.timeout", late=True, limit="idle_s"),
    "it turns into garbage": Fault(lambda a: a.ending(b"data: {not json\n\n"), 502, "upstream.invalid", late=True),
    "it breaks in the middle": Fault(
        lambda a: a.ending(a.vendor.stream_error()), 502, "upstream.error", late=True, streams_only=True
    ),
    "it is cut inside its characters": Fault(_split, 200, "", ended=Ended.COMPLETE),
}
