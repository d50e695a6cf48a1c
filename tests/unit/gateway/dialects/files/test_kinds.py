"""What a file is: its type, its name and its bytes must agree."""

import pytest

from gateway.dialects.files.kinds import FileKind, kind_of

PDF = b"%PDF-1.7\n"
PNG = b"\x89PNG\r\n\x1a\n"

KINDS = {
    "a text by its type": (b"a", "text/plain; charset=utf-8", "", FileKind.TEXT),
    "a text by its name": (b"a", "application/octet-stream", "notes.MD", FileKind.TEXT),
    "a text by nothing at all": (b"a", "", "", FileKind.TEXT),
    "a name that says nothing": (b"a", "text/plain", "report.v2", FileKind.TEXT),
    "a table that is called a text": (b"a", "text/plain", "a.csv", FileKind.TABLE),
    "JSON of a kind": (b"{}", "application/ld+json", "", FileKind.JSON),
    "markup": (b"<p>", "", "a.html", FileKind.MARKUP),
    "texts of two kinds": (b"a", "text/csv", "a.json", FileKind.TEXT),
    "lines of JSON": (b"{}", "application/x-ndjson", "a.jsonl", FileKind.TEXT),
    "a PDF": (PDF, "application/pdf", "a.pdf", FileKind.PDF),
    "a PDF by its bytes": (b"\n" + PDF, "", "", FileKind.PDF),
    "a picture": (PNG, "image/png", "", FileKind.IMAGE),
    "a picture by its name and bytes": (b"RIFF\0\0\0\0WEBP", "", "a.webp", FileKind.IMAGE),
    "a PDF that says it is a text": (PDF, "text/plain", "", FileKind.OTHER),
    "a text that says it is a PDF": (b"a", "application/pdf", "", FileKind.OTHER),
    "a text that is called a PDF": (b"a", "text/plain", "a.pdf", FileKind.OTHER),
    "a drawing as text": (b"<svg>", "image/svg+xml", "a.svg", FileKind.OTHER),
    "an office document": (b"PK\x03\x04", "", "", FileKind.OTHER),
    "an office document as a text": (b"PK\x03\x04", "text/plain", "a.txt", FileKind.OTHER),
    "a text with codes of its own": (b"{\\rtf1", "", "", FileKind.OTHER),
    "the same by its type": (b"a", "text/rtf", "", FileKind.OTHER),
    "a mail": (b"a", "message/rfc822", "a.eml", FileKind.OTHER),
    "a type that nobody knows": (b"a", "application/x-future", "", FileKind.OTHER),
}


@pytest.mark.parametrize(("data", "media_type", "name", "kind"), KINDS.values(), ids=KINDS)
def test_kind(data: bytes, media_type: str, name: str, kind: FileKind) -> None:
    assert kind_of(data, media_type, name) is kind
