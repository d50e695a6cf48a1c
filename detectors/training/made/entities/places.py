"""LOCATION: names of places without a street or postcode. "Pune, India" is two places; an article stays outside."""

from typing import Final

from detectors.training.made.entities import place_lists
from detectors.training.made.entities.maker import Kind, Maker, Persona, entity, invented, one_of
from detectors.training.made.entities.pieces import Piece
from detectors.training.made.entities.word_lists import words

DIRECTIONS: Final = words("places", "directions")
STATES_SHORT: Final = words("places", "states_short")


def city_name(maker: Maker) -> str:
    """Name a city or village of any country, sometimes one that is not there."""
    how = maker.rng.random()
    if how < 0.25:
        return maker.choice(place_lists.WELL_KNOWN)
    if how < 0.55:
        return maker.choice(place_lists.cities(maker.choice(place_lists.CITY_LISTS)))
    if how < 0.72:
        return maker.choice(place_lists.towns())
    if how < 0.95:
        return maker.faker(maker.choice(place_lists.CITY_MAKERS)).city()
    return invented(maker.rng)


def state_name(maker: Maker) -> str:
    """Name a state, province or county, half of them American."""
    locale = "en_US" if maker.chance(0.5) else maker.choice(tuple(place_lists.STATE_LISTS))
    return maker.choice(place_lists.states(locale))


def country_name(maker: Maker) -> str:
    """Name a country, its article left out."""
    return maker.choice(place_lists.countries()).removeprefix("the ")


def sight_name(maker: Maker) -> str:
    """Name a landmark, a mountain, a body of water, an airport."""
    if maker.chance(0.5):
        return maker.choice(place_lists.SIGHTS)
    named = maker.persona().last if maker.chance(0.5) else city_name(maker)
    return maker.choice(place_lists.FEATURES).format(named)


def region_name(maker: Maker) -> str:
    """Name a region, a continent, a quarter."""
    if maker.chance(0.2):
        return f"{maker.choice(DIRECTIONS)} {city_name(maker)}"
    return maker.choice(place_lists.REGIONS).removeprefix("the ")


def _city(maker: Maker, _: Persona) -> list[Piece]:
    return [Piece(city_name(maker), "LOCATION")]


def _state(maker: Maker, _: Persona) -> list[Piece]:
    return [Piece(state_name(maker), "LOCATION")]


def _country(maker: Maker, _: Persona) -> list[Piece]:
    return [Piece(country_name(maker), "LOCATION")]


def _region(maker: Maker, _: Persona) -> list[Piece]:
    return [Piece(region_name(maker), "LOCATION")]


def _the_sight(maker: Maker, _: Persona) -> list[Piece]:
    return [*([Piece("the ")] if maker.chance(0.3) else []), Piece(sight_name(maker), "LOCATION")]


def _within(maker: Maker, _: Persona) -> list[Piece]:
    larger = maker.choice((country_name(maker), state_name(maker), maker.choice(STATES_SHORT)))
    between = maker.choice((", ", ", ", ", ", " in ", " (", ", "))
    pieces = [Piece(city_name(maker), "LOCATION"), Piece(between), Piece(larger, "LOCATION")]
    return [*pieces, Piece(")")] if between == " (" else pieces


def _several(maker: Maker, who: Persona) -> list[Piece]:
    named = maker.choice((_city, _city, _country, _state))
    first, second, third = (named(maker, who) for _ in range(3))
    if maker.chance(0.5):
        return [*first, Piece(maker.choice((" and ", " or ", " & "))), *second]
    return [*first, Piece(", "), *second, Piece(maker.choice((" and ", ", and ", ", ", " or "))), *third]


PLACE_KINDS: Final[dict[str, Kind]] = {
    "placesake": entity("LOCATION", lambda maker: maker.choice(words("namesakes", "places"))),
    "city": one_of((_city, _within), (0.85, 0.15)),
    "justcity": _city,
    "state": _state,
    "country": _country,
    "region": _region,
    "sight": _the_sight,
    "citystate": _within,
    "places": _several,
    "place": one_of((_city, _within, _state, _country, _region, _the_sight), (0.4, 0.15, 0.1, 0.2, 0.08, 0.07)),
}
