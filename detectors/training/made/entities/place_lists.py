"""Names of places: Faker's lists in Latin letters, and what they lack."""

import importlib
import re
from functools import cache
from typing import Any, Final

from faker.providers.geo import Provider as Geo

from detectors.training.made.entities.word_lists import words

CITY_LISTS: Final = (
    *("cs_CZ", "da_DK", "de_AT", "de_CH", "de_DE", "en_IN", "fi_FI", "fr_DZ", "hr_HR", "id_ID", "it_IT", "nl_BE"),
    *("nl_NL", "pl_PL", "pt_PT", "ro_RO", "sk_SK", "sl_SI", "sv_SE", "zu_ZA", "az_AZ", "en_BD"),
)
CITY_MAKERS: Final = ("en_US", "en_GB", "en_AU", "en_CA", "en_NZ", "fr_FR", "es_MX", "pt_BR", "no_NO", "en_IE")
"""Locales whose Faker puts cities together: "East Michael", "New Paulaville"."""

STATE_LISTS: Final = {
    "en_US": "states",
    "en_CA": "provinces",
    "en_AU": "states",
    "en_GB": "counties",
    "en_IN": "states",
    "de_DE": "states",
    "es_MX": "states",
    "fr_FR": "regions",
    "es_ES": "states",
    "it_IT": "states",
    "nl_NL": "provinces",
    "en_IE": "counties",
    "en_PH": "provinces",
    "sv_SE": "states",
    "es_AR": "provinces",
    "id_ID": "states",
    "ro_RO": "states",
    "de_AT": "states",
}
WELL_KNOWN: Final = words("places", "cities")
COUNTRIES_SAID: Final = words("places", "countries")
REGIONS: Final = words("places", "regions")
SIGHTS: Final = words("places", "sights")
FEATURES: Final = words("places", "features")
_PLACE = re.compile(r"[ -\u02af\u1e00-\u1eff\u2019]{3,30}")
_MOST: Final = 600
"""Names taken from one list, spread over it: Italy alone has 16,000."""


@cache
def cities(locale: str) -> tuple[str, ...]:
    """Give real cities and villages of one of CITY_LISTS."""
    provider = importlib.import_module(f"faker.providers.address.{locale}").Provider
    return _usable(provider.cities)


@cache
def towns() -> tuple[str, ...]:
    """Give towns of all the world."""
    return _usable([place for _, _, place, _, _ in Geo.land_coords])


@cache
def states(locale: str) -> tuple[str, ...]:
    """Give states, provinces or counties of one of STATE_LISTS."""
    provider = importlib.import_module(f"faker.providers.address.{locale}").Provider
    return _usable(getattr(provider, STATE_LISTS[locale]))


@cache
def countries() -> tuple[str, ...]:
    """Give countries, officially and as people call them."""
    official: tuple[str, ...] = importlib.import_module("faker.providers.address.en_US").Provider.countries
    return tuple(name for name in official if "(" not in name) + COUNTRIES_SAID * 3


def _usable(listed: Any) -> tuple[str, ...]:
    named = (item if isinstance(item, str) else item[-1] for item in listed)
    usable = sorted({name.strip() for name in named if _PLACE.fullmatch(name.strip()) and "(" not in name})
    titled = [name.title() if name.isupper() else name for name in usable]
    return tuple(titled[:: len(titled) // _MOST + 1])
