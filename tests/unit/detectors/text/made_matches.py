"""Make up texts that a pattern matches, from the pattern itself: what a test of gates needs for every rule alike.

A pattern is read by the parser of Python's `re` and walked with a random choice at each branch, class and repeat. What
looks around is left out, so not every text matches: whoever asks keeps those that do.
"""

import random
import re
import string
from collections.abc import Iterator
from re import _constants as ops  # the parser has no public name
from re import _parser as parser

import regex

LONG = 40
"""How far beyond its least count a repeat goes, now and then."""

_PRINTABLE = [chr(code) for code in range(0x20, 0x7F)]
_WIDE = list("\u00e9\u00df\u0416\u4e2d\u0661\uff11\u00a0\u2003\u2013\u017f\u212a")
"""Letters, digits, blanks and marks past ASCII, and two letters whose other case is an ASCII letter."""
_CATEGORIES = {
    ops.CATEGORY_DIGIT: r"\d", ops.CATEGORY_NOT_DIGIT: r"\D", ops.CATEGORY_WORD: r"\w",
    ops.CATEGORY_NOT_WORD: r"\W", ops.CATEGORY_SPACE: r"\s", ops.CATEGORY_NOT_SPACE: r"\S",
}  # fmt: skip
_ALPHABET = [*_PRINTABLE, "\n", "\t", "\r", *_WIDE]
_OF_CATEGORY = {
    category: [one for one in _ALPHABET if re.match(expression, one)] for category, expression in _CATEGORIES.items()
}
_PROPERTIES = {r"\p{Lu}": "A-Z\u00c4\u00c9", r"\p{Ll}": "a-z\u00e4\u00e9", r"\p{L}": "A-Za-z\u00c4\u00e9"}
_PIECE = regex.compile(r"\\p\{\w+\}|\\.|.", regex.DOTALL)
_REGEX_ONLY = regex.compile(r"\\K|(?<=[*+?}])\+")


class MadeMatches:
    """Texts for one pattern of the `regex` module, compiled with `flags`."""

    def __init__(self, pattern: str, flags: int, pick: random.Random, *, wide: bool = False) -> None:
        """Take a pattern. `wide` texts may hold characters past ASCII."""
        self._tree = parser.parse(_readable(pattern), flags & (re.I | re.M | re.S))
        self._caseless = bool(flags & regex.IGNORECASE)
        self._pick = pick
        self._wide = wide
        self._groups: dict[int, str] = {}

    def text(self) -> str:
        """Make one text that matches, but for what the pattern looks at around itself."""
        self._groups.clear()
        return "".join(self._sequence(self._tree, self._caseless))

    def _sequence(self, nodes: parser.SubPattern, caseless: bool) -> Iterator[str]:
        for op, value in nodes:
            yield self._one(op, value, caseless)

    def _one(self, op: object, value: object, caseless: bool) -> str:
        made = getattr(self, "_" + str(op).lower(), None)
        if made is None:
            raise ValueError(f"no text is made for {op}: teach this class")
        return made(value, caseless)

    def _literal(self, code: int, caseless: bool) -> str:
        character = chr(code)
        return self._pick.choice((character, character.upper(), character.lower())) if caseless else character

    def _not_literal(self, code: int, _caseless: bool) -> str:
        return self._of(set(self._all()) - {chr(code)})

    def _any(self, _value: None, _caseless: bool) -> str:
        return self._of(self._all())

    def _in(self, items: list, caseless: bool) -> str:
        negated = items[0][0] is ops.NEGATE
        named = {one for item in items for one in self._members(*item)}
        if negated:
            return self._of(set(self._all()) - named)
        return self._literal(ord(self._of(named)), caseless)

    def _members(self, op: object, value: object) -> list[str]:
        if op is ops.LITERAL:
            return [chr(value)]
        if op is ops.RANGE:
            return [chr(code) for code in range(value[0], min(value[1], value[0] + 200) + 1)]
        return _OF_CATEGORY[value] if op is ops.CATEGORY else []

    def _max_repeat(self, value: tuple, caseless: bool) -> str:
        least, most, nodes = value
        most = min(most, least + LONG)
        count = self._pick.choice((least, most, self._pick.randint(least, most), min(least + 1, most)))
        return "".join("".join(self._sequence(nodes, caseless)) for _ in range(count))

    _min_repeat = _possessive_repeat = _max_repeat

    def _branch(self, value: tuple, caseless: bool) -> str:
        return "".join(self._sequence(self._pick.choice(value[1]), caseless))

    def _subpattern(self, value: tuple, caseless: bool) -> str:
        number, adds, drops, nodes = value
        caseless = (caseless or bool(adds & re.I)) and not drops & re.I
        made = "".join(self._sequence(nodes, caseless))
        if number is not None:
            self._groups[number] = made
        return made

    def _atomic_group(self, nodes: parser.SubPattern, caseless: bool) -> str:
        return "".join(self._sequence(nodes, caseless))

    def _groupref(self, number: int, _caseless: bool) -> str:
        return self._groups.get(number, "")

    def _at(self, _value: object, _caseless: bool) -> str:
        return ""

    def _assert(self, value: tuple, caseless: bool) -> str:
        """Write out what must be before, since it stands nowhere else; what must follow, every other time."""
        direction, nodes = value
        written = direction < 0 or self._pick.random() < 0.5
        return "".join(self._sequence(nodes, caseless)) if written else ""

    def _assert_not(self, _value: object, _caseless: bool) -> str:
        return ""

    def _all(self) -> list[str]:
        return _ALPHABET if self._wide else _ALPHABET[: -len(_WIDE)]

    def _of(self, characters: set[str] | list[str]) -> str:
        usable = [one for one in characters if self._wide or one.isascii()]
        letters = [one for one in usable if one in string.ascii_letters + string.digits]
        return self._pick.choice(sorted(letters if letters and self._pick.random() < 0.7 else usable or characters))


def _readable(pattern: str) -> str:
    """Leave out what only the `regex` module knows, and write letters of a kind as a few of them."""
    pieces, in_class = [], False
    for piece in _PIECE.findall(_REGEX_ONLY.sub("", pattern)):
        letters = _PROPERTIES.get(piece)
        pieces.append(piece if letters is None else letters if in_class else f"[{letters}]")
        in_class = piece == "[" or (in_class and piece != "]")
    return "".join(pieces)
