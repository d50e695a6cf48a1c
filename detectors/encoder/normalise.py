"""Text as the encoder is to read it: what is invisible or dressed up is gone, and every character knows its origin.

Compatibility forms become plain ones (NFKC: full-width, circled and mathematical letters), zero-width and direction
controls go, hidden tag characters become the ASCII that language models read in them, look-alikes of other scripts
become Latin letters (see `homoglyphs`), and what is escaped or encoded is what it stands for. Case, accents and runs of
blanks are left to the tokenizer. Other ASCII text is normal as it is.

Training and serving MUST both read texts through `normalise`.
"""

import re
import unicodedata
from typing import Final

import numpy as np
import regex

from detectors.encoder.homoglyphs import as_latin
from detectors.encoder.offsets import View, ViewWriter, compose
from detectors.encodings import decoded

_TAGS: Final = {point: point - 0xE0000 for point in range(0xE0020, 0xE007F)}
"""Tag characters: nobody sees them, language models read them as ASCII ("ASCII smuggling")."""

_TAG: Final = re.compile("[\U000e0020-\U000e007e]")
_HALF: Final = re.compile("[\ud800-\udfff]")
"""Half of a surrogate pair, as JSON can hold it: no tokenizer takes it."""

_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff9-\ufffb\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e007f"
    "\U000e0100-\U000e01ef]"
)
"""Format characters that draw nothing, fillers, and selectors of variants. Visible ones (Arabic number signs) stay."""

_OTHER: Final = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")
"""What NFKC can change: characters past ASCII, with the one that the first of them may combine with."""

_CLUSTER: Final = regex.compile(r"\X")


def normalise(text: str) -> View:
    """Give the normal form of a text with the origin of each character. Costs next to nothing for ASCII text."""
    read = decoded(text)
    if read.text.isascii():
        return read
    view = compose(compatible(read.text), read)
    return View(as_latin(view.text), view.starts, view.ends)


def compatible(text: str) -> View:
    """Give a text in NFKC without what is invisible; look-alikes stay as they are."""
    if text.isascii():
        return View(text)
    if _TAG.search(text):
        text = text.translate(_TAGS)
    if _HALF.search(text):
        text = _HALF.sub("\ufffd", text)
    view = _visible(View(text))
    if not unicodedata.is_normalized("NFKC", view.text):
        view = compose(_nfkc(view.text), view)
    return view


def _visible(view: View) -> View:
    """Leave out what draws nothing."""
    if not _INVISIBLE.search(view.text):
        return view
    gone = [at for found in _INVISIBLE.finditer(view.text) for at in range(*found.span())]
    kept = np.delete(np.arange(len(view.text), dtype=np.int64), gone)
    return View(_INVISIBLE.sub("", view.text), kept, kept + 1)


def _nfkc(text: str) -> View:
    """Give NFKC, cluster by cluster where it changes anything: composition never goes beyond a grapheme cluster."""
    writer, done = ViewWriter(), 0
    for stretch in _OTHER.finditer(text):
        if unicodedata.is_normalized("NFKC", stretch.group()):
            continue
        for cluster in _CLUSTER.finditer(text, *stretch.span()):
            plain = unicodedata.normalize("NFKC", cluster.group())
            if plain != cluster.group():
                writer.keep(text[done : cluster.start()], done)
                writer.put(plain, *cluster.span())
                done = cluster.end()
    writer.keep(text[done:], done)
    return writer.view()
