"""Sentences within a window of tokens, to say which of them a judgement on the window is about."""

import re
from typing import Final

import numpy as np

from detectors.encoder.model import Tokens

SHORTEST: Final = 4
"""Tokens of the shortest sentence that is looked at by itself; shorter ones go with the one before."""

_BORDER: Final = re.compile(r"[.!?\u2026](?=[\"')\]\u201d\u2019]*\s)[\"')\]\u201d\u2019]*|\n")


def sentences(text: str, tokens: Tokens) -> list[slice]:
    """Cut a window's tokens at the ends of sentences and lines; `text` is what they were made from."""
    low = int(tokens.starts[0])
    borders = [low + found.end() for found in _BORDER.finditer(text[low : int(tokens.ends[-1])])]
    firsts = [0]
    for place in np.searchsorted(tokens.starts, borders).tolist():
        if place - firsts[-1] >= SHORTEST and place <= len(tokens) - SHORTEST:
            firsts.append(place)
    return [slice(first, last) for first, last in zip(firsts, [*firsts[1:], len(tokens)], strict=True)]
