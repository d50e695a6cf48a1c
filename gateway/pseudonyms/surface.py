r"""Write a value for where its token stands: `&lt;PERSON_k3f9a&gt;` is HTML, so the value is escaped for it.

Only what is certain counts: the token itself was escaped, or it stands bare in a URL. A token that was not escaped
gets the value as it is.
"""

import re
from html import escape
from typing import Final
from urllib.parse import quote

import orjson

_IN_URL: Final = re.compile(r"(?:[a-z][a-z0-9+.\-]*://|mailto:)[^\s<>\"'`(){}\[\]]*\Z", re.IGNORECASE)
_CODE: Final = re.compile(r"(\\+)u00(?:3[ce]|5f|26)", re.IGNORECASE)
_PERCENT: Final = re.compile(r"%(25)?(?:3[ce]|5f|20)", re.IGNORECASE)
_HTML: Final = re.compile(r"(?:&|\\u0026)(amp;)?(?:lt|gt|#\d+|#x[0-9a-f]+|lowbar);", re.IGNORECASE)


def written(surface: str, form: str, *, in_json: bool) -> str:
    """Give the value as it must stand in place of `form`, the token as the model wrote it.

    `in_json`: the text around is the source of a JSON document.
    """
    levels = int(in_json)
    if "&" in form or "\\" in form:
        html = _HTML.search(form)
        for _ in range((1 + bool(html[1])) if html else 0):
            surface = escape(surface)
        code = _CODE.search(form)
        levels = max(levels, len(code[1]).bit_length()) if code else levels
    percent = _PERCENT.search(form) if "%" in form else None
    for _ in range((1 + bool(percent[1])) if percent else 0):
        surface = _quoted(surface)
    for _ in range(levels):
        surface = orjson.dumps(surface)[1:-1].decode()
    return surface


def in_url(surface: str, before: str) -> str:
    """Give the value for a bare token behind this text: percent-encoded, where that is a URL that goes on."""
    return _quoted(surface, "@") if _IN_URL.search(before) else surface


def _quoted(surface: str, safe: str = "") -> str:
    return quote(surface, safe, errors="surrogatepass")
