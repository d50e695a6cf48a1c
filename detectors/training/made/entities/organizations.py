"""ORGANIZATION: companies, offices, schools, clubs, teams, bands, most of them made up."""

from collections.abc import Callable
from typing import Final

from detectors.training.made.entities.maker import Kind, Maker, Persona, entity, invented
from detectors.training.made.entities.pieces import Piece
from detectors.training.made.entities.places import city_name, country_name, state_name
from detectors.training.made.entities.word_lists import words

LOCALES: Final = (
    *("en_US", "en_US", "en_US", "de_DE", "fr_FR", "es_ES", "es_MX", "it_IT", "nl_NL", "pl_PL", "pt_PT", "pt_BR"),
    *("sv_SE", "da_DK", "no_NO", "fi_FI", "cs_CZ", "sk_SK", "hr_HR", "ro_RO", "tr_TR", "hu_HU", "id_ID", "en_PH"),
)

KNOWN: Final = words("organizations", "known")
OFFICES: Final = words("organizations", "offices")
FIELDS: Final = words("organizations", "fields")
ADJECTIVES: Final = words("organizations", "adjectives")
NOUNS: Final = words("organizations", "nouns")
SUFFIXES: Final = words("organizations", "suffixes")
ENDINGS: Final = words("organizations", "endings")


def known(maker: Maker) -> str:
    """Make an organisation that exists, its article left out."""
    return maker.choice(KNOWN)


def company(maker: Maker) -> str:
    """Make a company, mostly one that does not exist."""
    return maker.rng.choices(_COMPANIES, _COMPANY_SHARES)[0](maker)


def institution(maker: Maker) -> str:
    """Make a school, a hospital, an office, a club, a newspaper."""
    if maker.chance(0.75):
        return _local(maker, maker.choice(("local", "local", "schools", "hospitals")))
    return maker.choice(OFFICES).format(maker.choice(FIELDS))


def _local(maker: Maker, section: str) -> str:
    place, who = maker.rng.choices((city_name, state_name, country_name), (0.8, 0.15, 0.05))[0](maker), maker.persona()
    form = maker.choice(words("organizations", section))
    return form.format(place.replace(", D.C.", ""), first=who.first, last=who.last)


def band(maker: Maker) -> str:
    """Make a band or a team."""
    noun, adjective = maker.choice(NOUNS), maker.choice(ADJECTIVES)
    last = maker.persona().last
    forms = (f"The {adjective} {noun}", f"{adjective} {noun}", f"The {last}s", f"{last} and the {noun}", f"The {noun}")
    return maker.choice(forms)


def _suffixed(maker: Maker) -> str:
    name = maker.persona().last if maker.chance(0.5) else invented(maker.rng)
    return f"{name} {maker.choice(SUFFIXES)}"


def _branded(maker: Maker) -> str:
    word = maker.choice(ADJECTIVES + NOUNS)
    other = maker.choice(NOUNS).lower()
    stem = invented(maker.rng)
    return maker.choice((stem, word + maker.choice(ENDINGS), word + other, stem + maker.choice(ENDINGS)))


def _described(maker: Maker) -> str:
    return f"{maker.choice(ADJECTIVES)} {maker.choice(NOUNS)} {maker.choice(SUFFIXES)}"


def _acronym(maker: Maker) -> str:
    return maker.digits(maker.choice(("???", "????", "?&?", "???", "??-??", "?????")))


_COMPANIES: Final[tuple[Callable[[Maker], str], ...]] = (
    lambda maker: maker.faker(maker.choice(LOCALES)).company(),
    _suffixed,
    _branded,
    _described,
    _acronym,
    lambda maker: f"{maker.persona().last} & {maker.persona().last}",
    lambda maker: (
        f"{maker.persona().first}'s {maker.choice(('Diner', 'Pizza', 'Place', 'Kitchen', 'Garage', 'Salon'))}"
    ),
)
_COMPANY_SHARES: Final = (0.35, 0.25, 0.15, 0.1, 0.05, 0.06, 0.04)


def _any(maker: Maker) -> str:
    return maker.rng.choices((known, company, institution, band), (0.3, 0.4, 0.25, 0.05))[0](maker)


def _several(maker: Maker, _: Persona) -> list[Piece]:
    kind = maker.choice((known, company, institution))
    pieces = [Piece(kind(maker), "ORGANIZATION")]
    for between in maker.choice(((" and ",), (", ", " and "), (" or ",), (", ", ", ", ", and "), (" / ",))):
        pieces += [Piece(between), Piece(kind(maker), "ORGANIZATION")]
    return pieces


ORGANIZATION_KINDS: Final[dict[str, Kind]] = {
    "orgsake": entity("ORGANIZATION", lambda maker: maker.choice(words("namesakes", "organizations"))),
    "org": entity("ORGANIZATION", _any),
    "company": entity("ORGANIZATION", lambda maker: known(maker) if maker.chance(0.25) else company(maker)),
    "institution": entity("ORGANIZATION", institution),
    "school": entity("ORGANIZATION", lambda maker: _local(maker, "schools")),
    "hospital": entity("ORGANIZATION", lambda maker: _local(maker, "hospitals")),
    "band": entity("ORGANIZATION", band),
    "orgs": _several,
}
