r"""Templates: sentences with slots. They lie in `sentences/*.txt`, one a line.

- `{city}` is a value of a kind, a new one each time.
- `{a.first}`, `{a.email}`: values of one person, the same wherever they recur; "a" is any letter.
- `[Hello|Hi|]` is one of the alternatives, which may hold slots and further alternatives.
- `\n` and `\t` are a line break and a tab.
- Double angle quotation marks stand for brackets, single ones for braces.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

from detectors.training.made.entities.addresses import ADDRESS_KINDS
from detectors.training.made.entities.dates import DATE_KINDS
from detectors.training.made.entities.groups import GROUP_KINDS
from detectors.training.made.entities.maker import Kind, Maker, Persona
from detectors.training.made.entities.numbers import NUMBER_KINDS
from detectors.training.made.entities.online import ONLINE_KINDS
from detectors.training.made.entities.organizations import ORGANIZATION_KINDS
from detectors.training.made.entities.people import PEOPLE_KINDS
from detectors.training.made.entities.pieces import Piece
from detectors.training.made.entities.places import PLACE_KINDS
from detectors.training.made.entities.things import THING_KINDS

KINDS: Final[Mapping[str, Kind]] = {
    **PEOPLE_KINDS,
    **PLACE_KINDS,
    **ADDRESS_KINDS,
    **ORGANIZATION_KINDS,
    **DATE_KINDS,
    **GROUP_KINDS,
    **ONLINE_KINDS,
    **NUMBER_KINDS,
    **THING_KINDS,
}
"""Every kind by the name that slots have."""

SLOT: Final = re.compile(r"\{(?:([a-z])\.)?([a-z0-9]+)\}")
_BRACKETS: Final = str.maketrans("\u00ab\u00bb\u2039\u203a", "[]{}")
# What an empty alternative leaves behind.
_GAPS: Final = re.compile(r"(?<=\S) {2,}(?=\S)")
_LOOSE: Final = re.compile(r" +(?=[,.!?;](?:\s|$))")
_ALTERNATIVES: Final = re.compile(r"\[([^\[\]]*)\]")


@cache
def sentences(idea: str) -> tuple[str, ...]:
    """Read the templates of one file in `sentences/`."""
    text = (resources.files("detectors.training.made.entities") / "sentences" / f"{idea}.txt").read_text("utf-8")
    return tuple(line for line in text.splitlines() if line.strip() and not line.startswith("#"))


def fill(template: str, maker: Maker, personas: dict[str, Persona] | None = None) -> list[Piece]:
    """Fill a template's slots. `personas` are known from earlier text and grow. An unknown kind is a KeyError."""
    known = {} if personas is None else personas
    chosen = template.replace("\\n", "\n").replace("\\t", "\t")
    while found := _ALTERNATIVES.search(chosen):
        chosen = chosen[: found.start()] + maker.choice(found[1].split("|")) + chosen[found.end() :]
    chosen = _GAPS.sub(" ", _LOOSE.sub("", chosen))
    pieces, at = [], 0
    for slot in SLOT.finditer(chosen):
        pieces += [Piece(_literal(chosen[at : slot.start()])), *value(slot[2], slot[1], maker, known)]
        at = slot.end()
    return _whole_names([*pieces, Piece(_literal(chosen[at:]))])


def _whole_names(pieces: list[Piece]) -> list[Piece]:
    """Make one entity of a first and a last name with a blank between them."""
    made: list[Piece] = []
    for piece in (piece for piece in pieces if piece.text):
        made.append(piece)
        if [part.entity for part in made[-3:]] == ["PERSON", None, "PERSON"] and made[-2].text == " ":
            made[-3:] = [Piece(f"{made[-3].text} {piece.text}", "PERSON")]
    return made


def _literal(text: str) -> str:
    return text.translate(_BRACKETS)


def value(kind: str, letter: str | None, maker: Maker, personas: dict[str, Persona]) -> list[Piece]:
    """Make a value of a kind; for the same letter and kind always the same."""
    if letter is None:
        return KINDS[kind](maker, maker.persona())
    if letter not in personas:
        personas[letter] = maker.persona()
    said = personas[letter].said
    if kind not in said:
        said[kind] = KINDS[kind](maker, personas[letter])
    return said[kind]
