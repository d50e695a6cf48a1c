"""Which names are the same person's: "Ann Lee", "Ann", "Ms Lee".

Only what can hardly be wrong is linked. A lone first or last name is that of the one full name that has it at its
beginning or end; where two do, or none, or where one title says "Ms" and another "Mr", it is a person of its own. Names
are taken in as the conversation brings them, and none that comes later changes what an earlier one was linked to.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

Name = tuple[str, ...]
"""The words of a name, case-folded, in the order given name to family name, without titles."""

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019\u2010-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['\u2019]s$")
_FEMININE: Final = (
    "mrs ms miss dame lady madam frau fräulein fr mme mmes mlle mlles madame mademoiselle sra srta señora señorita "
    "doña doctora sigra signora signorina dottoressa dottssa"
)
_MASCULINE: Final = "mr sir lord herr hr mm monsieur sr señor sig signor signore dottor dottore"
_EITHER: Final = "mx dr prof professor rev reverend judge captain dipl ing doktor maître docteur doctor dott avv"
_HERS, _HIS = frozenset(_FEMININE.split()), frozenset(_MASCULINE.split())
TITLES: Final = _HERS | _HIS | frozenset(_EITHER.split())
"""Forms of address in English, German, French, Spanish and Italian, case-folded, without their dots."""

_AFTER: Final = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md", "esq"})


def name_of(surface: str) -> Name:
    """Give the words of a name as it stands in a text; () for what is none, such as one with a digit in it."""
    return _read(surface)[0]


def title_gender(word: str) -> int | None:
    """Give 0 for a woman's title, 1 for a man's, None for any other word."""
    title = word.casefold()
    return 0 if title in _HERS else 1 if title in _HIS else None


def _read(surface: str) -> tuple[Name, str]:
    """Give the words of a name, and whether its title says "hers" or "his"."""
    text = unicodedata.normalize("NFC", surface).strip()
    if any(character.isdigit() for character in text):
        return (), ""
    before, comma, after = text.partition(",")
    family, given = _words(before), _words(after)
    while given and given[-1] in _AFTER:
        given.pop()
    words = [*given, *family] if comma else family
    said = ""
    while len(words) > 1 and words[0] in TITLES:
        title = words.pop(0)
        said = "hers" if title in _HERS else "his" if title in _HIS else said
    while len(words) > 1 and words[-1] in _AFTER:
        words.pop()
    return tuple(words), said


def _words(text: str) -> list[str]:
    return [_POSSESSIVE.sub("", word.casefold()) for word in _WORD.findall(text.replace(".", " "))]


class Aliases:
    """The persons of one call, by the stems of their tokens."""

    __slots__ = ("_full", "_said", "_stems")

    def __init__(self) -> None:
        self._stems: dict[Name, str] = {}
        self._said: dict[str, str] = {}
        self._full: defaultdict[str, set[Name]] = defaultdict(set)

    def expect(self, surfaces: Iterable[str]) -> None:
        """Take in the names of a text before they are linked: two full ones in it may make a lone one ambiguous."""
        for surface in surfaces:
            name = name_of(surface)
            if len(name) > 1:
                self._full[name[0]].add(name)
                self._full[name[-1]].add(name)

    def stem(self, surface: str) -> str | None:
        """Give the stem of the person that a name is of, None if that is nobody so far."""
        name, said = _read(surface)
        stem = self._of(name) if name else None
        return None if said and self._said.get(stem or "", said) != said else stem

    def add(self, surface: str, stem: str) -> None:
        """Note whose name this is. What was noted first counts."""
        name, said = _read(surface)
        if name:
            self.expect([surface])
            self._stems.setdefault(name, stem)
        if said:
            self._said.setdefault(stem, said)

    def _of(self, name: Name) -> str | None:
        if name in self._stems:
            return self._stems[name]
        if len(name) == 1:
            full = self._full.get(name[0], set())
            return self._stems.get(next(iter(full))) if len(full) == 1 else None
        ends = {(word,) for word in (name[0], name[-1])}
        lone = {self._stems[end] for end in ends if end in self._stems and self._full.get(end[0], set()) <= {name}}
        return lone.pop() if len(lone) == 1 else None
