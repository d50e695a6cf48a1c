"""Made-up names of persons, word for word: "Ann Lee" and "Ms Lee" share the word that stands for "Lee".

So the same person has the same name in all its forms without anybody having to link them, and a model that shortens a
full name to its last word still says something that can be put back.
"""

import re
import unicodedata
from typing import Final, NamedTuple

from gateway.pseudonyms.aliases import TITLES, title_gender
from gateway.pseudonyms.surrogates.draw import Draw
from gateway.pseudonyms.surrogates.shape import in_case
from gateway.pseudonyms.surrogates.words import DEFAULT, OF_GIVEN, Gender, given_name, invented

WORD: Final = re.compile(r"[^\W\d_]+(?:['\u2019\u2010-][^\W\d_]+)*")
_POSSESSIVE: Final = re.compile(r"['\u2019]s$")
_PARTICLES: Final = frozenset(
    ["van", "von", "der", "den", "de", "la", "le", "du", "da", "di", "del", "dos", "das", "zu", "y", "e", "of", "the"]
)
_SUFFIXES: Final = frozenset(["jr", "sr", "ii", "iii", "iv", "phd", "md", "esq"])
_SHORTEST: Final = 2


class Part(NamedTuple):
    """One word of a name that something else must stand for, and what is known of it: "" or () for nothing."""

    start: int
    end: int
    word: str
    is_given: bool
    gender: Gender


def parts(surface: str) -> list[Part] | None:
    """Give the words of a name that are to be replaced, in their order; None for what can't be.

    Titles and particles stay. An initial can't be put back by itself, and no names are made for other scripts.
    """
    if any(character.isdigit() for character in surface):
        return None
    words = [(match.start(), _POSSESSIVE.sub("", match[0])) for match in WORD.finditer(surface)]
    own = [(start, word) for start, word in words if not _stays(word, alone=len(words) == 1)]
    if not own or not all(len(word) >= _SHORTEST and is_latin(word) for _, word in own):
        return None
    known = next((OF_GIVEN[word.casefold()] for _, word in own if word.casefold() in OF_GIVEN), None)
    titled = next((title for _, word in words if (title := title_gender(word)) is not None), None)
    is_turned = surface.find(",") in range(own[0][0], own[-1][0])
    gender = known or Gender(DEFAULT, -1 if titled is None else titled)
    last = 0 if is_turned else len(own) - 1
    return [
        Part(
            start,
            start + len(word),
            word,
            word.casefold() in OF_GIVEN or (len(own) > 1 and number != last),
            OF_GIVEN.get(word.casefold(), gender),
        )
        for number, (start, word) in enumerate(own)
    ]


def made_up(part: Part, draw: Draw) -> str:
    """Give a word for one: a given name of the same gender and language where known, or a family name."""
    language, which = part.gender
    if part.is_given:
        return in_case(given_name(draw, language, which if which >= 0 else None), part.word)
    return in_case(invented(draw, language), part.word)


def is_latin(word: str) -> bool:
    """Tell whether all letters are Latin ones."""
    return all(unicodedata.name(character, "").startswith("LATIN") for character in word if character.isalpha())


def _stays(word: str, *, alone: bool) -> bool:
    if alone:
        return False
    return word in _PARTICLES or word.casefold() in TITLES or word.casefold() in _SUFFIXES
