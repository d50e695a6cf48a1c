"""What was read of a document."""

from dataclasses import dataclass, field
from typing import Final

FILE: Final = "modality.file"
"""Why a part was not read: it is locked, broken, too large, an attachment, or a form that is a program."""

IMAGE: Final = "modality.image"
"""Why a part was not read, or not for sure: it is a picture, or drawn like one."""

MAX_PAGES: Final = 500
MAX_CHARS: Final = 1_000_000
"""Most of one document that is read; of a larger one nothing is."""


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The texts of a document, page by page, then what stands beside its pages; `unread` says what is not in them."""

    texts: tuple[str, ...] = field(default=(), repr=False)
    unread: tuple[str, ...] = ()


MAX_DRAWN: Final = 8
"""Most pages of one document that are drawn, to have the text in their pictures read."""

MAX_SIDE: Final = 2_000
"""Longest side of a drawn page, in pixels: at this size a picture is read as it is."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page of which text is not all: a picture (PNG) of what its reader sees.

    `is_fine` tells that nothing that a person can read on paper is too small in it.
    """

    page: int
    picture: bytes = field(repr=False)
    is_fine: bool


@dataclass(frozen=True, slots=True)
class Pages:
    """What a document says by itself, and the pages that must be looked at to know the rest."""

    text: DocumentText
    drawn: tuple[Drawn, ...] = ()
