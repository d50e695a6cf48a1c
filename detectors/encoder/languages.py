"""In which language a stretch of text is, as far as that decides what the encoder's silence about it is worth.

The encoder was made for English. It reads other languages in the Latin script as well and finds many names there, but
what it says of their meaning was never measured. Whoever is told so can decide; a clean answer would be a wrong one.

Only words in lower case are looked at: lists of names and towns, ids and most code have few of them, and say nothing
about a language. What has many common English words is English; only the rest is given to a language identifier
(py3langid, 139 languages), which costs about 2 µs a character, some hundredth of what reading it costs.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from detectors.encoder.identifier import probabilities
from detectors.encoder.scripts import is_latin

LANGUAGE: Final = "language"
"""A part is in a script or a language for which there is neither an encoder nor patterns."""

PATTERNS_ONLY: Final = "language.patterns"
"""A part is in a language whose names, addresses and labels patterns know; nothing can be said of its meaning."""

WITH_PATTERNS: Final = frozenset({"de", "fr", "es", "it"})
"""The languages of `detectors/text/languages/`, in ISO 639-1."""

FEWEST_WORDS: Final = 8
"""Words in lower case from which on a language is told: fewer, and a line of a song would be one."""

SURE: Final = 0.9
"""How probable it must be, all languages of a kind together: from here on no English text of our sets is foreign."""

SHARE: Final = 0.25
"""The share of a stretch's words that must be in another language; it is that for other scripts, too."""

_STRETCH: Final = 40
"""Words that are judged together; an English question about a Dutch letter is two texts."""

_LOOKS: Final = 4
"""Stretches of a section that the identifier is asked about, evenly spread over those that are not English."""

_CHARS: Final = 240
"""Characters of such a stretch that it is given."""

_ENGLISH_SHARE: Final = 0.125
"""From which share of common words on a stretch is English. Prose has twice as many, other languages a tenth."""

_WORD: Final = re.compile(r"(?<![\w.@/\\#$&-])[^\W\d_]+(?:['\u2019-][^\W\d_]+)*(?![\w@/\\=(])")

_ENGLISH: Final = (
    "the and of that with you your this these those have has had what how from not they their them would could should"
    " which there been if but who where when why it its my his her our about into than then please because while"
    " i'm it's don't does did were being such any each other some only between through after before"
)

_LANGUAGES: Final = (
    "af az bs ca cs cy da et eu fi fo ga gl ha hr ht hu id ig is jv ku lt lv mg ms mt nl nn no nso pl pt ro rw sk sl"
    " sn so sq sr st sv sw tk tl tr uz vi xh yo zu"
)
"""Living languages in the Latin script with some millions of readers; dialects near one of ours count as nothing."""

_COMMON: Final = frozenset(_ENGLISH.split())
_OTHERS: Final = frozenset(_LANGUAGES.split())


def unread_language(text: str) -> str | None:
    """Say why a normalised stretch of some thousand characters can't be said to be read; None if it can."""
    if not is_latin(text):
        return LANGUAGE
    words = [word for word in _WORD.findall(text) if word.islower()]
    if len(words) < FEWEST_WORDS:
        return None
    unknown = [stretch for stretch in _stretches(words) if not _is_english(stretch)]
    if sum(map(len, unknown)) < SHARE * len(words):
        return None
    return _reason(unknown, len(words))


def worse(one: str | None, other: str | None) -> str | None:
    """Give the reason that says more against a text."""
    return max(one, other, key=(None, PATTERNS_ONLY, LANGUAGE).index)


def _reason(unknown: Sequence[Sequence[str]], words: int) -> str | None:
    looked_at = unknown[:: -(-len(unknown) // _LOOKS)]
    others = patterned = 0
    for stretch in looked_at:
        probable = probabilities(" ".join(stretch)[:_CHARS])
        if sum(probable.get(language, 0.0) for language in _OTHERS) >= SURE:
            others += len(stretch)
        elif sum(probable.get(language, 0.0) for language in WITH_PATTERNS) >= SURE:
            patterned += len(stretch)
    enough = SHARE * words * sum(map(len, looked_at)) / sum(map(len, unknown))
    if others >= enough:
        return LANGUAGE
    return PATTERNS_ONLY if others + patterned >= enough else None


def _stretches(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """Cut words into stretches of about one length, none of fewer than `FEWEST_WORDS`."""
    count = max(1, round(len(words) / _STRETCH))
    for place in range(count):
        yield words[len(words) * place // count : len(words) * (place + 1) // count]


def _is_english(words: Sequence[str]) -> bool:
    return sum(word in _COMMON for word in words) >= _ENGLISH_SHARE * len(words)
