"""Texts that leave in one piece once all of it is there: the arguments of tool calls, which clients execute."""

from collections.abc import Collection
from itertools import count
from typing import Final, Self

from gateway.dialects.event import Delta, StreamEvent, is_in
from gateway.dialects.message import UNNAMED, ToolCall
from gateway.dialects.places import ROLE
from gateway.dialects.reading import name_or_none
from gateway.dialects.slot import Content, Kind
from gateway.dialects.walk import Walk
from gateway.stream.ports import Restorer

LONGEST_NAME: Final = 256
"""Most characters of a tool's name that are kept: one that is longer is none."""


class WholeText:
    """Collects the pieces of one such text, and of the name of the tool that it is for.

    `waiting` is how many of its passages are not cleared. `has_begun` says that a piece of it has come, `is_complete`
    that it was handed out for screening, `is_alone` that it is screened with the one event that it stands in. `kept` is
    how many bytes of events it stands for that don't wait in the queue.
    """

    __slots__ = (
        "_is_out", "_kind", "_name", "_parts", "has_begun", "is_alone", "is_complete", "kept", "length", "slot",
        "waiting",
    )  # fmt: skip

    def __init__(self, slot: str) -> None:
        self.slot = slot
        self._kind = Kind.ARGUMENTS
        self._name = ""
        self._parts: list[str] = []
        self.length = 0
        self.waiting = 0
        self.kept = 0
        self.has_begun = False
        self.is_complete = False
        self.is_alone = False
        self._is_out = False

    @classmethod
    def of(cls, slot: str, call: ToolCall) -> Self:
        """Make the text of a call that stands in one event alone: it is complete, and screened with that event."""
        whole = cls(slot)
        whole.is_alone = whole.is_complete = True
        whole._parts.append(call.arguments)
        whole.length = len(call.arguments)
        whole.call(call.name)
        return whole

    def append(self, delta: Delta) -> None:
        """Add what has arrived."""
        self._kind = delta.kind
        self.has_begun = True
        if delta.text:
            self._parts.append(delta.text)
            self.length += len(delta.text)

    def call(self, piece: str) -> None:
        """Add what has arrived of the tool's name."""
        if len(self._name) <= LONGEST_NAME:
            self._name += piece

    @property
    def tool_call(self) -> ToolCall:
        """The call that it is part of, with the model's own text; only until it is released."""
        return ToolCall(name_or_none(self._name) or UNNAMED, self._text())

    def content(self) -> Content:
        """Give what must be screened: the strings inside the document, or the whole text where it is none."""
        walk = Walk(f"{self.slot}#")
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


class WholeTexts:
    """All such texts of a stream: `texts` by slot; `kept` is how many bytes of events they stand for together."""

    __slots__ = ("_serial", "kept", "texts")

    def __init__(self) -> None:
        self.texts: dict[str, WholeText] = {}
        self.kept = 0
        self._serial = count()

    def add(self, event: StreamEvent) -> list[WholeText]:
        """Take in what an event adds to them, and give those that it speaks of."""
        spoken: dict[str, WholeText] = {}
        for delta in event.deltas:
            if delta.whole:
                spoken[delta.slot] = self._of(delta.slot)
                spoken[delta.slot].append(delta)
        for slot, piece in event.tools:
            spoken[slot] = self._of(slot)
            spoken[slot].call(piece)
        return [*spoken.values(), *(WholeText.of(f"call{next(self._serial)}", call) for call in event.calls)]

    def knows(self, event: StreamEvent) -> bool:
        """Tell whether an event is only more of texts whose first piece came before, so that it may be left out."""
        if not event.bare:
            return False
        texts = (self.texts.get(delta.slot) for delta in event.deltas)
        return all(text is not None and text.has_begun for text in texts)

    def complete(self, groups: Collection[str] | None) -> list[WholeText]:
        """Note that the texts of these groups (None: all of them) are complete, and give those that now are."""
        done = [
            text
            for slot, text in self.texts.items()
            if not text.is_complete and (groups is None or is_in(slot, groups))
        ]
        for text in done:
            text.is_complete = True
        return done

    def keep(self, text: WholeText, weight: int) -> None:
        """Count an event that was left out, since its text goes with the first piece."""
        text.kept += weight
        self.kept += weight

    def let_go(self, text: WholeText) -> None:
        """Note that a text has left."""
        self.kept, text.kept = self.kept - text.kept, 0

    def clear(self) -> None:
        """Drop them all."""
        self.texts.clear()

    def _of(self, slot: str) -> WholeText:
        text = self.texts.get(slot)
        if text is None:
            text = self.texts[slot] = WholeText(slot)
        return text
