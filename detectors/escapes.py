r"""JSON's escapes inside a text: a string that was written into another one without being read first, as in logs.

Read as they are, they end words in the wrong place (`\n4111 ...` has no word boundary before the number), begin others
(`\nAnn` is no name), and hide what `\u0040`, `\/` or `\"` stands for.
"""

import re
from typing import Final

from detectors.encoder.offsets import View, ViewWriter

_BLANK: Final = re.compile(r"(?<!\\)(\\++)([nrtbf])")
_BLANKS: Final = {"n": "\n", "r": "\r", "t": "\t", "b": " ", "f": " "}
_SIGNS: Final = re.compile(r"(?<!\\)(?:(?:\\++u[0-9A-Fa-f]{4})++|\\++[/\"])")
_SIGN: Final = re.compile(r"\\++(?:u([0-9A-Fa-f]{4})|([/\"]))")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def in_blanks(text: str) -> str:
    """Give a text of the same length with blanks and the end of a line, or a tab, for each escape of one."""
    return _BLANK.sub(lambda one: " " * len(one[1]) + _BLANKS[one[2]], text) if "\\" in text else text


def readable(text: str) -> View:
    """Give a text with its escapes undone, and where each character came from."""
    if "\\" not in text:
        return View(text)
    spaced = in_blanks(text)
    return _with_signs(spaced) if _SIGNS.search(spaced) else View(spaced)


def _with_signs(text: str) -> View:
    writer, done = ViewWriter(), 0
    for run in _SIGNS.finditer(text):
        writer.keep(text[done : run.start()], done)
        for sign, start, end in _signs(text, *run.span()):
            writer.put(sign, start, end)
        done = run.end()
    writer.keep(text[done:], done)
    return writer.view()


def _signs(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """Give what each escape of a run stands for; two halves of a surrogate pair are one character."""
    signs: list[tuple[str, int, int]] = []
    for one in _SIGN.finditer(text, start, end):
        sign, first = chr(int(one[1], 16)) if one[1] else one[2], one.start()
        if signs and "\udc00" <= sign <= "\udfff" and "\ud800" <= signs[-1][0] <= "\udbff":
            high, first, _ = signs.pop()
            sign = (high + sign).encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        signs.append((sign, first, one.end()))
    return [(_plain(sign), first, last) for sign, first, last in signs]


def _plain(sign: str) -> str:
    return "\ufffd" if "\ud800" <= sign <= "\udfff" else _CONTROL.sub(" ", sign)
