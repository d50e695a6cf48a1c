"""What models make of a token: each a name, how it is written, and what the reader must get for a value.

`None` in place of the last: it must be left as it is, since nothing less than a guess could restore it.
"""

from collections.abc import Callable, Iterator
from html import escape
from typing import Final, NamedTuple
from urllib.parse import quote

import orjson

_URL: Final = "https://x.org/?q="


class Distortion(NamedTuple):
    """`bend` is given type and suffix, `put` the value."""

    name: str
    bend: Callable[[str, str], str]
    put: Callable[[str], str] | None


def _same(value: str) -> str:
    return value


def _json(value: str) -> str:
    return orjson.dumps(value)[1:-1].decode()


def _around(left: str, right: str) -> tuple[Callable[[str, str], str], Callable[[str], str]]:
    return (lambda kind, suffix: f"{left}{kind}_{suffix}{right}"), (lambda value: f"{left}{value}{right}")


def _rows() -> Iterator[Distortion]:
    yield Distortion("as issued", lambda k, s: f"<{k}_{s}>", _same)
    yield Distortion("lower case", lambda k, s: f"<{k.lower()}_{s}>", _same)
    yield Distortion("upper case", lambda k, s: f"<{k}_{s.upper()}>", _same)
    yield Distortion("capitalised", lambda k, s: f"<{k.title()}_{s}>", _same)
    yield Distortion("no brackets", lambda k, s: f"{k}_{s}", _same)
    yield Distortion("no closing bracket", lambda k, s: f"<{k}_{s}", _same)
    yield Distortion("no opening bracket", lambda k, s: f"{k}_{s}>", _same)
    yield from (
        Distortion(f"{left} {right}", lambda k, s, a=left, b=right: f"{a}{k}_{s}{b}", _same)  # type: ignore[misc]
        for left, right in (
            "[]", "{}", ("[[", "]]"), ("{{", "}}"), "\u2039\u203a", "\uff1c\uff1e", "\u3008\u3009", "\u27e8\u27e9",
            ("</", ">"), ("<", "/>"), ("< ", " >"), ("\\<", "\\>"),
        )
    )  # fmt: skip
    yield from (
        Distortion(f"{left} {right} kept", *_around(left, right))
        for left, right in (
            "()",
            "«»",
            '""',
            "“”",
            "``",
            "**",
            ("**", "**"),
            "__",
            ("__", "__"),
            ("~~", "~~"),
            ("<b>", "</b>"),
        )
    )
    yield Distortion("bold inside", lambda k, s: f"<**{k}_{s}**>", lambda v: f"**{v}**")
    yield Distortion("bold suffix", lambda k, s: f"<{k}_**{s}**>", _same)
    yield Distortion("Markdown's escapes", lambda k, s: f"\\<{k}_{s}\\>".replace("_", "\\_"), _same)
    yield Distortion("possessive", lambda k, s: f"<{k}_{s}>'s", lambda v: f"{v}'s")
    yield Distortion("plural", lambda k, s: f"<{k}_{s}>s", lambda v: f"{v}s")
    yield Distortion("plural inside", lambda k, s: f"<{k}_{s}s>", lambda v: f"{v}s")
    yield from (
        Distortion(f"{name} for _", lambda k, s, b=by: f"<{k}_{s}>".replace("_", b), _same)  # type: ignore[misc]
        for name, by in (("blank", " "), ("hyphen", "-"), ("backslash", "\\"), ("fullwidth", "\uff3f"))
    )
    yield Distortion("HTML", lambda k, s: f"&lt;{k}_{s}&gt;", escape)
    yield Distortion("HTML, twice", lambda k, s: f"&amp;lt;{k}_{s}&amp;gt;", lambda v: escape(escape(v)))
    yield Distortion("HTML, numbers", lambda k, s: f"&#60;{k}_{s}&#62;", escape)
    yield Distortion("URL", lambda k, s: f"{_URL}%3C{k}_{s}%3E", lambda v: _URL + quote(v, ""))
    yield Distortion("URL, twice", lambda k, s: f"?q=%253C{k}_{s}%253E", lambda v: f"?q={quote(quote(v, ''), '')}")
    yield Distortion("URL, bare", lambda k, s: f"{_URL}{k}_{s}", lambda v: _URL + quote(v, "@"))
    yield Distortion("JSON", lambda k, s: f"\\u003c{k}_{s}\\u003e", _json)
    yield Distortion("JSON, twice", lambda k, s: f"\\\\u003c{k}_{s}\\\\u003e", lambda v: _json(_json(v)))
    yield Distortion("zero-width", lambda k, s: f"<{k}\u200b_{s[:2]}\u200b{s[2:]}>", _same)
    yield Distortion("soft hyphen", lambda k, s: f"<{k[:2]}\u00ad{k[2:]}_{s}>", _same)
    yield Distortion("line break", lambda k, s: f"<{k}_\n{s}>", _same)
    yield Distortion("German", lambda k, s: f"die Akte <{k}_{s}>s", lambda v: f"die Akte {v}s")
    yield Distortion("French", lambda k, s: f"« <{k}_{s}> »", lambda v: f"« {v} »")
    yield Distortion("translated type", lambda k, s: f"<NOM{k}_{s}>", None)
    yield Distortion("letter changed", lambda k, s: f"<{k}_{s[:-1]}{'x' if s[-1] != 'x' else 'y'}>", None)
    yield Distortion("letter lost", lambda k, s: f"<{k}_{s[:-1]}>", None)
    yield Distortion("letters swapped", lambda k, s: f"<{k}_{s[1]}{s[0]}{s[2:]}>" if s[0] != s[1] else "", None)
    yield Distortion("type lost", lambda k, s: f"<{s}>", None)
    yield Distortion("another type", lambda k, s: f"<OTHER_{k}_{s}>", None)
    yield Distortion("part of a name", lambda k, s: f"MY_{k}_{s}", None)


DISTORTIONS: Final = tuple(_rows())
