"""Words near a hit that speak for it: "account 12345678" is more of a bank account than "12345678" alone.

The rule and its numbers are those of Presidio's `LemmaContextAwareEnhancer` (the hit's own word and five words before
it; a supported score rises by 0.35, at least to 0.4), with two differences: a context word must be a whole word or
phrase (Presidio takes "pan" in "company" for support), and instead of lemmas, which need a language model, a plural "s"
is allowed.
"""

from collections.abc import Iterable

import regex

from detectors.text.deadline import Deadline
from detectors.text.hits import Hit

WORDS_BEFORE = 5
RISE = 0.35
SUPPORTED_AT_LEAST = 0.4
REACH = 120
"""Code points before a hit in which its words are looked for."""

_LAST_WORDS = regex.compile(rf"(?:[\w'#.]+[^\w'#.]*){{0,{WORDS_BEFORE}}}$", regex.REVERSE)


class Context:
    """The context words of one recogniser, and by how much they raise a score."""

    def __init__(self, words: Iterable[str], rise: float = RISE) -> None:
        longest_first = sorted({word.strip().lower() for word in words}, key=len, reverse=True)
        phrases = "|".join(regex.escape(word) for word in longest_first)
        self._rise = rise
        self._phrases = regex.compile(rf"(?<!\w)(?:{phrases})s?(?!\w)", regex.IGNORECASE)

    def lift(self, text: str, hits: list[Hit], deadline: Deadline) -> list[Hit]:
        """Give the hits with the scores that their surroundings earn them.

        Raises:
            TimeoutError: `deadline` has passed.
        """
        return [self._lifted(text, hit, deadline) if hit.score < 1 else hit for hit in hits]

    def _lifted(self, text: str, hit: Hit, deadline: Deadline) -> Hit:
        deadline.seconds_left()
        if not self._phrases.search(text, _words_begin(text, hit.start), hit.end):
            return hit
        return Hit(hit.start, hit.end, min(1.0, max(hit.score + self._rise, SUPPORTED_AT_LEAST)))


def _words_begin(text: str, start: int) -> int:
    """Find where the last words before `start` begin."""
    nearest = max(0, start - REACH)
    words = _LAST_WORDS.search(text, nearest, start)
    return words.start() if words else nearest
