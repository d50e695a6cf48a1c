"""How a text is written as bytes: found without guessing."""

import pytest

from gateway.dialects.files.charset import Charset, charset_of

TEXT = "Grüße, 你好\r\n\tA\f"
UTF_16 = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}

WRITTEN = {
    "UTF-8": (TEXT.encode(), "", Charset()),
    "UTF-8 by its name": (TEXT.encode(), "utf-8", Charset()),
    "ASCII": (b"A", "us-ascii", Charset()),
    "UTF-8 with a mark": (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8", Charset(b"\xef\xbb\xbf")),
    **{codec: (mark + TEXT.encode(codec), "utf-16", Charset(mark, codec)) for codec, mark in UTF_16.items()},
}


@pytest.mark.parametrize(("data", "stated", "charset"), WRITTEN.values(), ids=WRITTEN)
def test_a_text_is_read_and_written_as_it_came(data: bytes, stated: str, charset: Charset) -> None:
    assert charset_of(data, stated) == charset
    assert charset.encoded(charset.decoded(data)) == data


UNREAD = {
    "Latin-1": ("Grüße".encode("latin-1"), ""),
    "Latin-1 by its name": (b"A", "iso-8859-1"),
    "UTF-16 without a mark": ("Ann".encode("utf-16-le"), ""),
    "UTF-32": ("Ann".encode("utf-32"), ""),
    "half a letter of UTF-16": (b"\xff\xfeA", ""),
    "UTF-7": (b"ann+AEA-example.org", "utf-7"),
    "bytes that happen to be UTF-8": (b"\x7fELF\x02\x01", ""),
    "colours of a terminal": (b"\x1b[31mAnn", ""),
}


@pytest.mark.parametrize(("data", "stated"), UNREAD.values(), ids=UNREAD)
def test_anything_else_is_not_read(data: bytes, stated: str) -> None:
    assert charset_of(data, stated) is None
