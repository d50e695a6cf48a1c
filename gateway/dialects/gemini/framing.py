"""The two framings of a streamed reply: server-sent events, or one JSON list that grows."""

from collections.abc import Mapping
from typing import Protocol

from gateway.dialects.message import JSON
from gateway.dialects.sse import SSE, ServerEvent
from gateway.errors import BadRequest


class Framing(Protocol):
    """Puts documents on the wire, one behind the other."""

    @property
    def content_type(self) -> str:
        """The media type."""

    def as_came(self, source: ServerEvent) -> bytes:
        """Give a provider's document, byte for byte."""

    def changed(self, source: ServerEvent, data: bytes) -> bytes:
        """Give a provider's document with other data."""

    def own(self, data: bytes) -> bytes:
        """Give a document of ours."""

    def end(self) -> bytes:
        """Give what comes behind the last document."""


class Events:
    """Server-sent events. The stream's end is the connection's."""

    content_type = SSE

    def as_came(self, source: ServerEvent) -> bytes:
        """See `Framing`."""
        return source.sendable

    def changed(self, source: ServerEvent, data: bytes) -> bytes:
        """See `Framing`."""
        return source.with_data(data)

    def own(self, data: bytes) -> bytes:
        """See `Framing`."""
        return b"data: " + data + b"\r\n\r\n"

    def end(self) -> bytes:
        """See `Framing`."""
        return b""


class GrowingList:
    """One JSON list. It is closed whatever happens, so that a client that reads it as a whole can read it."""

    content_type = JSON

    def __init__(self) -> None:
        self._has_begun = False

    def as_came(self, source: ServerEvent) -> bytes:
        """See `Framing`."""
        return self.own(source.data or b"null")

    def changed(self, _source: ServerEvent, data: bytes) -> bytes:
        """See `Framing`."""
        return self.own(data)

    def own(self, data: bytes) -> bytes:
        """See `Framing`."""
        before = b"\n,\r\n" if self._has_begun else b"["
        self._has_begun = True
        return before + data

    def end(self) -> bytes:
        """See `Framing`."""
        return b"\n]\n" if self._has_begun else b"[]\n"


def framing_of(query: Mapping[str, str]) -> Framing:
    """Give the framing that a client asks for by `alt`; a list is the API's own choice.

    Google's older libraries ask for `json;enum-encoding=int`, and read names of enums as well.

    Raises:
        BadRequest: it asks for one that is neither.
    """
    wanted, _, _ = (query.get("alt") or query.get("$alt") or "json").partition(";")
    if wanted == "sse":
        return Events()
    if wanted != "json":
        raise BadRequest("'alt' must be 'sse' or 'json'.", code="unsupported_value", param="alt")
    return GrowingList()
