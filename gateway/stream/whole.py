"""A text that leaves in one piece once all of it is there: the arguments of a tool call, which clients execute."""

from gateway.dialects.event import Delta
from gateway.dialects.places import ROLE
from gateway.dialects.slot import Content, Kind
from gateway.dialects.walk import Walk
from gateway.stream.ports import Restorer


class WholeText:
    """Collects the pieces of one such text.

    `waiting` is how many of its passages are not cleared. `is_complete` says that it was handed out for screening.
    `kept` is how many bytes of events it stands for that don't wait in the queue.
    """

    __slots__ = ("_is_out", "_kind", "_parts", "_slot", "is_complete", "kept", "length", "waiting")

    def __init__(self, first: Delta) -> None:
        self._slot = first.slot
        self._kind = first.kind
        self._parts: list[str] = []
        self.length = 0
        self.waiting = 0
        self.kept = 0
        self.is_complete = False
        self._is_out = False

    def append(self, text: str) -> None:
        """Add what has arrived."""
        if text:
            self._parts.append(text)
            self.length += len(text)

    def content(self) -> Content:
        """Give what must be screened: the strings inside the document, or the whole text where it is none."""
        walk = Walk(f"{self._slot}#")
        if self._kind is Kind.ARGUMENTS:
            walk.arguments(self._text(), (), ROLE["assistant"])
        else:
            walk.text(self._text(), (), ROLE["assistant"].arguments)
        return walk.content()

    def release(self, restorer: Restorer) -> str:
        """Give the text with the personal values put back, and forget it: "" from the second time on.

        It is valid JSON where it was such.
        """
        if self._is_out:
            return ""
        text = self._text()
        self._is_out = True
        self._parts = []
        return restorer.embedded(text) if self._kind is Kind.ARGUMENTS else restorer.text(text)

    def _text(self) -> str:
        return "".join(self._parts)
