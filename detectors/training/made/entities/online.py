"""USERNAME, EMAIL_ADDRESS, URL, IP_ADDRESS."""

import re
import unicodedata
from typing import Final

from detectors.training.made.entities.maker import Kind, Maker, Persona, entity, invented
from detectors.training.made.entities.organizations import ADJECTIVES, NOUNS
from detectors.training.made.entities.pieces import Piece
from detectors.training.made.entities.word_lists import words

HOSTS: Final = words("online", "hosts")
TOP: Final = words("online", "top")
# "?" is a shape's sign, so a question mark is written ¶.
PATHS: Final = words("online", "paths")
ROLES: Final = words("online", "roles")


def ascii_name(name: str) -> str:
    """Write a name as addresses have it: small letters without accents."""
    bare = unicodedata.normalize("NFKD", name.replace("ß", "ss").replace("ł", "l").replace("ø", "o"))
    return re.sub(r"[^a-z]", "", bare.encode("ascii", "ignore").decode().lower()) or "x"


def domain(maker: Maker) -> str:
    """Make a host name without a scheme."""
    if maker.chance(0.35):
        name = ascii_name(maker.persona().last) + maker.choice(
            ("", "", "group", "-law", "web", "shop", "tech", "family")
        )
    else:
        name = maker.choice((invented(maker.rng), f"{maker.choice(ADJECTIVES)}{maker.choice(NOUNS)}")).lower()
    under = maker.choice(("", "", "", "", "blog.", "shop.", "mail.", "my.", "portal.", "api."))
    return f"{under}{name}.{maker.choice(TOP)}"


def _local(maker: Maker, who: Persona) -> str:
    first, last = ascii_name(who.first), ascii_name(who.last)
    dot = maker.choice((".", ".", "_", "-", ""))
    end = maker.digits(maker.choice(("", "", "", "#", "##", "19##", "20##")))
    forms = (first + dot + last, first[0] + last, first + last[0], last + dot + first, first, first[0] + dot + last)
    return maker.choice(forms) + end


def email(maker: Maker, who: Persona) -> str:
    """Make an address of this person, or of an office."""
    host = maker.choice(HOSTS) if maker.chance(0.5) else domain(maker)
    local = maker.choice(ROLES) if maker.chance(0.06) else _local(maker, who)
    made = (
        f"{local}{maker.choice(('', '', '', '+' + maker.choice(ROLES)))}@{host}"
        if maker.chance(0.1)
        else f"{local}@{host}"
    )
    return made.upper() if maker.chance(0.02) else made


def handle(maker: Maker, who: Persona) -> str:
    """Make a user name without an "@"."""
    if maker.chance(0.55):
        return _local(maker, who) + maker.digits(maker.choice(("##", "", "_##", "%")))
    adjective, noun = maker.choice(ADJECTIVES), maker.choice(NOUNS).rstrip("s")
    forms = (
        f"{adjective}{noun}{maker.digits('##')}",
        f"{adjective.lower()}_{noun.lower()}",
        f"x{noun}x",
        f"{noun.lower()}.{ascii_name(who.first)}",
        f"{ascii_name(who.first)}the{noun.lower()}",
        f"the_real_{ascii_name(who.last)}",
        f"{invented(maker.rng).lower()}{maker.digits('%##')}",
        f"{invented(maker.rng).lower()}-dev",
    )
    return maker.choice(forms)


def url(maker: Maker) -> str:
    """Make a web address, with or without a scheme."""
    start = maker.choice(("https://", "https://", "http://", "https://www.", "www.", "ftp://", ""))
    return f"{start}{domain(maker)}{maker.digits(maker.choice(PATHS)).replace('¶', '?')}"


def ip(maker: Maker) -> str:
    """Make an address of version 4 or 6, sometimes with its network."""
    if maker.chance(0.25):
        groups = [format(maker.rng.getrandbits(16), "x") for _ in range(8)]
        return ":".join(groups) if maker.chance(0.5) else f"{groups[0]}:{groups[1]}::{groups[2]}"
    four = ".".join(str(maker.rng.randint(1, 254)) for _ in range(4))
    return f"{four}/{maker.choice((8, 16, 24, 32))}" if maker.chance(0.06) else four


def _at(maker: Maker, who: Persona) -> list[Piece]:
    return [Piece(f"@{handle(maker, who)}", "USERNAME")]


ONLINE_KINDS: Final[dict[str, Kind]] = {
    "email": lambda maker, who: [Piece(email(maker, who), "EMAIL_ADDRESS")],
    "handle": lambda maker, who: [Piece(handle(maker, who), "USERNAME")],
    "at": _at,
    "url": entity("URL", url),
    "domain": entity("URL", domain),
    "ip": entity("IP_ADDRESS", ip),
}
