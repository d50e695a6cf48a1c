"""What a file is, by its type, its name and its first bytes, where these agree.

A provider may go by any of the three. So a file that says two things of itself is nothing that can be read on its
behalf: what was screened must be what the model gets.
"""

import re
from enum import StrEnum
from typing import Final


class FileKind(StrEnum):
    """What a file can be."""

    TEXT = "text"
    TABLE = "table"
    JSON = "json"
    MARKUP = "markup"
    PDF = "pdf"
    IMAGE = "image"
    OTHER = "other"


TEXTS: Final = frozenset({FileKind.TEXT, FileKind.TABLE, FileKind.JSON, FileKind.MARKUP})
"""Kinds that are a text from their first byte to the last."""

_TABLES: Final = re.compile(r"(text|application)/(x-)?(csv|comma-separated-values|tab-separated-values|tsv)")
_JSON: Final = re.compile(r"(application|text)/(x-)?json|application/[\w.-]+\+json")
_MARKUP: Final = re.compile(r"text/(html|xml)|application/(xml|[\w.-]+\+xml)")
_NO_TEXTS: Final = re.compile(r"text/(rtf|richtext)|text/.*(message|mime).*")
_TEXTS: Final = re.compile(
    r"text/.*|application/(x-)?(ndjson|jsonl|jsonlines|json-lines|yaml|toml|javascript|ecmascript|typescript|sql|sh"
    r"|python|python-code|python-script|php|ruby|perl|tex|latex|markdown|subrip)"
)
_UNSAID: Final = frozenset({"", "application/octet-stream", "binary/octet-stream"})

_TEXT_NAMES: Final = (
    "txt", "text", "md", "markdown", "rst", "adoc", "log", "jsonl", "ndjson", "yaml", "yml", "toml", "ini", "cfg",
    "conf", "env", "properties", "py", "pyi", "js", "mjs", "cjs", "ts", "tsx", "jsx", "java", "kt", "scala", "c",
    "h", "cc", "cpp", "hpp", "cs", "go", "rs", "rb", "php", "swift", "sh", "bash", "zsh", "ps1", "bat", "sql", "r",
    "pl", "lua", "css", "scss", "less", "vue", "tex", "diff", "patch", "srt", "vtt", "ics", "vcf", "proto",
    "graphql", "tf", "hcl",
)  # fmt: skip
_OTHER_NAMES: Final = (
    "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "rtf", "eml", "msg", "mbox", "epub", "pages",
    "numbers", "key", "zip", "gz", "tgz", "tar", "7z", "rar", "bz2", "xz", "ps", "eps", "parquet", "sqlite", "db",
    "mp3", "wav", "ogg", "m4a", "flac", "mp4", "mov", "webm", "avi",
)  # fmt: skip
_NAMES: Final = {
    **dict.fromkeys(("csv", "tsv", "tab"), FileKind.TABLE),
    "json": FileKind.JSON,
    **dict.fromkeys(("html", "htm", "xhtml", "xml"), FileKind.MARKUP),
    **dict.fromkeys(_TEXT_NAMES, FileKind.TEXT),
    "pdf": FileKind.PDF,
    **dict.fromkeys(("png", "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff", "heic", "avif", "svg"), FileKind.IMAGE),
    **dict.fromkeys(_OTHER_NAMES, FileKind.OTHER),
}
_IMAGES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_OTHERS: Final = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"%!PS", b"7z\xbc\xaf")
_PDF: Final = b"%PDF-"
_PDF_REACH: Final = 1024
"""Readers look for the mark of a PDF this far into a file."""


def kind_of(data: bytes, media_type: str, name: str) -> FileKind:
    """Say what a file is; OTHER where its type, its name and its bytes don't agree, or none says anything known.

    One of which nothing is said is a TEXT, which its reader may find to be none.
    """
    said = {_of_type(media_type), _of_name(name)} - {None}
    shown = _of_bytes(data)
    kinds = {kind for kind in said if kind} | ({shown} if shown else set())
    if len(kinds) > 1 and kinds <= TEXTS:
        kinds = {_closest(kinds)}
    if len(kinds) > 1:
        return FileKind.OTHER
    kind = kinds.pop() if kinds else FileKind.TEXT
    return FileKind.OTHER if kind in {FileKind.PDF, FileKind.IMAGE} and kind is not shown else kind


def _closest(kinds: set[FileKind]) -> FileKind:
    """Of what is called a text in general and of some kind, it is of that kind; of two kinds, just a text."""
    special = kinds - {FileKind.TEXT}
    return special.pop() if len(special) == 1 else FileKind.TEXT


def _of_type(media_type: str) -> FileKind | None:
    plain = media_type.partition(";")[0].strip().lower()
    if plain in _UNSAID:
        return None
    if plain == "application/pdf" or plain == "application/x-pdf":
        return FileKind.PDF
    if plain.startswith("image/"):
        return FileKind.IMAGE
    rows = ((_NO_TEXTS, FileKind.OTHER), (_TABLES, FileKind.TABLE), (_JSON, FileKind.JSON), (_MARKUP, FileKind.MARKUP))
    for pattern, kind in rows:
        if pattern.fullmatch(plain):
            return kind
    return FileKind.TEXT if _TEXTS.fullmatch(plain) else FileKind.OTHER


def _of_name(name: str) -> FileKind | None:
    stem, dot, end = name.strip().lower().rpartition(".")
    return _NAMES.get(end) if stem and dot else None


def _of_bytes(data: bytes) -> FileKind | None:
    if _PDF in data[:_PDF_REACH]:
        return FileKind.PDF
    if data.startswith(_IMAGES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return FileKind.IMAGE
    return FileKind.OTHER if data.startswith(_OTHERS) else None
