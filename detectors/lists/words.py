"""What a value is looked up by, and where it is a whole word.

Scripts that are written without blanks between words, or that hang endings on them (Han, kana, Hangul, Thai, Lao,
Khmer, Burmese, Tibetan), have no borders to look for: there a value counts wherever it stands, and pairs of characters
take the place of words.
"""

import re
from collections.abc import Container, Iterator
from functools import lru_cache
from typing import Final

import regex

_UNBROKEN: Final = "".join(
    rf"\p{{{script}}}"
    for script in ("Han", "Hiragana", "Katakana", "Hangul", "Thai", "Lao", "Khmer", "Myanmar", "Tibetan")
)
_WORD: Final = regex.compile(rf"(?V1)[\w--[{_UNBROKEN}]]+")
_RUN: Final = regex.compile(rf"[{_UNBROKEN}]+")
_IS_WORD: Final = regex.compile(r"\w")
_IS_MARK: Final = regex.compile(r"\p{M}")
_WESTERN_SIGNS: Final = "".join(chr(code) for code in range(0x2000, 0x2C00) if not _IS_WORD.match(chr(code)))
_NOT_WESTERN: Final = re.compile(f"[^\\x00-\\xff{re.escape(_WESTERN_SIGNS)}]")
_TO_BLANKS: Final = bytes(code if _IS_WORD.match(chr(code)) else ord(" ") for code in range(0x100))


def keys(text: str) -> list[str]:
    """Give what values in a text can be looked up by: its words, or what stands for words."""
    return spaced.split() if (spaced := _spaced(text)) is not None else [key for _, key in _beyond_latin(text)]


def placed_keys(text: str, wanted: Container[str]) -> Iterator[tuple[int, str]]:
    """Give those that are wanted, each with its place."""
    spaced = _spaced(text)
    if spaced is None:
        yield from (placed for placed in _beyond_latin(text) if placed[1] in wanted)
        return
    at = 0
    for word in spaced.split(" "):
        if word in wanted:
            yield at, word
        at += len(word) + 1


def _spaced(text: str) -> str | None:
    """Put a blank for each character that is of no word, which is quick in Latin-1; None for letters beyond that."""
    if not text.isascii() and _NOT_WESTERN.search(text):
        return None
    return text.encode("latin-1", "replace").translate(_TO_BLANKS).decode("latin-1")


def _beyond_latin(text: str) -> Iterator[tuple[int, str]]:
    yield from ((found.start(), found.group()) for found in _WORD.finditer(text))
    for found in _RUN.finditer(text):
        for at in range(found.start(), found.end()):
            yield at, text[at]
            if at + 1 < found.end():
                yield at, text[at : at + 2]


def is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch of a text, which is not empty, neither begins nor ends within a word."""
    begins_within = start > 0 and _joins(text[start - 1], text[start])
    return not begins_within and not (end < len(text) and _joins(text[end - 1], text[end]))


@lru_cache(maxsize=4096)
def _joins(left: str, right: str) -> bool:
    """Tell whether there is no border between two characters."""
    if _IS_MARK.match(right):
        return True
    are_words = _IS_WORD.match(left) is not None and _IS_WORD.match(right) is not None
    return are_words and not (_RUN.match(left) or _RUN.match(right))
