"""The form in which listed values and texts are compared: NFKC, case-folded, runs of white space as one blank.

NFKC (UAX #15) and not NFC, since the same name also comes in full-width letters, with ligatures out of a PDF or with
blanks that don't break. It is made again after folding, which takes apart what Greek has composed.
"""

import re
import unicodedata
from functools import cached_property
from typing import Final

import numpy as np
import regex
from numpy.typing import NDArray

from detectors.encoder.homoglyphs import as_latin
from detectors.encoder.normalise import compatible
from detectors.encoder.offsets import View, compose
from detectors.encodings import decoded

_FORM: Final = "NFKC"
_RAISED: Final = regex.compile("[\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089\u2120\u2122]")
"""Marks of notes and of trade: NFKC would make them a part of the word that they stand at."""

_LATIN: Final = "".join(
    letter
    for letter in map(
        chr, (*range(0x80, 0x250), *range(0x1E00, 0x1F00), *range(0x2010, 0x2060), *range(0x20A0, 0x20C0))
    )
    if compatible(letter).text == letter == as_latin(letter)
)
_NOT_LATIN: Final = re.compile(f"[^\\x00-\\x7f{re.escape(_LATIN)}]")
"""What must be looked at more closely; else a text is in NFKC, all of it can be seen, and nothing imitates."""

_NOT_ASCII: Final = regex.compile(r"[^\x00-\x7f]")


def normal(text: str) -> str:
    """Give the normal form of a text."""
    return _folded(unicodedata.normalize(_FORM, text))


class Reading:
    """A text as it is searched: in normal form, `text`, and with the origin of each character in what was written.

    What is invisible is left out as well. The origins are worked out only when one is asked for.
    """

    def __init__(self, view: View) -> None:
        """Take a text in NFKC."""
        self.text = _folded(view.text)
        self._view = view

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Give the stretch of the original that `text[start:end]`, which is not empty, was made from."""
        return self._origins.origin(start, end)

    @cached_property
    def _origins(self) -> View:
        return compose(_one_blank(_folding(self._view.text)), self._view)


def readings(text: str) -> list[Reading]:
    """Give a text as it is searched, and once more where some of it looks like Latin letters and is none."""
    read = decoded(text)
    if read.text.isascii() or not _NOT_LATIN.search(read.text):
        return [Reading(read)]
    view = compose(compatible(_RAISED.sub(" ", read.text)), read)
    latin = as_latin(view.text)
    first = Reading(view)
    return [first] if latin == view.text else [first, Reading(View(latin, view.starts, view.ends))]


def _folded(text: str) -> str:
    folded = text.lower() if text.isascii() else unicodedata.normalize(_FORM, text.casefold())
    return " ".join(folded.split())


def _folding(text: str) -> View:
    """Fold case, with the origin of each character: some letters become two or three."""
    folded = text.casefold()
    if len(folded) == len(text):
        view = View(folded)
    else:
        sizes = np.ones(len(text), dtype=np.int64)
        for found in _NOT_ASCII.finditer(text):
            sizes[found.start()] = len(found.group().casefold())
        starts = np.repeat(np.arange(len(text), dtype=np.int64), sizes)
        view = View(folded, starts, starts + 1)
    return view if unicodedata.is_normalized(_FORM, folded) else compose(compatible(folded), view)


def _one_blank(view: View) -> View:
    """Make one blank of each run of white space, and none at the ends."""
    text = " ".join(view.text.split())
    if len(text) == len(view.text):
        return View(text, view.starts, view.ends)
    blank = _blanks(view.text)
    is_first = np.append(False, ~blank[:-1]) & blank  # of a run; one at the end of the text is cut off
    kept = np.flatnonzero(~blank | is_first)[: len(text)]
    return compose(View(text, kept, kept + 1), view)


def _blanks(text: str) -> NDArray[np.bool_]:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    return np.isin(codes, _BLANK_CODES)


_BLANK_CODES: Final = np.array([code for code in range(0x10000) if chr(code).isspace()], dtype=np.uint32)
