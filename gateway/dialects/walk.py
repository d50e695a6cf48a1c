"""Collect the slots of one message while a dialect leads the way through its format."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from gateway.dialects import embedded
from gateway.dialects.leaves import Leaf, TooManyLeaves, is_blob, is_identifier, is_long_name, leaves
from gateway.dialects.places import Places
from gateway.dialects.slot import Content, Document, File, Kind, Path, Picture, Slot, Unwalked
from gateway.errors import AirlockError, UpstreamInvalid

_TEXT: Final = Kind.TEXT  # a look-up in an enumeration takes as long as the rest of noting a text

UNKNOWN_PART: Final = "unknown_part"
"""Why a part is not known to have been read: nobody knows its type."""

UNKNOWN_ENDPOINT: Final = "unknown_endpoint"
"""The reason why a part is unread that stands for all of an endpoint that no dialect knows."""

MAX_PARTS: Final = 20_000
"""Most slots of one document, and most parts of it that can't be read: each costs the detectors microseconds."""

_FOR_TEXTS: Final = MAX_PARTS // 2
"""How many of them the documents inside texts may take. Texts that come later are screened as plain text."""


def too_many_parts() -> AirlockError:
    """Make the fault of a provider's document with more than `MAX_PARTS` parts."""
    return UpstreamInvalid(f"The provider's reply has more than {MAX_PARTS} parts to screen.")


class Walk:
    """Gathers slots in the order of the document. Slot ids are `<prefix><number>`: unique, and without content.

    Keys and labels that stand in one place many times are noted once. `fault` makes the error that every method raises
    when the document has more than `MAX_PARTS` parts. `reads_texts` lets texts that are documents be walked as such,
    `reads_files` those that stand in a file. `embedded` counts the characters of the documents that were found inside
    strings, `tokens` the tokens that came as numbers.
    """

    __slots__ = (
        "_fault", "_file", "_once", "_prefix", "_reads_texts", "embedded", "reads_files", "slots", "tokens", "unwalked",
    )  # fmt: skip

    def __init__(
        self,
        prefix: str,
        fault: Callable[[], AirlockError] = too_many_parts,
        *,
        reads_texts: bool = True,
        reads_files: bool = False,
    ) -> None:
        self._prefix = prefix
        self._fault = fault
        self._reads_texts = reads_texts
        self._file: File | None = None
        self.reads_files = reads_files
        self._once: set[tuple[str, str]] = set()
        self.embedded = 0
        self.tokens = 0
        self.slots: list[Slot] = []
        self.unwalked: list[Unwalked] = []

    def content(self) -> Content:
        """Give what was found so far."""
        return Content(tuple(self.slots), tuple(self.unwalked))

    def text(self, text: str, path: Path, place: str, lead: str = "") -> None:
        """Note one text; an empty one needs no screening. `lead` is what stood before it, see `Slot`."""
        if text:
            self._add(path, _TEXT, place, text, None, lead)

    def prose(self, text: str, path: Path, places: Places, lead: str = "") -> None:
        """Note what somebody says. When that is a JSON document, note its strings, so that each is read and replaced.

        Its long numbers may be replaced as well, by a string: its reader takes it for text.
        """
        if text[:1].isalpha() or not self._reads_texts:  # a document begins with a bracket
            return self.text(text, path, places.text, lead)
        inner = embedded.read_text(text, _FOR_TEXTS - len(self.slots))
        if inner is None:
            return self.text(text, path, places.text, lead)
        return self.inner(text, inner, path, places)

    def inner(self, text: str, leaves: Sequence[Leaf], path: Path, places: Places) -> None:
        """Note the parts of a text that is a document: its strings and numbers, and its keys."""
        self.embedded += len(text)
        for leaf in leaves:
            if leaf.kind is Kind.KEY:
                self.key(leaf.text, path, places, leaf.path)
            else:
                self._inner(leaf, path, places.text)

    @contextmanager
    def inside(self, file: File) -> Iterator[None]:
        """Say that what is noted meanwhile stands in this file."""
        self._file = file
        try:
            yield
        finally:
            self._file = None

    def key(self, text: str, path: Path, places: Places, inner: Path | None = None) -> None:
        """Note a text that can't be rewritten and must hold no personal data."""
        self._note_once(Kind.KEY, text, path, places.key, inner)

    def sealed(self, value: Any, path: Path, places: Places) -> None:
        """Note prose under a signature. Whatever is found in it, it leaves as it is or not at all."""
        if not isinstance(value, str):
            return self.free(value, path, places)
        return self._note_once(Kind.SEALED, value, path, places.sealed)

    def skip(self, place: str, reason: str, document: Document | Picture | None = None) -> None:
        """Note a part that can't be read as text."""
        if len(self.unwalked) >= MAX_PARTS:
            raise self._fault()
        self.unwalked.append(Unwalked(f"{self._prefix}u{len(self.unwalked)}", place, reason, document))

    def label(self, value: Any, path: Path, places: Places) -> None:
        """Walk a name that machines gave: a long one is a label; what doesn't look like one is free text."""
        if not (isinstance(value, str) and is_identifier(value)):
            self.free(value, path, places)
        elif is_long_name(value):
            self._note_once(Kind.LABEL, value, path, places.id)

    def fixed(self, text: str, path: Path, places: Places) -> None:
        """Note a text that must stay as it is, whatever it says: as in a label, only secrets matter in it."""
        self._note_once(Kind.LABEL, text, path, places.id)

    def options(self, value: Any, path: Path, places: Places) -> None:
        """Walk settings: names and numbers are labels, all that looks like anything else is screened as free text."""
        for leaf in self._leaves(value, path):
            if leaf.kind is Kind.KEY:
                self.key(leaf.text, leaf.path, places)
            elif leaf.kind is Kind.LABEL:
                self._note_once(Kind.LABEL, leaf.text, leaf.path, places.id)
            elif not is_identifier(leaf.text):
                self._string(leaf, places)
            elif is_long_name(leaf.text):
                self._note_once(Kind.LABEL, leaf.text, leaf.path, places.id)

    def free(self, value: Any, path: Path, places: Places) -> None:
        """Walk a value of any shape: every string is screened, keys and long numbers too."""
        if value is None or value is True or value is False:
            return
        for leaf in self._leaves(value, path):
            if leaf.kind is Kind.TEXT:
                self._string(leaf, places)
            else:
                self.key(leaf.text, leaf.path, places)

    def data(self, value: Any, path: Path, places: Places, *, loose: bool = False) -> None:
        """Walk a value whose members' names tell what they are, such as the arguments of a tool call as an object.

        `loose`: its long numbers may be replaced by a string, since its reader is a model and not a program.
        """
        for leaf in self._leaves(value, path):
            if leaf.kind is Kind.TEXT:
                self._string(leaf, places, embedded.lead(leaf.path))
            elif leaf.kind is Kind.LABEL and loose:
                self.text(leaf.text, leaf.path, places.text, embedded.lead(leaf.path))
            else:
                self.key(leaf.text, leaf.path, places)

    def arguments(self, value: Any, path: Path, places: Places) -> None:
        """Walk the JSON document inside a string, or take the string whole if it holds none."""
        if not isinstance(value, str):
            return self.free(value, path, places)
        inner = embedded.read(value)
        if inner is None:
            return self._malformed(value, path, places)
        self.embedded += len(value)
        for leaf in inner:
            if leaf.kind is not Kind.TEXT:
                self.key(leaf.text, path, places, leaf.path)
            elif is_blob(leaf.text):
                self.skip(places.arguments, "modality.blob")
            else:
                self._inner(leaf, path, places.arguments)
        return None

    def _inner(self, leaf: Leaf, path: Path, place: str) -> None:
        if leaf.text:
            self._add(path, Kind.ARGUMENTS, place, leaf.text, leaf.path, embedded.lead(leaf.path))

    def _malformed(self, value: str, path: Path, places: Places) -> None:
        if value:
            self._add(path, Kind.ARGUMENTS, places.arguments, value)

    def _string(self, leaf: Leaf, places: Places, lead: str = "") -> None:
        if is_blob(leaf.text):
            self.skip(places.text, "modality.blob")
        else:
            self.prose(leaf.text, leaf.path, places, lead)

    def _leaves(self, value: Any, path: Path) -> list[Leaf]:
        try:
            return leaves(value, path, MAX_PARTS)
        except TooManyLeaves as exc:
            raise self._fault() from exc

    def _note_once(self, kind: Kind, text: str, path: Path, place: str, inner: Path | None = None) -> None:
        if text and (place, text) not in self._once:
            self._once.add((place, text))
            self._add(path, kind, place, text, inner)

    def _add(self, path: Path, kind: Kind, place: str, text: str, inner: Path | None = None, lead: str = "") -> None:
        number = len(self.slots)
        if number >= MAX_PARTS:
            raise self._fault()
        self.slots.append(Slot(f"{self._prefix}{number}", path, kind, place, text, inner, lead, self._file))
