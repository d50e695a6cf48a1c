r"""Ends of lines and tabs that a text has as escapes, as pasted JSON and logs do: whoever reads them sees blanks.

Read as they are, they end words in the wrong place (`\n4111 ...` has no word boundary before the number) and begin
others (`\nAnn` is no name).
"""

import re
from typing import Final

_RUN: Final = re.compile(r"(?<!\\)(?:(?<![\w:])(?:\\++[nrt])++|(?:\\++[nrt])++(?![a-z]))")
r"""Not where a word goes on in lower case on both sides, as in `C:\temp` and `\home\nancy`: that may be a path."""

_ESCAPE: Final = re.compile(r"(\\+)([nrt])")
_BLANKS: Final = {"n": "\n", "r": "\r", "t": "\t"}


def in_blanks(text: str) -> str:
    """Give a text of the same length that has blanks and an end of a line, or a tab, where it had an escape for one."""
    return _RUN.sub(_blank_run, text) if "\\" in text else text


def _blank_run(run: re.Match[str]) -> str:
    return _ESCAPE.sub(lambda one: " " * len(one[1]) + _BLANKS[one[2]], run[0])
