"""A file that is a text: how to come from the string that holds it to its text, and back with new values in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gateway.dialects import embedded
from gateway.dialects.document import MalformedJson, parse
from gateway.dialects.files import table
from gateway.dialects.files.charset import Charset, charset_of
from gateway.dialects.files.encoded import Encoded
from gateway.dialects.files.kinds import TEXTS, FileKind, kind_of
from gateway.dialects.slot import Path


@dataclass(frozen=True, slots=True)
class TextFile:
    """One file that was read as a text of some kind."""

    encoded: Encoded = field(repr=False)
    kind: FileKind
    charset: Charset

    @property
    def text(self) -> str:
        """The text, without a byte order mark."""
        return self.charset.decoded(self.encoded.data)

    def rewritten(self, changed: Mapping[Path | None, str]) -> str:
        """Give the string that holds the file with new values: None stands for the whole text."""
        if None in changed:
            text = changed[None]
        elif self.kind is FileKind.TABLE:
            text = table.rewrite(self.text, {path: new for path, new in changed.items() if path is not None})
        else:
            text = embedded.rewrite(self.text, changed)
        return self.encoded.holding(self.charset.encoded(text))

    def keeps_form(self, text: str) -> bool:
        """Tell whether the whole text, written anew, is still what it was: JSON, or a table with rows as wide."""
        if self.kind is FileKind.JSON:
            return _is_json(text) or not _is_json(self.text)
        return self.kind is not FileKind.TABLE or table.widths(text) == table.widths(self.text)


def read_text_file(encoded: Encoded, media_type: str, name: str) -> TextFile | None:
    """Read a file; None if it is no text, or its type, its name and its bytes don't agree on what it is."""
    kind = kind_of(encoded.data, media_type or encoded.media_type, name)
    charset = charset_of(encoded.data, encoded.charset) if kind in TEXTS else None
    return None if charset is None else TextFile(encoded, kind, charset)


def _is_json(text: str) -> bool:
    try:
        parse(text.encode())
    except MalformedJson:
        return False
    return True
