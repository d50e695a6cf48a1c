"""Attacks and harmless look-alikes in German, French, Spanish, Italian and, by a few sentences each, others."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

from detectors.training.example import Example
from detectors.training.made.grammar import Grammar
from detectors.training.made.promptings import DIRECT, NO_ATTACK, distinct, rough

_GRAMMAR: Final = Grammar("things", "orders", "aims", "foreign")
_LANGUAGES: Final = ("de", "de", "fr", "es", "it", "xx")


def examples(rng: Random, count: int, data: Path | None = None) -> Iterator[Example]:
    """Yield `count` texts, half of them attacks; `data` is not needed."""
    del data
    return distinct(_sentence, rng, count)


def order(rng: Random) -> str:
    """Return an attack in a language other than English."""
    return _GRAMMAR.one(rng, f"{rng.choice(_LANGUAGES)}_attack")


def _sentence(rng: Random) -> Example:
    language, attack = rng.choice(_LANGUAGES), rng.random() < 0.5
    tables = [f"{language}_attack" if attack else f"{language}_harmless"]
    if rng.random() < 0.4:
        tables.insert(rng.randint(0, 1), rng.choice((f"{language}_harmless", tables[0])))
    text = rng.choice((" ", " ", "\n")).join(_GRAMMAR.one(rng, table) for table in tables)
    kind = "attack" if attack else "harmless"
    return Example(rough(rng, text), DIRECT if attack else NO_ATTACK, f"made/foreign:{language}-{kind}")
