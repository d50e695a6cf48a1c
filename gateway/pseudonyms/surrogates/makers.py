"""Which maker a kind of value has."""

from collections.abc import Callable
from typing import Final

from detectors.plausible import is_plausible
from gateway.pseudonyms.surrogates.ages import age, is_made_age
from gateway.pseudonyms.surrogates.checked import card, iban, uuid
from gateway.pseudonyms.surrogates.dates import date
from gateway.pseudonyms.surrogates.draw import Draw
from gateway.pseudonyms.surrogates.network import email, ip, mac, url
from gateway.pseudonyms.surrogates.phones import phone
from gateway.pseudonyms.surrogates.places import address, location, organisation
from gateway.pseudonyms.surrogates.shape import alike

Maker = Callable[[str, Draw], str | None]

MAKERS: Final[dict[str, Maker]] = {
    "CREDIT_CARD": card,
    "IBAN_CODE": iban,
    "IP_ADDRESS": ip,
    "MAC_ADDRESS": mac,
    "PHONE_NUMBER": phone,
    "DATE_TIME": date,
    "DATE_OF_BIRTH": date,
    "AGE": age,
    "LOCATION": location,
    "ADDRESS": address,
    "ORGANIZATION": organisation,
    "UUID": uuid,
}
ON_HOSTS: Final = {"EMAIL_ADDRESS": email, "URL": url}
"""Makers that take a second draw, for the host: whoever shares one goes on sharing one."""

NONE: Final = frozenset({"NRP", "CRYPTO", "PERSON"})
"""Kinds of which no other value could be made up that means as much; and persons, who are made word by word."""

_AGE: Final = "AGE"
_TRIES: Final = (300, 1000)
_SHORTEST: Final = 5


def made(label: str, surface: str, draw: Draw, host: Draw) -> str | None:
    """Give a made-up value of the same kind and form, in ASCII; None where that can't be done."""
    if label in NONE:
        return None
    if label in ON_HOSTS:
        value = ON_HOSTS[label](surface, draw, host)
    else:
        value = MAKERS[label](surface, draw) if label in MAKERS else _numbered(label, surface, draw)
    if not value or (label != _AGE and is_made_age(value)):
        return None  # a house's number alone, say: no word beside it would tell it from any other number
    return value if value.isascii() else None


def _numbered(label: str, surface: str, draw: Draw) -> str | None:
    """Give a number or a name of its form that the kind's own recogniser would take for one, check digits and all."""
    if sum(map(str.isalnum, surface)) < _SHORTEST or not surface.isascii():
        return None
    lead = 2 if surface[:2].isalpha() and surface[2:3].isdigit() else 0  # a country's letters, or a series'
    for kept, tries in zip((lead, 0), _TRIES, strict=True):
        for _ in range(tries):
            value = surface[:kept] + alike(surface[kept:], draw)
            if is_plausible(label, value):
                return value
    return None
