"""Addresses on the net, from what is reserved for documentation: nobody has them."""

import ipaddress
import re
from typing import Final

from gateway.pseudonyms.surrogates.draw import Draw
from gateway.pseudonyms.surrogates.shape import alike, in_case
from gateway.pseudonyms.surrogates.words import given_name, invented

_V4: Final = ("192.0.2.", "198.51.100.", "203.0.113.")  # RFC 5737
_V6: Final = 0x20010DB8 << 96  # RFC 3849
_TOP: Final = {"org": "org", "net": "net"}
_MAC: Final = re.compile(r"[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+")
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_HOST: Final = re.compile(
    r"(?i:(?P<scheme>[a-z][a-z0-9+.-]*://|)(?P<host>[^/?#@\s:]+\.[^/?#@\s:]+)(?P<rest>[:/?#]\S*|))"
)


def email(surface: str, draw: Draw, hosts: Draw) -> str | None:
    """Give an address below a domain for examples (RFC 2606). `hosts` draws for its domain: one for one."""
    if not _EMAIL.fullmatch(surface):
        return None
    local, _, domain = surface.rpartition("@")
    is_alone = len(_WORD.findall(local)) == 1
    made = _WORD.sub(lambda match: _part(match[0], draw, is_alone=is_alone), local)
    made = re.sub(r"[^\x21-\x7e]", "", made)
    return f"{made}@{in_case(host(domain, hosts), domain)}"


def host(name: str, draw: Draw) -> str:
    """Give the name of a host for examples."""
    return f"{invented(draw).lower()}.example.{_TOP.get(name.rpartition('.')[2].lower(), 'com')}"


def url(surface: str, draw: Draw, hosts: Draw) -> str | None:
    """Give an address on such a host, with a path of the same shape."""
    match = _HOST.fullmatch(surface)
    if not match:
        return None
    www = "www." if match["host"].lower().startswith("www.") else ""
    return match["scheme"] + www + host(match["host"], hosts) + alike(match["rest"], draw)


def ip(surface: str, draw: Draw) -> str | None:
    """Give an address for documentation."""
    try:
        version = ipaddress.ip_address(surface).version
    except ValueError:
        return None
    if version == 4:
        return draw.one(_V4) + str(1 + draw.below(254))
    return str(ipaddress.IPv6Address(_V6 | draw.below(1 << 32) << 64 | 1 + draw.below(1 << 16)))


def mac(surface: str, draw: Draw) -> str | None:
    """Give one of the 256 addresses for documentation (RFC 9542)."""
    match = _MAC.fullmatch(surface)
    if not match:
        return None
    made = match[1].join(["00", "00", "5E", "00", "53", f"{draw.below(256):02X}"])
    return made.lower() if surface.islower() else made


def _part(part: str, draw: Draw, *, is_alone: bool) -> str:
    if part.isdigit():
        return draw.digits(len(part))
    if len(part) == 1:
        return alike(part, draw)
    first, last = given_name(draw), invented(draw)
    return in_case(first + last if is_alone else draw.one((first, last)), part)
