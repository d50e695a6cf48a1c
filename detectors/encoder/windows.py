"""How a text is cut so that the model sees all of it: sections of characters, windows of tokens, batches of windows.

A long text is tokenised section by section, which bounds memory and the time between two looks at the clock. Sections
overlap by some `SHARED_CHARS`, windows by some `encoder_format.OVERLAP` tokens, so that what is cut at one border
stands whole on the other side.
"""

from collections.abc import Iterator, Sequence
from typing import Final

SECTION_CHARS: Final = 4_096
"""Characters of a section: some thousand tokens."""

SHARED_CHARS: Final = 256
"""Characters at the end of a section that the next one begins with; up to as many more, so as to begin with a word."""

BATCH_TOKENS: Final = 512
"""Tokens in one run, padding included. More do not run faster on a CPU; a short text waits for one run at most."""

_PADDED: Final = 1.25
"""How much longer than the shortest window of a batch the longest may be; and `_SPARE` tokens more."""

_SPARE: Final = 4


def sections(text: str, chars: int = SECTION_CHARS) -> Iterator[tuple[int, int]]:
    """Cut a text into stretches (start, end) of about `chars` that cover it, at white space where there is any near."""
    start = 0
    while len(text) - start > chars + SHARED_CHARS:
        low = start + chars - SHARED_CHARS
        end = _after_blank(text, low, start + chars) or start + chars
        yield start, end
        shared = end - SHARED_CHARS
        start = _after_blank(text, shared - SHARED_CHARS, shared) or shared
    if len(text) > start:
        yield start, len(text)


def parts(count: int, room: int, overlap: int) -> list[tuple[int, int]]:
    """Cut `count` tokens into windows (first, last + 1) of at most `room`, neighbours sharing at least `overlap`.

    All are of one length, give or take a token: the last one sees as much around a token as the others do.
    """
    if count <= room:
        return [(0, count)] if count else []
    number = -(-(count - overlap) // (room - overlap))
    length = -(-(count + overlap * (number - 1)) // number)
    firsts = [(count - length) * place // (number - 1) for place in range(number)]
    return [(first, first + length) for first in firsts]


def batches(lengths: Sequence[int], tokens: int = BATCH_TOKENS) -> list[list[int]]:
    """Put windows of these lengths together in runs of at most so many tokens (or one window), of like lengths."""
    runs: list[list[int]] = []
    shortest = 0
    for place in sorted(range(len(lengths)), key=lengths.__getitem__):
        length = lengths[place]
        fits = runs and (len(runs[-1]) + 1) * length <= tokens and length <= shortest * _PADDED + _SPARE
        if not fits:
            runs.append([])
            shortest = length
        runs[-1].append(place)
    return runs


def _after_blank(text: str, low: int, high: int) -> int:
    """Find the place behind the last white space in a stretch; 0 if it has none."""
    stretch = text[low:high]
    tail = stretch.rsplit(None, 1)[-1] if not stretch[-1:].isspace() else ""
    return 0 if len(tail) == len(stretch) else high - len(tail)
