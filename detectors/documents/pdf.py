"""Read a PDF: the text layer of its pages, notes, form fields, links, its outline and its properties.

Runs in a process of its own (`worker.py`): files come from strangers, and the parser is a large C++ program.
"""

import ctypes
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from detectors.documents.reading import FILE, IMAGE, MAX_CHARS, MAX_PAGES, DocumentText, Drawn, Pages

_DEPTH: Final = 15
"""How deep forms inside of forms are looked into."""

_NOTED: Final = (b"Contents", b"T", b"TU", b"V", b"RC")
"""What an annotation says: its text, its author or field, a field's tooltip and value, its text with markup."""

_PICTURES: Final = frozenset({pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING})
_FORMS: Final = frozenset({pdfium.FORMTYPE_NONE, pdfium.FORMTYPE_ACRO_FORM})
_UNREADABLE: Final = frozenset("\ufffd\0")
_MOST_UNREADABLE: Final = 20
"""One sign in so many without a letter for it: then the text layer is not what the page shows."""

_CUT: Final = 32_767
"""PDFium reads so much of one string and says nothing of the rest; other readers may go on."""


class _TooLong(Exception):
    """There is more text than is read of one document."""


def read_pdf(data: bytes, most_drawn: int = 0) -> Pages:
    """Read a document; one that is locked, broken or too large has no texts and says so.

    So many pages of which text is not all are drawn; any further one is `modality.image`.
    """
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            return _read(pdf, most_drawn)
    except (pypdfium2.PdfiumError, _TooLong):
        return Pages(DocumentText((), (FILE,)))


def _read(pdf: pypdfium2.PdfDocument, most_drawn: int) -> Pages:
    if len(pdf) > MAX_PAGES:
        raise _TooLong
    unread = {FILE} if pdf.count_attachments() or pdf.get_formtype() not in _FORMS else set[str]()
    if pdf.get_formtype() != pdfium.FORMTYPE_NONE:
        pdf.init_forms()
    texts: list[str] = []
    shown: list[Drawn] = []
    room = MAX_CHARS
    for number in range(len(pdf)):
        page = pdf[number]
        layer = _layer(page, unread)
        texts.append("\n".join(filter(None, (layer, *_annotations(pdf, page, unread)))))
        things = list(page.get_objects(max_depth=_DEPTH))
        if _shows_more(things, layer) and len(shown) < most_drawn:
            shown.append(_drawn(page, number, things))
        elif _shows_more(things, layer):
            unread.add(IMAGE)
        room -= len(texts[-1])
        if room < 0:
            raise _TooLong
        page.close()
    texts.append("\n".join(filter(None, (*_properties(pdf), *_outline(pdf)))))
    return Pages(DocumentText(tuple(texts), tuple(sorted(unread))), tuple(shown))


def _drawn(page: pypdfium2.PdfPage, number: int, things: list[Any]) -> Drawn:
    from detectors.documents.drawing import drawn  # needs an extra

    return drawn(page, number, things)


def _layer(page: pypdfium2.PdfPage, unread: set[str]) -> str:
    layer = page.get_textpage()
    text: str = layer.get_text_range().replace("\r\n", "\n").strip()
    if any(len(line) >= _CUT for line in text.splitlines()):
        unread.add(FILE)
    layer.close()
    return text


def _shows_more(things: list[Any], text: str) -> bool:
    """Tell whether a page shows more than the text in its layer."""
    kinds = {one.type for one in things}
    strange = sum(sign in _UNREADABLE or "\ue000" <= sign <= "\uf8ff" for sign in text)
    return bool(kinds & _PICTURES or (kinds and not text) or strange * _MOST_UNREADABLE > len(text))


def _annotations(pdf: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, unread: set[str]) -> Iterator[str]:
    for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
        note = pdfium.FPDFPage_GetAnnot(page, number)
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        if kind in {pdfium.FPDF_ANNOT_FILEATTACHMENT, pdfium.FPDF_ANNOT_STAMP}:
            unread.add(FILE)
        yield from (_wide(partial(pdfium.FPDFAnnot_GetStringValue, note, key)) for key in _NOTED)
        if kind == pdfium.FPDF_ANNOT_WIDGET and pdf.formenv:
            yield _wide(partial(pdfium.FPDFAnnot_GetFormFieldValue, pdf.formenv, note))
        if kind == pdfium.FPDF_ANNOT_LINK:
            yield _address(pdf, note)
        pdfium.FPDFPage_CloseAnnot(note)


def _address(pdf: pypdfium2.PdfDocument, note: Any) -> str:
    link = pdfium.FPDFAnnot_GetLink(note)
    action = pdfium.FPDFLink_GetAction(link) if link else None
    if not action:
        return ""
    size = pdfium.FPDFAction_GetURIPath(pdf, action, None, 0)
    room = ctypes.create_string_buffer(size)
    pdfium.FPDFAction_GetURIPath(pdf, action, room, size)
    return room.value.decode("utf-8", "replace")


def _properties(pdf: pypdfium2.PdfDocument) -> Iterator[str]:
    for name in ("Title", "Author", "Subject", "Keywords"):
        yield pdf.get_metadata_value(name)


def _outline(pdf: pypdfium2.PdfDocument) -> Iterator[str]:
    for mark in pdf.get_toc(max_depth=_DEPTH):
        yield mark.get_title()


def _wide(read: Callable[[Any, int], int]) -> str:
    """Call a function of PDFium's that gives UTF-16 with a zero at its end, once for its size in bytes."""
    size = read(None, 0)
    if size <= 2:
        return ""
    room = ctypes.create_string_buffer(size)
    read(ctypes.cast(room, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return room.raw[: size - 2].decode("utf-16-le", "replace")
