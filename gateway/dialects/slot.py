"""A slot: one piece of content in a message, wherever a vendor's format keeps it.

None of these shows text or paths in its `repr`: both are the caller's, and a `repr` ends up in logs.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, NamedTuple, Protocol

Path = tuple[str | int, ...]
"""Where a value is in a JSON document: object keys and array indices from the root."""


class Kind(StrEnum):
    """What a slot's text is, which decides how a replaced value must be written back."""

    TEXT = "text"  # prose: what people and models say
    ARGUMENTS = "arguments"  # a string leaf inside a JSON document that is itself a string (tool-call arguments)
    KEY = "key"  # an object's key or a long number: can be screened, can't be rewritten
    SEALED = "sealed"  # prose under its writer's signature: screened, never rewritten on the way in or out
    LABEL = "label"  # a name or id that the protocol needs as it is: screened, never rewritten, never in the way


_REWRITABLE: Final = (Kind.TEXT, Kind.ARGUMENTS)


class File(Protocol):
    """The file in which a slot's text stands, for those who write it anew."""

    def rewritten(self, changed: Mapping[Path | None, str]) -> Any:
        """Give the value that holds the file with new texts at paths inside of it; None stands for all of its text."""

    def keeps_form(self, text: str) -> bool:
        """Tell whether the file is still what it was with this for all of its text."""


class Slot(NamedTuple):
    """One text to screen.

    `path` leads to the string in the outer document; for ARGUMENTS, `inner` leads on from there inside the embedded
    document (None: the embedded text is no JSON and is taken whole). `place` is a name from the closed list in
    `places.py`: it is all that policy, records and logs get to see, since a path may hold keys that the caller chose.
    `lead` is what stood before the text and tells what it is: the name of a member of an embedded document, up to the
    quote that opens the text. `file` is where the text stands when the string at `path` holds a file: `inner` is then a
    path in that, such as a row and a column. A tuple, since a chat's whole history becomes slots with every turn.
    """

    id: str
    path: Path
    kind: Kind
    place: str
    text: str
    inner: Path | None = None
    lead: str = ""
    file: File | None = None

    def __repr__(self) -> str:
        """Show what it is and not what it says."""
        return f"Slot(id={self.id!r}, kind={self.kind!r}, place={self.place!r})"

    @property
    def screened(self) -> str:
        """The text as detectors must see it: between `lead` and a closing quote where there is a `lead`.

        What is found at an offset here is in `text` at that offset less the length of `lead`.
        """
        return f'{self.lead}{self.text}"' if self.lead else self.text

    @property
    def is_rewritable(self) -> bool:
        """Whether a token may stand in this place."""
        return self.kind in _REWRITABLE


@dataclass(frozen=True, slots=True)
class Document:
    """A document whose text must be read by a program of its own.

    What it says can be replaced only as a whole: `as_text` makes of all of its text the value that then stands at
    `path` in the message.
    """

    data: bytes = field(repr=False)
    path: Path = field(repr=False)
    as_text: Callable[[str], Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture whose text must be read by a program of its own.

    Some of it can be blackened: `holding` makes of a picture's bytes the string that then stands at `path`.
    """

    data: bytes = field(repr=False)
    path: Path = field(repr=False)
    holding: Callable[[bytes], str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Unwalked:
    """A part that no walker can read (an image, audio, an unknown content part): coverage must say so.

    `reason` is one of `modality.image`, `modality.image.read` (its text was read, though), `modality.audio`,
    `modality.video`, `modality.file`, `modality.blob`, `modality.tokens` (text as the numbers of a model's vocabulary),
    `encrypted` (what the provider wrote for itself), `provider.state` (what it keeps, such as a prompt that is called
    by its id), `unknown_part`,
    `unknown_endpoint`. `document` is what can be read after all, outside of the walk.
    """

    id: str
    place: str
    reason: str
    document: Document | Picture | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """All that a walker found in one document."""

    slots: tuple[Slot, ...]
    unwalked: tuple[Unwalked, ...] = ()
