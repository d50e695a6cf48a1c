"""What the guard needs of a dialect and of the pseudonyms: tiny interfaces, so that it knows neither."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from gateway.dialects.event import StreamEvent
from gateway.dialects.slot import Path
from gateway.errors import AirlockError


class DialectStream(Protocol):
    """One streamed reply in some wire format: read its events, write what the client gets."""

    @property
    def model(self) -> str | None:
        """The provider's name for the model, None until it was told."""

    @property
    def complete(self) -> bool:
        """Whether the provider has said all."""

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
        """Give the last bytes after a fault."""


class GrowingText(Protocol):
    """Restores one text that comes in pieces."""

    def feed(self, text: str) -> str:
        """Take a piece and give what is settled."""

    def finish(self) -> str:
        """Give what was held back."""


class Restorer(Protocol):
    """Puts personal values back in place of the tokens of one call."""

    def text(self, text: str) -> str:
        """Restore a whole text."""

    def embedded(self, text: str) -> str:
        """Restore the strings of a JSON document that is itself a string."""

    def stream(self, *, escaped: bool = False) -> GrowingText:
        """Start on one growing text; `escaped`: it is the source of a JSON document."""
