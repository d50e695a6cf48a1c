"""Percent-encoding, as in addresses in the web (`ann%40example.com`), and HTML's references (`M&uuml;ller`, `&#64;`).

RFC 3986, 2.1; HTML, "Named character references".
"""

import html
import re
from typing import Final

from detectors.encoder.offsets import View, ViewWriter, compose
from detectors.escapes import readable

VERSION: Final = "1"
"""Changes with what is undone here or in `escapes.py`: it is a part of how every detector reads."""

_ENCODED: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})++|&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,31}\d{0,2});")
_OCTETS: Final = 3
"""Characters of the text for each octet that is percent-encoded."""

_BLANKS: Final = bytes.maketrans(b"\t\n\r", b"   ")


def decoded(text: str) -> View:
    """Give a text with its escapes (`escapes.py`) and encodings undone, and where each character came from."""
    return without_encodings(readable(text))


def without_encodings(view: View) -> View:
    """Give a readable text with its encodings undone as well.

    An address in the web may end early in it, since `%20` is a blank: what is found in the readable text counts, too.
    """
    if not ("%" in view.text or "&" in view.text) or _ENCODED.search(view.text) is None:
        return view
    return compose(_written_out(view.text), view)


def _written_out(text: str) -> View:
    writer, done = ViewWriter(), 0
    for found in _ENCODED.finditer(text):
        writer.keep(text[done : found.start()], done)
        _write(writer, found[0], found.start())
        done = found.end()
    writer.keep(text[done:], done)
    return writer.view()


def _write(writer: ViewWriter, encoded: str, start: int) -> None:
    plain = _of_octets(encoded) if encoded.startswith("%") else html.unescape(encoded)
    if not plain or not plain.isprintable() or plain == encoded:
        writer.keep(encoded, start)
    elif encoded.startswith("%"):
        for sign in plain:
            end = start + _OCTETS * len(sign.encode())
            writer.put(sign, start, end)
            start = end
    else:
        writer.put(plain, start, start + len(encoded))


def _of_octets(encoded: str) -> str:
    """Give what octets say in UTF-8, with ends of lines and tabs as blanks; what they say not, as it is."""
    octets = bytes.fromhex(encoded.replace("%", "")).translate(_BLANKS)
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return encoded
