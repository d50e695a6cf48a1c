"""Patterns with alternatives and slots, expanded by chance into plain sentences."""

import random
import re
from collections.abc import Mapping, Sequence
from typing import Final

DEPTH: Final = 12
"""Rounds of expansion before a pattern counts as endless."""

_ITEMS = re.compile(r"\n| \| ")
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_ARTICLE = re.compile(r"\b([Aa])\(n\) (?=[\"'“]?(\w+))")
_SILENT = re.compile(r"hour|honest|heir|honou?r|MP\b|SUV\b|X-ray", re.IGNORECASE)
_LIKE_YOU = re.compile(r"uni|use|usual|euro|one\b|once|ukr|ug[ai]", re.IGNORECASE)
_SENTENCE_START = re.compile(r"(^|[.!?…][\"”']?\s+)([\"'“(]*)([a-z])")

Slots = Mapping[str, Sequence[str]]


def table(text: str) -> tuple[str, ...]:
    """Return the items of a literal table: one a line, or several set off by a bar with blanks around it."""
    return tuple(item for piece in _ITEMS.split(text) if (item := piece.strip()))


def expand(rng: random.Random, pattern: str, slots: Slots) -> str:
    """Return one sentence of `pattern`, its first letters capital, its articles and blanks mended.

    `[a|b|]` stands for one of its alternatives, `{name}` for an item of a slot, which may hold both again; `a(n)` \
        becomes
    "a" or "an". Raises `KeyError` for an unknown slot and `ValueError` for a pattern that never ends.
    """
    text = pattern
    for _ in range(DEPTH):
        if "[" in text:
            text = _CHOICE.sub(lambda found: rng.choice(found[1].split("|")), text)
        elif "{" in text:
            text = _SLOT.sub(lambda found: rng.choice(slots[found[1]]), text)
        else:
            return capitalised(tidy(text))
    raise ValueError(f"endless: {pattern}")


def tidy(text: str) -> str:
    """Return `text` with single blanks, none before a stop or a comma, and articles that fit their word."""
    text = re.sub(r" +", " ", text).strip()
    text = re.sub(r" ([,;:!?]|\.(?!\.))", r"\1", text)
    text = re.sub(r",(?=[.!?,])", "", text)
    text = re.sub(r" '(re|d|m|ll|ve|s)\b", r"'\1", text)
    text = re.sub(r"\b(\w+) and \1\b", r"\1", text)
    text = re.sub(r"([!?])\.(?!\.)", r"\1", text)
    return _ARTICLE.sub(lambda found: found[1] + ("n " if _vowel(found[2]) else " "), text)


def capitalised(text: str) -> str:
    """Return `text` with a capital at the start of each sentence."""
    return _SENTENCE_START.sub(lambda found: found[1] + found[2] + found[3].upper(), text)


def _vowel(word: str) -> bool:
    return bool(_SILENT.match(word)) or (word[0] in "aeiouAEIOU" and not _LIKE_YOU.match(word))
