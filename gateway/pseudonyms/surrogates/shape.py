"""Write a made-up value in the shape of a real one: the same signs, the same case, digits for digits."""

import string
from typing import Final

from gateway.pseudonyms.surrogates.draw import Draw

_UPPER: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_LOWER: Final = _UPPER.lower()


def filled(pattern: str, characters: str) -> str | None:
    """Give a text in which letters and digits are these, in their order; None if there are more or fewer of them."""
    if sum(character.isalnum() for character in pattern) != len(characters):
        return None
    rest = iter(characters)
    return "".join(next(rest) if character.isalnum() else character for character in pattern)


def alike(pattern: str, draw: Draw, *, letters: bool = True) -> str:
    """Give a text with other digits and, unless told otherwise, other letters; ASCII only."""
    return "".join(_alike(character, draw, letters=letters) for character in pattern)


def in_case(word: str, pattern: str) -> str:
    """Give a word in capitals or small letters where the other one is, else as it is."""
    if len(pattern) > 1 and pattern.isupper():
        return word.upper()
    return word.lower() if pattern.islower() else word


def _alike(character: str, draw: Draw, *, letters: bool) -> str:
    if character.isdigit():
        return draw.one(string.digits)
    if character.isalpha() and letters:
        return draw.one(_LOWER if character.islower() else _UPPER)
    return character
