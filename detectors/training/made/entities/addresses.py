"""ADDRESS: whatever holds a street, a box or a postcode, as one span from its first to its last part."""

from typing import Final

from detectors.training.made.entities.maker import Kind, Maker, entity
from detectors.training.made.entities.places import STATES_SHORT, city_name, country_name, state_name
from detectors.training.made.entities.word_lists import words

LOCALES: Final = (
    *("en_US", "en_US", "en_US", "en_GB", "en_GB", "en_CA", "en_AU", "en_NZ", "en_IE", "en_IN", "en_PH", "de_DE"),
    *("de_AT", "de_CH", "fr_FR", "fr_CH", "fr_CA", "es_ES", "es_MX", "es_AR", "es_CO", "es_CL", "it_IT", "nl_NL"),
    *("nl_BE", "pl_PL", "pt_PT", "pt_BR", "sv_SE", "da_DK", "no_NO", "fi_FI", "cs_CZ", "sk_SK", "sl_SI", "hr_HR"),
    *("hu_HU", "ro_RO", "id_ID", "az_AZ", "zu_ZA"),
)
STREETS: Final = words("addresses", "street_types")
STREET_NAMES: Final = words("addresses", "street_names")
UNITS: Final = words("addresses", "units")
PO_BOXES: Final = words("addresses", "boxes")
ABROAD: Final = words("addresses", "abroad")
POSTCODES: Final = words("addresses", "postcodes")


def street_line(maker: Maker) -> str:
    """Make house number and street of some country, perhaps with a flat."""
    how = maker.rng.random()
    if how < 0.35:
        return maker.faker(maker.choice(LOCALES)).street_address()
    if how < 0.55:
        return _named(maker, maker.digits(maker.choice(ABROAD)))
    name = maker.choice(STREET_NAMES) if maker.chance(0.5) else maker.persona().last
    turn = maker.choice(("", "", "", "", "N ", "S. ", "West ", "E ", "NW ", "Old ", "Upper "))
    number = maker.digits(maker.choice(("%", "%#", "%##", "%###", "%####", "%#a", "%#-%#", "%##B")))
    line = f"{number} {turn}{name} {maker.choice(STREETS)}"
    return f"{line}{maker.choice((', ', ' ', ', '))}{unit(maker)}" if maker.chance(0.25) else line


def road(maker: Maker) -> str:
    """Name a street without a number."""
    if maker.chance(0.2):
        return _named(maker, maker.choice(words("addresses", "roads_abroad")))
    name = maker.choice(STREET_NAMES) if maker.chance(0.5) else maker.persona().last
    return f"{name} {maker.choice(STREETS)}"


def _named(maker: Maker, form: str) -> str:
    who = maker.persona()
    return form.format(first=who.first, last=who.last, city=city_name(maker))


def unit(maker: Maker) -> str:
    """Make a flat, a suite, a floor."""
    return maker.digits(maker.choice(UNITS))


def postcode(maker: Maker) -> str:
    """Make a postcode of one of several countries."""
    if maker.chance(0.4):
        return maker.faker(maker.choice(LOCALES)).postcode()
    return maker.digits(maker.choice(POSTCODES))


def town_line(maker: Maker) -> str:
    """Make city and postcode as envelopes have them."""
    city = city_name(maker)
    return maker.choice(
        (
            f"{city}, {maker.choice(STATES_SHORT)} {maker.digits('#####')}",
            f"{city}, {state_name(maker)} {postcode(maker)}",
            f"{postcode(maker)} {city}",
            f"{city} {postcode(maker)}",
            f"{city}, {postcode(maker)}",
        )
    )


def whole(maker: Maker, breaks: tuple[str, ...] = (", ", ", ", "\n", " ")) -> str:
    """Make street or box, city, mostly a postcode, sometimes the country."""
    if maker.chance(0.35):
        made = maker.faker(maker.choice(LOCALES)).address()
        return made.replace("\n", maker.choice(breaks))
    between = maker.choice(breaks)
    start = maker.digits(maker.choice(PO_BOXES)) if maker.chance(0.12) else street_line(maker)
    town = town_line(maker) if maker.chance(0.7) else city_name(maker)
    parts = [start, town] + ([country_name(maker)] if maker.chance(0.25) else [])
    return between.join(parts)


ADDRESS_KINDS: Final[dict[str, Kind]] = {
    "address": entity("ADDRESS", lambda maker: whole(maker) if maker.chance(0.7) else street_line(maker)),
    "lineaddress": entity("ADDRESS", lambda maker: whole(maker, (", ", ", ", " "))),
    "fulladdress": entity("ADDRESS", whole),
    "blockaddress": entity("ADDRESS", lambda maker: whole(maker, ("\n",))),
    "street": entity("ADDRESS", street_line),
    "road": entity("ADDRESS", road),
    "zip": entity("ADDRESS", postcode),
    "town": entity("ADDRESS", town_line),
    "pobox": entity("ADDRESS", lambda maker: maker.digits(maker.choice(PO_BOXES))),
}
