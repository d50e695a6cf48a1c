"""NRP: nationalities, ethnic and religious groups, political ones, as adjectives and as nouns."""

from typing import Final

from detectors.training.made.entities.maker import Kind, Maker, entity
from detectors.training.made.entities.pieces import Piece
from detectors.training.made.entities.places import city_name
from detectors.training.made.entities.word_lists import words

NATIONALITIES: Final = words("groups", "nationalities")
PEOPLES: Final = words("groups", "peoples")
ETHNIC: Final = words("groups", "ethnic")
RELIGIOUS: Final = words("groups", "religious")
BELIEVERS: Final = words("groups", "believers")
POLITICAL: Final = words("groups", "political")
PARTISANS: Final = words("groups", "partisans")
VOWELS: Final = "AEIOaeio"


def _nationality(maker: Maker) -> str:
    """Name a nationality, sometimes two in one, sometimes one of a town, known by its ending."""
    if maker.chance(0.06):
        return f"{maker.choice(words('groups', 'prefixes'))}-{maker.choice(NATIONALITIES)}"
    if maker.chance(0.05):
        return city_name(maker).split()[0].rstrip("aeiouy,-") + maker.choice(("ian", "ese", "an", "er", "ite", "ish"))
    return maker.choice(NATIONALITIES)


def _with_article(maker: Maker) -> list[Piece]:
    value = maker.choice(maker.rng.choices((NATIONALITIES, ETHNIC, RELIGIOUS, POLITICAL[:8]), (6, 1, 2, 1))[0])
    return [Piece("an " if value[0] in VOWELS else "a "), Piece(value, "NRP")]


GROUP_KINDS: Final[dict[str, Kind]] = {
    "nationality": entity("NRP", _nationality),
    "peoples": entity("NRP", lambda maker: maker.choice(PEOPLES)),
    "ethnic": entity("NRP", lambda maker: maker.choice(ETHNIC)),
    "religious": entity("NRP", lambda maker: maker.choice(RELIGIOUS)),
    "believers": entity("NRP", lambda maker: maker.choice(BELIEVERS)),
    "political": entity("NRP", lambda maker: maker.choice(POLITICAL)),
    "partisans": entity("NRP", lambda maker: maker.choice(PARTISANS)),
    "nrp": entity("NRP", lambda maker: maker.choice(maker.choice((NATIONALITIES, NATIONALITIES, ETHNIC, RELIGIOUS)))),
    "nrps": entity("NRP", lambda maker: maker.choice(maker.choice((PEOPLES, PEOPLES, BELIEVERS, PARTISANS)))),
    "annrp": lambda maker, _: _with_article(maker),
}
