"""What was read of a document."""

from dataclasses import dataclass, field
from typing import Final

FILE: Final = "modality.file"
"""Why a part was not read: it is locked, broken, too large, an attachment, or a form that is a program."""

IMAGE: Final = "modality.image"
"""Why a part was not read: it is a picture, or drawn like one."""

MAX_PAGES: Final = 500
MAX_CHARS: Final = 1_000_000
"""Most of one document that is read; of a larger one nothing is."""


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The texts of a document, page by page, then what stands beside its pages; `unread` says what is not in them."""

    texts: tuple[str, ...] = field(default=(), repr=False)
    unread: tuple[str, ...] = ()
