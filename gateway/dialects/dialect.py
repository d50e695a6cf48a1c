"""What a dialect is: one wire format, behind the names that every dialect shares."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from gateway.dialects.api import Api
from gateway.dialects.event import StreamEvent
from gateway.dialects.message import Inbound, Outbound, Parts, Reply, Request
from gateway.dialects.slot import Path
from gateway.errors import AirlockError


class DialectStream(Protocol):
    """One streamed reply in some wire format: read its events, write what the client gets."""

    @property
    def model(self) -> str | None:
        """The provider's name for the model, None until it was told."""

    @property
    def id(self) -> str:
        """Names the state that the provider keeps of this reply; "" for none, and until it was told."""

    @property
    def parts(self) -> Parts:
        """What that state holds of this reply, as far as it is complete."""

    @property
    def complete(self) -> bool:
        """Whether the provider has said all."""

    @property
    def content_type(self) -> str:
        """The media type of what the client gets."""

    @property
    def heartbeat(self) -> bytes:
        """An event that says nothing, for a client that waits; b"" where the format has none."""

    def feed(self, chunk: bytes) -> Iterator[StreamEvent]:
        """Read the events that these bytes complete; raise UpstreamInvalid for one that can't be understood."""

    def finish(self) -> Iterator[StreamEvent]:
        """Read what is left at the end; half an event makes the stream incomplete."""

    def render(self, event: StreamEvent, changed: Mapping[Path, str]) -> bytes:
        """Give an event's bytes with new strings at these paths, and with nothing that nobody screens.

        Called when the event may leave, and not before.
        """

    def text_event(self, slot: str, text: str) -> bytes:
        """Make an event that adds text to a slot."""

    def is_answer(self, slot: str) -> bool:
        """Tell whether a growing text is the answer itself, not reasoning or a refusal beside it."""

    def stopped(self, choices: Iterable[int], error: AirlockError) -> bytes:
        """Give the last bytes after a policy stop."""

    def failed(self, error: AirlockError) -> bytes:
        """Give the last bytes after a fault. Called when all that may leave before them has been rendered."""


class Dialect(Protocol):
    """One vendor's wire format at one kind of endpoint. Has no state: one instance serves all calls."""

    @property
    def name(self) -> str:
        """What records and policies call this dialect."""

    @property
    def api(self) -> Api:
        """The API that it belongs to; only upstreams that speak it can be asked."""

    def read_request(self, inbound: Inbound) -> Request:
        """Read a request. Raises `BadRequest`."""

    def rewrite_request(
        self, request: Request, replacements: Mapping[str, str], *, model: str | None = None
    ) -> Outbound:
        """Give the call to forward: new texts by slot id, perhaps another model, every other byte as it came.

        A stream is asked to tell its usage, whether the client did so or not.

        Raises:
            KeyError: a replacement names no slot of this request, or one that can't be rewritten.
        """

    def read_reply(self, raw: bytes) -> Reply:
        """Read a whole reply. Raises `UpstreamInvalid`."""

    def read_error(self, raw: bytes) -> Reply:
        """Read a provider's error as if it were a reply. Raises `UpstreamInvalid`."""

    def rewrite_reply(self, reply: Reply, replacements: Mapping[str, str]) -> bytes:
        """Give the body to answer with: new texts by slot id, every other byte as it came.

        Raises:
            KeyError: a replacement names no slot of this reply, or one that can't be rewritten.
        """

    def stream(self, request: Request) -> DialectStream:
        """Start reading the streamed reply to this request."""
