"""Whether the encoder can make anything of a text: it was trained on languages in the Latin script only."""

import re
from typing import Final

FOREIGN_LETTERS: Final = 16
"""Letters of other scripts that a stretch may hold without being a stretch of another language: a name, a formula."""

FOREIGN_SHARE: Final = 0.25
"""The share of a stretch's letters that may be of other scripts."""

_LATIN: Final = (
    "\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1d00-\u1dbf\u1e00-\u1eff\u2c60-\u2c7f\ua722-\ua7ff"
)
_FOREIGN: Final = re.compile(f"[^\\W\\d_\\x00-\\x7f{_LATIN}]")
_LETTER: Final = re.compile(r"[^\W\d_]")


def is_latin(text: str) -> bool:
    """Whether a normalised text, some thousand characters at most, is in the script that the encoder reads."""
    if text.isascii():
        return True
    foreign = len(_FOREIGN.findall(text))
    return foreign <= FOREIGN_LETTERS or foreign <= FOREIGN_SHARE * len(_LETTER.findall(text))
