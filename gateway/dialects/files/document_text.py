"""The text of a document that was read: it takes the place of the document where something in it is replaced."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from gateway.dialects.slot import Document, Kind, Path, Slot, Unwalked

NOTICE: Final = "[A document was replaced by its text, with pseudonyms for personal data. Pictures in it are left out.]"
"""Tells the model, and through it the reader, why it sees no document."""


@dataclass(frozen=True, slots=True)
class DocumentText:
    """What a document says, page by page."""

    document: Document
    texts: tuple[str, ...] = field(repr=False)

    def rewritten(self, changed: Mapping[Path | None, str]) -> Any:
        """Give the value that takes the document's place, with new texts for some of its pages."""
        pages = (changed.get((number,), text) for number, text in enumerate(self.texts))
        return self.document.as_text("\n\n".join((NOTICE, *filter(None, pages))))

    def keeps_form(self, _text: str) -> bool:
        """Tell that a text without a format has none to lose."""
        return True


def slots_of(part: Unwalked, document: Document, texts: Iterable[str]) -> list[Slot]:
    """Give a slot for each page that says something."""
    file = DocumentText(document, tuple(texts))
    return [
        Slot(f"{part.id}p{number}", document.path, Kind.ARGUMENTS, part.place, text, (number,), file=file)
        for number, text in enumerate(file.texts)
        if text
    ]
