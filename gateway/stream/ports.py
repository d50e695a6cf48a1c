"""What the guard needs of the pseudonyms: tiny interfaces, so that it does not know them."""

from typing import Protocol, Self


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

    def escaped(self, text: str) -> str:
        """Restore a text that is the source of a JSON document."""

    def embedded(self, text: str) -> str:
        """Restore the strings of a JSON document that is itself a string."""

    def uncounted(self) -> Self:
        """Give one that restores the same, for what is told a second time, and does not count it again."""

    def stream(self, *, escaped: bool = False) -> GrowingText:
        """Start on one growing text; `escaped`: it is the source of a JSON document."""
