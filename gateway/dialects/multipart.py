"""Strict `multipart/form-data`: read a form in exactly one way, or not at all, and know where each value stands.

https://www.rfc-editor.org/rfc/rfc7578. Servers read forms in many ways: what comes first or last of two fields with one
name, what a quote in a name ends, where a boundary counts. So everything that two of them may read differently is
refused, and what is passed on is what was screened.
"""

import re
from dataclasses import dataclass, field
from typing import Final, NoReturn

from gateway.errors import BadRequest

MAX_FIELDS: Final = 64

_KIND: Final = re.compile(
    r"multipart/form-data; ?boundary=(?:\"([\w'()+,./:=?-]{1,70})\"|([\w'+.-]{1,70}))", re.IGNORECASE | re.ASCII
)
_DISPOSITION: Final = re.compile(
    rb'form-data; ?name="([^"\\\x00-\x1f\x7f]{1,200})"(?:; ?filename="([^"\\\x00-\x1f\x7f]{0,400})")?'
)
_TEXT: Final = re.compile(rb"text/plain(?:; ?charset=\"?utf-8\"?)?", re.IGNORECASE)
_FILE: Final = re.compile(
    rb"(?!multipart/|message/)[\w.+-]{1,60}/[\w.+-]{1,60}(?:; ?charset=\"?utf-8\"?)?", re.IGNORECASE
)
_PLAIN: Final = frozenset({b"binary", b"8bit", b"7bit"})
_MANY: Final = "[]"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form. `text` and `span`, in bytes, are its value's; a file has a `filename` and no text.

    `media_type` is what a file's head calls it, "" if it says nothing.
    """

    name: str
    text: str | None = field(repr=False)
    span: tuple[int, int]
    filename: str | None = field(default=None, repr=False)
    filename_span: tuple[int, int] = (0, 0)
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form's fields in their order, and its boundary."""

    boundary: bytes
    fields: tuple[Field, ...]

    def text(self, name: str) -> str | None:
        """Give the text of a field, None if there is none of this name."""
        return next((one.text for one in self.fields if one.name == name), None)

    def part(self, name: str, text: str) -> bytes:
        """Write one more field, which may stand before all others."""
        return b'--%b\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n' % (
            self.boundary,
            name.encode(),
            text.encode(),
        )


def parse(raw: bytes, content_type: str) -> Form:
    """Read a form.

    Raises:
        BadRequest: it is none, or could be read in more than one way. The message never quotes it.
    """
    kind = _KIND.fullmatch(content_type)
    if kind is None:
        _refuse("the content type names no boundary, or more than that")
    boundary = (kind[1] or kind[2]).encode()
    fields = tuple(_field(raw, start, end) for start, end in _parts(raw, b"--" + boundary))
    single = [one.name for one in fields if not one.name.endswith(_MANY)]
    if len(set(single)) != len(single):
        _refuse("a field occurs twice")
    return Form(boundary, fields)


def _parts(raw: bytes, delimiter: bytes) -> list[tuple[int, int]]:
    """Find the parts between the delimiters, which must stand nowhere else."""
    pieces = raw.split(delimiter)
    if len(pieces) < 3 or pieces[0] or pieces[-1] not in (b"--", b"--\r\n"):
        _refuse("it does not begin and end with its boundary")
    if len(pieces) > MAX_FIELDS + 2:
        _refuse(f"it has more than {MAX_FIELDS} fields")
    spans, position = [], len(delimiter)
    for piece in pieces[1:-1]:
        if not (piece.startswith(b"\r\n") and piece.endswith(b"\r\n") and len(piece) > 4):
            _refuse("its boundary stands inside a line")
        spans.append((position + 2, position + len(piece) - 2))
        position += len(piece) + len(delimiter)
    return spans


def _field(raw: bytes, start: int, end: int) -> Field:
    blank = raw.find(b"\r\n\r\n", start, end)
    if blank < 0:
        _refuse("a field has no head")
    head = _head(raw[start:blank])
    span = (blank + 4, end)
    disposition = _DISPOSITION.fullmatch(head.get(b"content-disposition", b""))
    if disposition is None:
        _refuse("a field's name can't be read")
    at = start + raw[start:blank].index(disposition[0])
    name = _decoded(disposition[1])
    kind = head.get(b"content-type")
    if disposition[2] is None:
        if kind is not None and not _TEXT.fullmatch(kind):
            _refuse("a field that is no file is no plain text")
        return Field(name, _decoded(raw[slice(*span)]), span)
    if kind is not None and not _FILE.fullmatch(kind):
        _refuse("the type of a file can't be read")
    named = (at + disposition.start(2), at + disposition.end(2))
    return Field(name, None, span, _decoded(disposition[2]), named, (kind or b"").decode("ascii"))


def _head(raw: bytes) -> dict[bytes, bytes]:
    known: dict[bytes, bytes] = {}
    for line in raw.split(b"\r\n"):
        name, colon, value = line.partition(b":")
        name, value = name.lower(), value.strip(b" \t")
        if not colon or name in known or b"\r" in value or b"\n" in value:
            _refuse("a field's head can't be read")
        known[name] = value
    known.pop(b"content-length", None)
    if known.pop(b"content-transfer-encoding", b"binary").lower() not in _PLAIN:
        _refuse("a field is encoded")
    if not known.keys() <= {b"content-disposition", b"content-type"}:
        _refuse("a field's head says more than its name and type")
    return known


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        _refuse("a text in it is not UTF-8")


def _refuse(why: str) -> NoReturn:
    raise BadRequest(f"The form could not be read: {why}.", code="malformed_form")
