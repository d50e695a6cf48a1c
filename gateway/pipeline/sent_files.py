"""Files of a request in which something is replaced: whether they may be, and how many there are."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from gateway.dialects.files.document_text import DocumentText
from gateway.dialects.files.picture_text import PictureText
from gateway.dialects.message import Request
from gateway.dialects.slot import File
from gateway.errors import PolicyBlocked
from gateway.pipeline.obligations import keeps_documents
from gateway.policy.decision import Decision

DOCUMENTS: Final = "documents"
"""Replaced by their text."""

PICTURES: Final = "pictures"
"""Blackened where something in them was to be replaced."""

TEXTS: Final = "texts"
"""Text files, with new values in them."""


def counted(request: Request, replacements: Mapping[str, str]) -> dict[str, int]:
    """Count the files in which these new texts of slots change something, by what becomes of them."""
    return dict(Counter(_kind(file) for file in _changed(request, replacements)))


def unsendable(
    request: Request, replacements: Mapping[str, str], decisions: Iterable[Decision]
) -> PolicyBlocked | None:
    """Give the refusal of a call with a file that these new texts must not, or can't, be written into."""
    return _misshapen(request, replacements) or _to_be_kept(request, replacements, decisions)


def _misshapen(request: Request, replacements: Mapping[str, str]) -> PolicyBlocked | None:
    """Refuse a file that would no longer be what it is with pseudonyms in it.

    Values are replaced one by one in JSON and tables; in one that is too large for that, a pseudonym could stand where
    a number or two columns were.
    """
    slots = request.content.slots if replacements else ()
    whole = ((slot.file, replacements.get(slot.id)) for slot in slots if slot.file and slot.inner is None)
    if all(new is None or file.keeps_form(new) for file, new in whole):
        return None
    message = "Personal data was found in a file that would not keep its format with pseudonyms in it."
    return PolicyBlocked(message, code="pseudonyms.unmaskable")


def _to_be_kept(
    request: Request, replacements: Mapping[str, str], decisions: Iterable[Decision]
) -> PolicyBlocked | None:
    if not keeps_documents(decisions) or DOCUMENTS not in counted(request, replacements):
        return None
    message = "Personal data was found in a document, and the use case lets none be replaced by its text."
    return PolicyBlocked(message, code="personal.document")


def _changed(request: Request, replacements: Mapping[str, str]) -> Iterator[File]:
    slots = request.content.slots if replacements else ()
    files = {id(slot.file): slot.file for slot in slots if slot.file is not None and slot.id in replacements}
    return iter(files.values())


def _kind(file: File) -> str:
    if isinstance(file, DocumentText):
        return DOCUMENTS
    return PICTURES if isinstance(file, PictureText) else TEXTS
