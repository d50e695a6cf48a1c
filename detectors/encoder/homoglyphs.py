"""Letters of other scripts that look like Latin ones, read as Latin where they stand in for them.

"paypal" with a Cyrillic a is read as "paypal". Honest Russian or Greek stays as it is: a word is changed if it holds
Latin letters too, or if all of its letters look Latin and no word of the text is honestly of another script. The pairs
are those that common typefaces draw alike, of Cyrillic, Greek, Armenian and Cherokee.
"""

import re
from typing import Final

_ALIKE: Final = {
    "a": "\u0430\u03b1", "b": "\u044c\u03b2", "c": "\u0441", "d": "\u0501", "e": "\u0435\u03b5", "g": "\u050d\u0581",
    "h": "\u04bb\u043d\u0570", "i": "\u0456\u03b9", "j": "\u0458", "k": "\u043a\u03ba", "m": "\u043c",
    "n": "\u043f\u03b7\u0578", "o": "\u043e\u03bf\u0585", "p": "\u0440\u03c1\u0584", "q": "\u051b\u0563", "r": "\u0433",
    "s": "\u0455", "t": "\u0442\u03c4", "u": "\u03c5\u057d", "v": "\u03bd", "w": "\u051d\u03c9\u0561",
    "x": "\u0445\u03c7", "y": "\u0443\u03b3", "A": "\u0410\u0391\u13aa", "B": "\u0412\u0392\u13f4",
    "C": "\u0421\u13df", "D": "\u13a0",
    "E": "\u0415\u0395\u13ac", "G": "\u050c\u13b6", "H": "\u041d\u0397\u13bb", "I": "\u0406\u0399\u13c6",
    "J": "\u0408\u13ab", "K": "\u041a\u039a\u13e6", "L": "\u13de", "M": "\u041c\u039c\u13b7", "N": "\u039d",
    "O": "\u041e\u039f", "P": "\u0420\u03a1\u13e2", "Q": "\u051a", "R": "\u13d2", "S": "\u0405\u13da",
    "T": "\u0422\u03a4\u13a2", "V": "\u13d9", "W": "\u051c\u13d4", "X": "\u0425\u03a7", "Y": "\u0423\u04ae\u03a5\u13bd",
    "Z": "\u0396\u13c3",
}  # fmt: skip

_DRESSED: Final = {
    "a": "\u1d00\u0251", "b": "\u0299", "c": "\u1d04", "d": "\u1d05", "e": "\u1d07", "f": "\ua730\u0192",
    "g": "\u0262\u0261", "h": "\u029c", "i": "\u026a\u0131\u0269", "j": "\u1d0a\u0237", "k": "\u1d0b",
    "l": "\u029f", "m": "\u1d0d",
    "n": "\u0274", "o": "\u1d0f", "p": "\u1d18", "r": "\u0280", "s": "\ua731", "t": "\u1d1b", "u": "\u1d1c",
    "v": "\u1d20", "w": "\u1d21", "y": "\u028f", "z": "\u1d22",
}  # fmt: skip
"""Small capitals and the like: they are of the Latin script, so no word tells whether they are meant."""

_DISCS: Final = (0x1F150, 0x1F170)
"""Where the alphabets on black discs and on black squares begin, which NFKC leaves as they are."""

_LATIN_OF: Final = {ord(other): latin for latin, others in _ALIKE.items() for other in others}
_PLAIN_OF: Final = {ord(other): latin for latin, others in _DRESSED.items() for other in others} | {
    first + place: chr(ord("A") + place) for first in _DISCS for place in range(26)
}
_LOOKS_LATIN: Final = re.compile(f"[{''.join(map(chr, _LATIN_OF))}]")
_IS_DRESSED: Final = re.compile(f"[{''.join(map(chr, _PLAIN_OF))}]")
_WORD: Final = re.compile(r"[^\W\d_]*[^\W\d_\x00-\x7f][^\W\d_]*")
_LATIN: Final = re.compile("[A-Za-z\u00c0-\u024f]")
_SHORTEST: Final = 3
"""Letters of the shortest word that is read as Latin without a Latin letter in it: a single alpha says nothing."""


def as_latin(text: str) -> str:
    """Read look-alikes as the Latin letters that they imitate. Every character keeps its place."""
    if _IS_DRESSED.search(text):
        text = text.translate(_PLAIN_OF)
    if not _LOOKS_LATIN.search(text):
        return text
    honest = any(_is_honest(word) for word in _WORD.findall(text))
    return _WORD.sub(lambda found: _read(found.group(), honest=honest), text)


def _is_honest(word: str) -> bool:
    """Whether a word is of another script: it has none of ours, and letters that do not look like ours."""
    return not _LATIN.search(word) and _LOOKS_LATIN.sub("", word) != ""


def _read(word: str, *, honest: bool) -> str:
    if _LATIN.search(word):
        return word.translate(_LATIN_OF)
    imitates = not honest and len(word) >= _SHORTEST and not _LOOKS_LATIN.sub("", word)
    return word.translate(_LATIN_OF) if imitates else word
