"""A second view of texts that spell around filters: "i g n o r e", "k1ll", and letters run together without end.

Only texts with such spelling get one, and the first view is read all the same: the second can add to what is found, it
hides nothing. Words that become no word ("covid19", "h264", "2nd") and hashes are left alone.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from detectors.encoder.offsets import View, ViewWriter

_LETTERS: Final = r"(?<![^\W_])[^\W\d_]([ .\-_*/|~])[^\W\d_](?:\1[^\W\d_](?![^\W_])){%d,}"
_SPACED: Final = re.compile(_LETTERS % 2)
"""Four single letters or more, with the same sign between them; words of them stand further apart."""

_SHORT_TOO: Final = re.compile(_LETTERS % 1)
"""Where there is such a word, three letters are one as well."""

_DRESSED: Final = re.compile(r"(?<![\w@$!+#/.:-])[\w@$!+]{3,20}(?!\.?[\w@$#/:-])")
"""What looks like a word. What stands in an address, a path or a number does not."""

_STANDS_IN: Final = re.compile(r"[^\W\d_][013457@$!+]+[^\W\d_]|[^\W\d_]\$+(?!\w)")
_LETTER_OF: Final = str.maketrans("013457@$!+", "oieastasit")

LONGEST_WORD: Final = 100
"""Characters of the longest word that the tokenizer reads; a longer one is one unknown token."""

_ENDLESS: Final = re.compile(f"[a-z]{{{LONGEST_WORD + 1},}}|[A-Z]{{{LONGEST_WORD + 1},}}")
"""Letters of one case: prose without blanks. Encoded bytes mix their cases, and stay one unknown token."""

_CUT: Final = 64


class _Change(NamedTuple):
    """What to write in the place of a stretch: texts, each with the place of its first character."""

    start: int
    end: int
    pieces: list[tuple[str, int]]


def plain_spelling(text: str) -> View | None:
    """Give a view of a normalised text in which such words are spelt plainly; None for an ordinary text."""
    writer, done = ViewWriter(), 0
    for start, end, pieces in sorted([*_spaced(text), *_dressed(text), *_endless(text)]):
        if start >= done:
            writer.keep(text[done:start], done)
            for piece, place in pieces:
                writer.keep(piece, place)
            done = end
    if not done:
        return None
    writer.keep(text[done:], done)
    return writer.view()


def _spaced(text: str) -> Iterator[_Change]:
    for found in _SHORT_TOO.finditer(text) if _SPACED.search(text) else ():
        start, end = found.span()
        yield _Change(start, end, [(text[place], place) for place in range(start, end, 2)])


def _dressed(text: str) -> Iterator[_Change]:
    for found in _DRESSED.finditer(text) if _STANDS_IN.search(text) else ():
        word = found.group().rstrip("!+")
        if _STANDS_IN.search(word) and (plain := word.translate(_LETTER_OF)).isalpha():
            yield _Change(*found.span(), [(plain, found.start())])


def _endless(text: str) -> Iterator[_Change]:
    for found in _ENDLESS.finditer(text):
        pieces: list[tuple[str, int]] = []
        for place in range(found.start(), found.end(), _CUT):
            pieces += [(text[place : min(place + _CUT, found.end())], place), (" ", min(place + _CUT, found.end()) - 1)]
        yield _Change(*found.span(), pieces)
