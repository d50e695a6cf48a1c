"""Which words of a text get the noise: some of the longer ones, now and then all."""

import random
import re
from collections.abc import Callable
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_ALL: Final = 0.15


def some_words(rng: random.Random, text: str, change: Callable[[str], str], *, most: int = 3) -> str:
    """Return `text` with 1 to `most` of its words changed, long ones first by odds, or all of them now and then.

    Words are runs of three or more letters; what stands between them stays. Text without any comes back as it is.
    """
    found = list(_WORD.finditer(text))
    if not found:
        return text
    chosen = found if rng.random() < _ALL else _some(rng, found, most)
    for hit in sorted(chosen, key=lambda hit: -hit.start()):
        text = text[: hit.start()] + change(hit[0]) + text[hit.end() :]
    return text


def _some(rng: random.Random, found: list[re.Match[str]], most: int) -> list[re.Match[str]]:
    wanted = rng.randint(1, most)
    return sorted(found, key=lambda hit: -rng.random() * len(hit[0]))[:wanted]
