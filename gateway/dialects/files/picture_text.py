"""The text in a picture: it is screened like any, and blackened where something in it must be replaced."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from detectors.pictures.reading import Box
from gateway.dialects.slot import Kind, Path, Picture, Slot, Unwalked
from gateway.errors import InternalFault


@dataclass(frozen=True, slots=True)
class PictureText:
    """What a picture says, line by line. It is no file yet that could be written: `Blackened` is."""

    picture: Picture
    lines: tuple[str, ...] = field(repr=False)
    boxes: tuple[Box, ...] = field(repr=False)

    def changed(self, text: str) -> list[Box]:
        """Give the boxes of the lines that are other ones in this new text.

        Where it has fewer or more lines, a value went over the end of one: then all from the first to the last of them.
        """
        new = text.split("\n")
        if len(new) == len(self.lines):
            return [box for box, old, now in zip(self.boxes, self.lines, new, strict=True) if old != now]
        before = _shared(self.lines, new)
        most = min(len(new), len(self.lines)) - before
        after = min(most, _shared(self.lines[::-1], new[::-1]))
        return list(self.boxes[before : len(self.lines) - after])

    def rewritten(self, _changed: Mapping[Path | None, str]) -> Any:
        """Refuse: pixels are not written where texts are.

        Raises:
            InternalFault: always.
        """
        raise InternalFault("A picture with something to replace was not blackened.")

    def keeps_form(self, _text: str) -> bool:
        """Tell that a picture has no form to lose."""
        return True


@dataclass(frozen=True, slots=True)
class Blackened:
    """A picture that was blackened where texts in it were to change."""

    value: str = field(repr=False)

    def rewritten(self, _changed: Mapping[Path | None, str]) -> Any:
        """Give the string that holds it."""
        return self.value

    def keeps_form(self, _text: str) -> bool:
        """Tell that it is a picture as before."""
        return True


def slot_of(part: Unwalked, picture: Picture, lines: Sequence[str], boxes: Sequence[Box]) -> Slot:
    """Give the slot for what a picture says: one text, since what one line begins the next may end."""
    file = PictureText(picture, tuple(lines), tuple(boxes))
    return Slot(f"{part.id}t", picture.path, Kind.ARGUMENTS, part.place, "\n".join(lines), (0,), file=file)


def _shared(old: Sequence[str], new: Sequence[str]) -> int:
    """Count the lines with which both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
