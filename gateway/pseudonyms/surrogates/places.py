"""Made-up places, addresses and organisations: the words that say what it is stay, names and numbers change."""

import re
from typing import Final

from gateway.pseudonyms.surrogates.draw import Draw
from gateway.pseudonyms.surrogates.people import WORD, is_latin
from gateway.pseudonyms.surrogates.shape import alike, in_case
from gateway.pseudonyms.surrogates.words import PLACES, invented

_STREETS: Final = (
    "street st road rd avenue ave lane ln drive dr court ct square sq place pl way close crescent terrace boulevard "
    "blvd highway apartment apt suite floor unit north south east west strasse straße str platz weg allee gasse "
    "hausnummer rue chemin quai impasse cours calle plaza paseo avenida piso via piazza viale corso vicolo "
    "de la le les du des del della di der den am im an of the"
)
_FIRMS: Final = (
    "ltd limited inc incorporated llc llp plc corp corporation co company group holding holdings bank university "
    "college school hospital clinic trust association institute foundation gmbh ag kg ohg se ev mbh sa sas sarl sl srl "
    "spa bv nv and und et y e of the for de la le du des der die das"
)
_OF_STREETS, _OF_FIRMS = frozenset(_STREETS.split()), frozenset(_FIRMS.split())
_TOKEN: Final = re.compile(rf"{WORD.pattern}|\d+[A-Za-z]?")
_ACRONYM: Final = 5


def location(surface: str, draw: Draw) -> str | None:
    """Give a place that there is not, in one word."""
    words = WORD.findall(surface)
    return in_case(draw.one(PLACES), surface) if words and all(map(is_latin, words)) else None


def address(surface: str, draw: Draw) -> str | None:
    """Give an address of the same form."""
    return _other(surface, draw, _OF_STREETS)


def organisation(surface: str, draw: Draw) -> str | None:
    """Give a firm of the same legal form."""
    return _other(surface, draw, _OF_FIRMS)


def _other(surface: str, draw: Draw, kept: frozenset[str]) -> str | None:
    if not all(map(is_latin, WORD.findall(surface))):
        return None
    made = _TOKEN.sub(lambda match: _word(match[0], draw, kept), surface)
    return made if made.isascii() else None


def _word(word: str, draw: Draw, kept: frozenset[str]) -> str:
    if word.casefold() in kept:
        return word
    if word[0].isdigit() or len(word) == 1 or (word.isupper() and len(word) <= _ACRONYM):
        return alike(word, draw)
    return in_case(invented(draw), word)
