"""Responses: the texts of a streamed reply, which grow piece by piece and are then told again, whole, several times.

A growing text is named by its path in the output, written with dots: `0.content.1.text`. So what stands at that path in
a later event is the same text, if it is the same: it needs no second look, and it is restored as its pieces were.
"""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from gateway.dialects.envelope import is_short
from gateway.dialects.event import Delta, Repeat
from gateway.dialects.places import ROLE, Places
from gateway.dialects.slot import Kind, Path
from gateway.dialects.walk import Walk
from gateway.errors import UpstreamInvalid

MAX_TEXTS: Final = 1_024
"""Most growing texts of a stream: each costs the guard a window."""

MAX_INDEX: Final = 100_000
_ASSISTANT: Final = ROLE["assistant"]
_HEAD: Final = ("item_id", "output_index", "content_index", "summary_index", "command_index")


class Growing(NamedTuple):
    """A text that comes in events `<name>.delta`.

    `steps` lead to it in the output: those that end in `_index` stand for that member of the event. `done` is the
    member of the event `<name>.done` that holds all of it. `whole`: it means something only when it is complete.
    """

    steps: tuple[str, ...]
    done: str
    kind: Kind = Kind.TEXT
    is_argument: bool = False
    whole: bool = False


class Text:
    """One text that has begun. `head` is what an event needs that adds to it; `is_answer`: the model's answer."""

    __slots__ = ("_parts", "head", "is_answer", "kind")

    def __init__(self, kind: Kind, document: Mapping[str, Any], *, is_answer: bool) -> None:
        self.kind = kind
        self.is_answer = is_answer
        self.head = {"type": document["type"]} | {
            name: value for name in _HEAD if is_short(value := document.get(name)) and value is not None
        }
        self._parts: list[str] = []

    def append(self, piece: str) -> None:
        """Add a piece."""
        self._parts.append(piece)

    def is_all(self, text: str) -> bool:
        """Tell whether this is the text as it has grown so far."""
        if len(self._parts) > 1:
            self._parts = ["".join(self._parts)]
        return self._parts == [text]


class Texts:
    """All growing texts of a stream, by slot."""

    def __init__(self) -> None:
        self._texts: dict[str, Text] = {}

    def __contains__(self, slot: str) -> bool:
        return slot in self._texts

    def __getitem__(self, slot: str) -> Text:
        return self._texts[slot]

    def add(self, slot: str, growing: Growing, document: Mapping[str, Any], piece: str, path: Path) -> Delta | None:
        """Add a piece, which stands at this path of its event, to a text; an empty one adds nothing.

        Raises:
            UpstreamInvalid: there are too many texts.
        """
        if not piece:
            return None
        text = self._texts.get(slot)
        if text is None:
            if len(self._texts) >= MAX_TEXTS:
                raise UpstreamInvalid(f"The provider's stream has more than {MAX_TEXTS} texts.")
            is_answer = document["type"] == "response.output_text.delta"
            text = self._texts[slot] = Text(growing.kind, document, is_answer=is_answer)
        text.append(piece)
        place = _ASSISTANT.arguments if growing.is_argument else _ASSISTANT.text
        return Delta(slot, 0, growing.kind, place, piece, path, growing.whole)

    def repeat(self, slot: str, path: Path, text: str) -> Repeat | None:
        """Give the repetition that a text at this path is; None if it is none, or is empty."""
        known = self._texts.get(slot) if text else None
        return Repeat(path, slot, known.kind, text) if known is not None and known.is_all(text) else None


class EventWalk(Walk):
    """Walks one event. `repeats` gathers what was told before, piece by piece; the rest are slots as ever.

    `within` is the path of what the event tells, `slot` the name of the text, or of the part of the output, that
    stands there.
    """

    __slots__ = ("_slot", "_texts", "_within", "repeats")

    def __init__(self, texts: Texts, within: Path, slot: str) -> None:
        super().__init__("x")
        self._texts = texts
        self._within = within
        self._slot = slot
        self.repeats: list[Repeat] = []

    def prose(self, text: str, path: Path, places: Places, lead: str = "") -> None:
        """Note what somebody says, unless it was told before."""
        if not self._was_told(text, path):
            super().prose(text, path, places, lead)

    def text(self, text: str, path: Path, place: str, lead: str = "") -> None:
        """Note one text, unless it was told before."""
        if not self._was_told(text, path):
            super().text(text, path, place, lead)

    def arguments(self, value: Any, path: Path, places: Places) -> None:
        """Note the arguments of a call, unless they were told before."""
        if not (isinstance(value, str) and self._was_told(value, path)):
            super().arguments(value, path, places)

    def _was_told(self, text: str, path: Path) -> bool:
        depth = len(self._within)
        if path[:depth] != self._within:
            return False
        slot = ".".join(map(str, (*((self._slot,) if self._slot else ()), *path[depth:])))
        repeat = self._texts.repeat(slot, path, text)
        if repeat is None:
            return False
        self.repeats.append(repeat)
        return True


def slot_of(steps: tuple[str, ...], document: Mapping[str, Any]) -> str:
    """Name a text, or a part of the output, by its path.

    Raises:
        UpstreamInvalid: the event has no proper index for it.
    """
    return ".".join(str(_index(document, step)) if step.endswith("_index") else step for step in steps)


def _index(document: Mapping[str, Any], name: str) -> int:
    index = document.get(name, 0)
    if type(index) is not int or not 0 <= index < MAX_INDEX:
        raise UpstreamInvalid("An event of the provider's stream has no proper index.")
    return index
