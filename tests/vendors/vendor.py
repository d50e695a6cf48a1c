"""What tests need of each vendor's wire: bodies as the vendor documents them, and a simple client's way to read them.

One table-driven suite runs every dialect through these (`tests/integration/test_every_dialect*.py`), so it knows no
wire format itself. To add a dialect:

1. Write `tests/vendors/<dialect with _>.py` with a subclass of `Vendor` in it and `VENDOR = ThatClass()` at its end; a
   file with several endpoints ends with `VENDORS = (..., ...)` instead. `tests/vendors/openai_chat.py` is the model.
2. Take the shapes from the vendor's own documented examples: all members that it shows, with its numbers and its
   order, so that a walker meets what it will meet in life. Put the test's words where the example has its own.
3. Say what the dialect has: `streams`, `tools`, `speaks`, `prompted`, `forwarded`. Methods for what it has not stay
   unwritten.
4. Remove its name from `MISSING` in `tests/vendors/catalog.py`, if it stands there.

The readers are a client's: they look at nothing but what an SDK would hand to its caller. They must not import
anything of the gateway's dialects, since then both could be wrong in the same way.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple, NoReturn


class Ended(StrEnum):
    """How a stream ended, as its client sees it."""

    COMPLETE = "complete"  # the model said all that it wanted to say
    STOPPED = "stopped"  # a policy stop, told in the vendor's way
    FAILED = "failed"  # an error event, which the SDK raises on
    CUT = "cut"  # without a word: never what a client of the gateway may see


class Call(NamedTuple):
    """A tool call that a client got, its arguments parsed."""

    name: str
    arguments: Mapping[str, Any]


class Refusal(NamedTuple):
    """An error in the vendor's envelope. `code` is "" where the envelope has no place for ours."""

    code: str
    message: str


class Lacks(Exception):
    """A dialect was asked for what it has not: a method that its vendor left unwritten."""


class Vendor(ABC):
    """One dialect as a vendor documents it.

    `name` is the dialect's in records. `api` is what the configuration of an upstream of it says, `base` what its base
    URL ends with and `upstream_path` what is asked below that; the operator's key goes into the header `credential`.
    """

    name: ClassVar[str]
    api: ClassVar[str]
    method: ClassVar[str] = "POST"
    path: ClassVar[str]
    """Where the gateway takes it."""
    stream_path: ClassVar[str] = ""
    """The same for streams, if that differs; with its query."""
    base: ClassVar[str] = ""
    upstream_path: ClassVar[str]
    upstream_stream_path: ClassVar[str] = ""
    credential: ClassVar[str]

    streams: ClassVar[bool] = True
    """Whether it can stream its reply."""
    tools: ClassVar[bool] = False
    """Whether tools can be offered and called."""
    speaks: ClassVar[bool] = True
    """Whether its replies hold text. Vectors and counts don't."""
    prompted: ClassVar[bool] = True
    """Whether its requests hold text."""
    forwarded: ClassVar[bool] = True
    """Whether an upstream is asked; moderations are answered by the gateway itself."""
    usage: ClassVar[tuple[int, int] | None] = None
    """The tokens, in and out, that its replies tell, streamed ones too; None if they tell none."""
    unscanned: ClassVar[frozenset[str]] = frozenset()
    """Reasons of parts in every reply that no detector can read, such as pixels; its use case must allow them."""
    stream_type: ClassVar[str] = "text/event-stream"
    beat: ClassVar[bytes] = b":\n\n"
    """How its streams say nothing, for clients that wait; b"" if they have no way."""

    def gateway_path(self, stream: bool) -> str:
        """Give the path that a client calls."""
        return self.stream_path if stream and self.stream_path else self.path

    def asked_path(self, stream: bool) -> str:
        """Give the path that the upstream must see, its base included."""
        path = self.upstream_stream_path if stream and self.upstream_stream_path else self.upstream_path
        return self.base + path

    def headers(self, key: str) -> dict[str, str]:
        """Give the headers that the vendor's SDK sends, with this key."""
        return {"authorization": f"Bearer {key}", "content-type": "application/json"}

    @abstractmethod
    def request(self, text: str, *, stream: bool = False, tools: Sequence[str] = ()) -> bytes:
        """Write a request in which a user says this; `tools` are names of tools on offer."""

    @abstractmethod
    def reply(self, text: str) -> bytes:
        """Write a whole reply that says this; without words (`speaks`), the text has no place in it."""

    @abstractmethod
    def error(self, status: int) -> bytes:
        """Write the body that the vendor sends with this status: 429, 500, 503 at least."""

    def tool_reply(self, name: str, arguments: Mapping[str, Any]) -> bytes:
        """Write a whole reply that calls a tool."""
        self._lacks("tools")

    def stream(self, pieces: Sequence[str]) -> list[bytes]:
        """Write the events of a stream that says these pieces, from its first event to its last."""
        self._lacks("streams")

    def tool_stream(self, name: str, arguments: Mapping[str, Any]) -> list[bytes]:
        """Write the events of a stream that calls a tool, its arguments in pieces if the vendor sends them so."""
        self._lacks("streams with tools")

    def stream_error(self) -> bytes:
        """Write the event by which the vendor tells an error of its own in the middle of a stream."""
        self._lacks("streams")

    @abstractmethod
    def seen(self, body: bytes) -> str:
        """Read what a user said out of a request that reached the upstream."""

    @abstractmethod
    def refusal(self, body: bytes) -> Refusal:
        """Read an error out of a body in the vendor's envelope; raise if it is none."""

    def said(self, body: bytes) -> str:
        """Read what the model said out of a whole reply; of one without words, whatever proves that it arrived."""
        self._lacks("words")

    def calls(self, body: bytes) -> list[Call]:
        """Read the tool calls out of a whole reply."""
        self._lacks("tools")

    def said_in_stream(self, raw: bytes) -> str:
        """Read what the model said out of a stream, even one that ended badly."""
        self._lacks("streams")

    def calls_in_stream(self, raw: bytes) -> list[Call]:
        """Read the complete tool calls out of a stream."""
        self._lacks("streams with tools")

    def ended(self, raw: bytes) -> Ended:
        """Tell how a stream ended."""
        self._lacks("streams")

    def _lacks(self, what: str) -> NoReturn:
        raise Lacks(f"{self.name} has no {what}, so nothing may ask for any")

    def __repr__(self) -> str:
        return self.name
