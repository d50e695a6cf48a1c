"""What makers of values share: one source of chance, Faker seeded from it, and people who stay the same in a text."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from faker import Faker

from detectors.training.made.entities.name_lists import CULTURES, ENGLISH, Names, names
from detectors.training.made.entities.pieces import Piece
from detectors.training.made.entities.word_lists import words

T = TypeVar("T")

ENGLISH_SHARE: Final = 0.4
"""Names from English-speaking countries; the rest are spread evenly over all other cultures."""


@dataclass(slots=True)
class Persona:
    """Somebody in a text, with all that was said about them so far."""

    first: str
    last: str
    middle: str
    said: dict[str, list[Piece]] = field(default_factory=dict)


class Maker:
    """Draws everything from `rng`, so equal seeds make equal texts."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self._fakers: dict[str, Faker] = {}

    def faker(self, locale: str) -> Faker:
        """Faker for one locale, seeded from `rng` at its first use."""
        if locale not in self._fakers:
            made = self._fakers[locale] = Faker(locale)
            made.seed_instance(self.rng.getrandbits(32))
        return self._fakers[locale]

    def choice(self, values: Sequence[T]) -> T:
        """Choose one of the values, all equally likely."""
        return self.rng.choice(values)

    def chance(self, share: float) -> bool:
        """Say yes in this share of cases."""
        return self.rng.random() < share

    def digits(self, shape: str) -> str:
        """`#` becomes a digit, `%` one from 1 to 9, `?` a capital, `@` a small letter, `^` a hex digit."""
        return "".join(_SHAPES[sign](self.rng) if sign in _SHAPES else sign for sign in shape)

    def persona(self) -> Persona:
        """Invent somebody: mostly of one culture, sometimes of two, sometimes with names that nobody bears."""
        one = self._names()
        other = self._names() if self.chance(0.12) else one
        made_up = self.chance(0.04)
        last = invented(self.rng) if made_up else self.choice(other.last)
        first = invented(self.rng) if made_up and self.chance(0.5) else self.choice(one.first)
        return Persona(first, last[0].upper() + last[1:] if self.chance(0.3) else last, self.choice(one.first))

    def _names(self) -> Names:
        return names(self.choice(ENGLISH if self.chance(ENGLISH_SHARE) else CULTURES))


Kind = Callable[[Maker, Persona], list[Piece]]
"""Makes one value, which may have plain words around it."""


def entity(name: str, value: Callable[[Maker], str]) -> Kind:
    """Make a kind that is one entity and says nothing of the persona."""
    return lambda maker, _: [Piece(value(maker), name)]


def plain(value: Callable[[Maker], str]) -> Kind:
    """Make a kind that is no entity."""
    return lambda maker, _: [Piece(value(maker))]


def one_of(kinds: Sequence[Kind], weights: Sequence[float]) -> Kind:
    """Choose one of the kinds, by weight."""
    return lambda maker, persona: maker.rng.choices(kinds, weights)[0](maker, persona)


def invented(rng: random.Random) -> str:
    """Make up a pronounceable word of two to four syllables that means nothing, capitalised."""
    syllables = (rng.choice(_ONSETS) + rng.choice(_VOWELS) for _ in range(rng.choice((2, 2, 3, 3, 4))))
    return ("".join(syllables) + rng.choice(_CODAS)).capitalize()


_ONSETS: Final = words("syllables", "onsets")
_VOWELS: Final = words("syllables", "vowels")
_CODAS: Final = words("syllables", "codas")
_SHAPES: Final[dict[str, Callable[[random.Random], str]]] = {
    "#": lambda rng: rng.choice("0123456789"),
    "%": lambda rng: rng.choice("123456789"),
    "?": lambda rng: rng.choice("ABCDEFGHJKLMNPQRSTUVWXYZ"),
    "@": lambda rng: rng.choice("abcdefghijklmnopqrstuvwxyz"),
    "^": lambda rng: rng.choice("0123456789abcdef"),
}
