"""Forms and records: labels with values, in lines, in one line, in tables, or with the label left out."""

import random
from collections.abc import Callable, Iterator
from typing import Final

from detectors.training.example import Example
from detectors.training.made.entities.maker import Maker, Persona
from detectors.training.made.entities.pieces import Piece, example
from detectors.training.made.entities.template import value
from detectors.training.made.entities.word_lists import sections

SOURCE: Final = "made/entities/forms"
FIELDS: Final = sections("labels")
"""Labels by the kind of their value."""

CASES: Final[tuple[Callable[[str], str], ...]] = (str, str, str.lower, str.upper)
COLONS: Final = (": ", ": ", ": ", ":", " - ", " = ", "\t", ":\n", " ", " | ")
BREAKS: Final = ("\n", "\n", "\n", "\n\n", " | ", "; ", ", ", "   ", "\n- ", "\n* ")


def examples(rng: random.Random, count: int) -> Iterator[Example]:
    """Make records of one to nine fields about one person."""
    maker = Maker(rng)
    for _ in range(count):
        yield example(_form(maker), SOURCE)


def _form(maker: Maker) -> list[Piece]:
    kinds = maker.rng.sample(tuple(FIELDS), maker.rng.randint(1, 9))
    if maker.chance(0.7):
        kinds = ["full", *(kind for kind in kinds if kind not in {"full", "sorted"})]
    colon, between, case = maker.choice(COLONS), maker.choice(BREAKS), maker.choice(CASES)
    unlabelled = between in {"\n", " | ", "; "} and maker.chance(0.15)
    personas: dict[str, Persona] = {}
    pieces = [Piece(maker.choice(HEADINGS))] if "\n" in between else []
    for number, kind in enumerate(kinds):
        label = "" if unlabelled else case(maker.choice(FIELDS[kind])) + colon
        pieces += [Piece((between if number else "") + label), *value(kind, "a", maker, personas)]
    return pieces


HEADINGS: Final = (
    "",
    "",
    "",
    "",
    "Registration form\n",
    "CUSTOMER DETAILS\n",
    "Application\n\n",
    "## Contact\n",
    "---\n",
    "Personal data\n",
)
