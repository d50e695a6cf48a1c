"""What a string with a file in it holds, and the same string around other bytes."""

import base64

import pytest

from gateway.dialects.files.encoded import Encoded, decoded

TEXT = "Grüße?>ÿ".encode()
PACKED = base64.b64encode(TEXT).decode()

READ = {
    "bare": (PACKED, "", "", ""),
    "a data URL": (f"data:text/plain;base64,{PACKED}", "data:text/plain;base64,", "text/plain", ""),
    "with a charset": (
        f"data:Text/CSV;charset=UTF-8;base64,{PACKED}",
        "data:Text/CSV;charset=UTF-8;base64,",
        "text/csv",
        "utf-8",
    ),
    "without a type": (f"data:;base64,{PACKED}", "data:;base64,", "", ""),
    "for addresses, without padding": (base64.urlsafe_b64encode(TEXT).decode().rstrip("="), "", "", ""),
    "in lines": (f"{PACKED[:8]}\r\n{PACKED[8:]}", "", "", ""),
}


@pytest.mark.parametrize(("value", "head", "media_type", "charset"), READ.values(), ids=READ)
def test_bytes_are_read(value: str, head: str, media_type: str, charset: str) -> None:
    assert decoded(value) == Encoded(TEXT, head, media_type, charset)


UNREAD = {
    "empty": "",
    "no base64": "a b!",
    "something behind the padding": "QQ==QUI=",
    "percent encoding": "data:text/plain,Ann%20Lee",
    "an address": "https://example.org/a.txt",
    "a head that can't be read": "data:text/plain;charset;base64,QUI=",
}


@pytest.mark.parametrize("value", UNREAD.values(), ids=UNREAD)
def test_what_decoders_disagree_on_is_not_read(value: str) -> None:
    assert decoded(value) is None


def test_other_bytes_stand_where_the_first_ones_stood() -> None:
    one = decoded("data:text/plain;base64,QUI=")
    assert one is not None
    assert one.holding(b"Z") == "data:text/plain;base64,Wg=="


def test_nothing_of_a_file_shows_in_its_repr() -> None:
    assert "Gr" not in repr(decoded(f"data:text/plain;base64,{PACKED}"))
