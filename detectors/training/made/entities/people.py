"""PERSON: full names, parts of them, initials, lists. Titles, roles and the possessive "'s" stay outside the span."""

from collections.abc import Callable
from typing import Final

from detectors.training.made.entities.maker import Kind, Maker, Persona, one_of, plain
from detectors.training.made.entities.pieces import Piece
from detectors.training.made.entities.word_lists import words

TITLES: Final = words("people", "titles")
SUFFIXES: Final = words("people", "suffixes")
PARTICLES: Final = words("people", "particles")


def _named(name: Callable[[Maker, Persona], str]) -> Kind:
    return lambda maker, persona: [Piece(name(maker, persona), "PERSON")]


def _last(maker: Maker, who: Persona) -> str:
    if maker.chance(0.05) and " " not in who.last:
        return maker.choice(PARTICLES) + who.last
    if maker.chance(0.05):
        return f"{who.last}-{maker.persona().last}"
    return who.last


def _initials(maker: Maker, who: Persona) -> str:
    return maker.choice(
        (
            f"{who.first[0]}. {who.last}",
            f"{who.first[0]}.{who.middle[0]}. {who.last}",
            f"{who.first[0]} {who.last}",
            f"{who.first} {who.last[0]}.",
            f"{who.first[0]}. {who.middle[0]}. {who.last}",
            f"{who.last} {who.first[0]}.",
            f"{who.last}, {who.first[0]}.",
        )
    )


def _full(maker: Maker, who: Persona) -> str:
    last = _last(maker, who)
    forms: tuple[tuple[float, Callable[[], str]], ...] = (
        (0.70, lambda: f"{who.first} {last}"),
        (0.08, lambda: f"{who.first} {who.middle[0]}. {last}"),
        (0.06, lambda: f"{who.first} {who.middle} {last}"),
        (0.06, lambda: _initials(maker, who)),
        (0.03, lambda: f"{who.first}-{who.middle} {last}"),
        (0.03, lambda: f"{who.first} {last}{maker.choice(SUFFIXES)}"),
        (0.02, lambda: f"{last}, {who.first}"),
        (0.02, lambda: f"{last} {who.first}"),
    )
    return maker.rng.choices([form for _, form in forms], [share for share, _ in forms])[0]()


FULL: Final = _named(_full)
FIRST: Final = _named(lambda _, who: who.first)
LAST: Final = _named(_last)
INITIALS: Final = _named(_initials)
SORTED: Final = _named(lambda maker, who: f"{_last(maker, who)}, {who.first}")
PLAIN_FULL: Final = _named(lambda _, who: f"{who.first} {who.last}")
NICK: Final = _named(lambda maker, who: _nick(maker, who.first))
MONOGRAM: Final = _named(lambda _, who: f"{who.first[0]}.{who.last[0].upper()}.")


def _nick(maker: Maker, first: str) -> str:
    short = first[: maker.choice((3, 4))].rstrip("aeiou -'\u2019") or first
    return short + maker.choice(("y", "ie", "o", "", "i", "a"))


def _titled(maker: Maker, who: Persona) -> list[Piece]:
    named = one_of((LAST, FULL, FIRST), (0.6, 0.35, 0.05))
    return [Piece(f"{maker.choice(TITLES)} "), *named(maker, who)]


def _owner(maker: Maker, who: Persona) -> list[Piece]:
    named = one_of((FIRST, FULL, LAST, _titled), (0.5, 0.3, 0.1, 0.1))(maker, who)
    return [
        *named,
        Piece("'" if named[-1].text.endswith("s") and maker.chance(0.5) else maker.choice(("'s", "'s", "\u2019s"))),
    ]


def _several(separators: tuple[tuple[str, str], ...], named: Kind) -> Kind:
    def make(maker: Maker, who: Persona) -> list[Piece]:
        between, last = maker.choice(separators)
        people = [named(maker, who), *(named(maker, maker.persona()) for _ in range(maker.choice((1, 2, 2, 3, 4))))]
        pieces = list(people[0])
        for number, person in enumerate(people[1:], 2):
            pieces += [Piece(last if number == len(people) else between), *person]
        return pieces

    return make


_SEPARATORS: Final = ((", ", " and "), (", ", ", and "), (", ", " & "), (", ", ", "), ("; ", "; "), (" / ", " / "))

PEOPLE_KINDS: Final[dict[str, Kind]] = {
    "namesakefull": _named(lambda maker, who: f"{maker.choice(words('namesakes', 'people'))} {who.last}"),
    "namesake": _named(lambda maker, _: maker.choice(words("namesakes", "people"))),
    "full": FULL,
    "first": FIRST,
    "last": LAST,
    "initials": INITIALS,
    "sorted": SORTED,
    "name": one_of((FULL, FIRST, LAST), (0.55, 0.35, 0.1)),
    "plainfull": PLAIN_FULL,
    "nick": NICK,
    "monogram": MONOGRAM,
    "titled": _titled,
    "owner": _owner,
    "fulls": _several(_SEPARATORS, FULL),
    "firsts": _several(_SEPARATORS[:4], FIRST),
    "title": plain(lambda maker: maker.choice(TITLES)),
}
