r"""JSON's escapes inside a text: a string that was written into another one without being read first.

A detector sees the characters `\` and `n` where the writer had a line break. So the `n` seems to belong to the word
behind it, and `\u0040` hides an at sign.
"""

import re
from typing import Final

_BORDER: Final = re.compile(r"\\[nrtbf]")
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(.))", re.DOTALL)
_CODE: Final = re.compile(r"\\u[0-9A-Fa-f]{4}")
_SLASH: Final = re.compile(r"\\/")
_CONTROLS: Final = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def without_escapes(text: str) -> str:
    r"""Give a text for detectors in which an escape that stands for blank space (`\n \r \t \b \f`) is two blanks.

    It has the length of the text, so a span found in it is a span of the text. A text without such an escape is given
    back as it is.
    """
    return _BORDER.sub("  ", text) if "\\" in text else text


def unescaped(text: str) -> str:
    """Undo every escape of a text once; half a surrogate pair becomes a replacement character."""
    plain = _ESCAPE.sub(_undo, text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def disguised(text: str) -> list[str]:
    r"""Give the runs without blank space that hold a `\uXXXX`, with their escapes undone, each once.

    What is found in such a run can't be rewritten: no span of the text is what was found.
    """
    return _runs(text, _CODE) if _CODE.search(text) else []


def slashed(text: str) -> list[str]:
    r"""Give the runs without blank space that hold a `\/`, with their escapes undone, each once.

    An escaped slash hides addresses and keys from a detector, but no personal data, which has no slashes.
    """
    return _runs(text, _SLASH) if "\\/" in text else []


def _runs(text: str, holding: re.Pattern[str]) -> list[str]:
    return list(dict.fromkeys(unescaped(run) for run in text.split() if holding.search(run)))


def _undo(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else _CONTROLS.get(match[2], match[2])
