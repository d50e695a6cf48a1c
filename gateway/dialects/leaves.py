"""Every string in a JSON value, found without knowing what the value means."""

import re
from functools import lru_cache
from typing import Any, Final, NamedTuple

from gateway.dialects.protocol_names import KNOWN
from gateway.dialects.slot import Kind, Path

IDENTIFIER: Final = re.compile(r"[A-Za-z0-9_.:/\-]{1,128}")
"""What a name made for machines looks like (use with `fullmatch`): a model, a role, a tool, a call id."""

_LONGEST_IDENTIFIER: Final = 128

LONG_NUMBER: Final = 10_000_000
"""Whole numbers from eight digits on are screened: telephone, card and account numbers need no quotes."""

LONG_NAME: Final = 16
"""Names from this length on are screened: the shortest keys that vendors issue have it."""

MAX_LEAVES: Final = 20_000
"""Most leaves that are read of one value, unless the caller says otherwise."""

_DIGITS_SPELLED: Final = 1e20
"""Floats up to here are read as the digits they stand for; beyond, nobody's number is meant."""

_SHORT_NAME = re.compile(r"[A-Za-z_.:/\-]{1,15}")
_SIX_DIGITS = re.compile(r"(?:[0-9][^0-9]*+){6}")
_BLOB = re.compile(r"(?i:data:)[\w.+-]+/[\w.+-]+[;,]\S*|[A-Za-z0-9+/_=\r\n-]{1024,}", re.ASCII)


_REMEMBERED: Final = 4096
"""Names whose looks are remembered: protocols say the same ones again and again, in streams with every event."""


class TooManyLeaves(ValueError):
    """A value has more leaves than its reader may take."""


class Leaf(NamedTuple):
    """One string, key or long number, and the path to it (for a key: to its value)."""

    path: Path
    text: str
    kind: Kind


def leaves(value: Any, path: Path = (), limit: int = MAX_LEAVES) -> list[Leaf]:
    """Find every string value, every key that may hold content and every long whole number, in document order.

    Strings are TEXT, keys are KEY. Numbers are LABEL, in decimal digits: what they can be is for the walker to say.

    Raises:
        TooManyLeaves: there are more than `limit`.
    """
    found: list[Leaf] = []
    _note(value, path, found, limit)
    return found


def is_blob(text: str) -> bool:
    """Tell whether no text detector can read a string: a `data:` URL, or 1,024 and more base64 characters in a row."""
    return _BLOB.fullmatch(text) is not None


def is_identifier(text: str) -> bool:
    """Tell whether a text looks like a name made for machines."""
    return len(text) <= _LONGEST_IDENTIFIER and _is_identifier(text)


@lru_cache(_REMEMBERED)
def _is_identifier(text: str) -> bool:
    return IDENTIFIER.fullmatch(text) is not None


def is_long_name(name: str) -> bool:
    """Tell whether a name made for machines has room for a secret or a personal number: 16 characters or six digits."""
    return len(name) >= 6 and (len(name) >= LONG_NAME or bool(_SIX_DIGITS.search(name))) and name not in KNOWN


def is_telling(key: str) -> bool:
    """Tell whether a key may hold content: it doesn't look like a member's name, or is a long one.

    Plain numbers count from eight digits on, as values do: shorter ones are indices, such as those of `logit_bias`.
    """
    return len(key) > _LONGEST_IDENTIFIER or _is_telling(key)


@lru_cache(_REMEMBERED)
def _is_telling(key: str) -> bool:
    if key == "" or _SHORT_NAME.fullmatch(key) or (key.isdecimal() and len(key) < 8):
        return False
    return is_long_name(key) or not IDENTIFIER.fullmatch(key)


def long_number(value: float) -> str | None:
    """Give the digits of a whole number of eight digits or more; None for any other, and for floats out of reach."""
    if -LONG_NUMBER < value < LONG_NUMBER:
        return None
    is_spelled = type(value) is int or (abs(value) < _DIGITS_SPELLED and value == value // 1)
    return str(int(value)) if is_spelled else None


def _note(value: Any, path: Path, found: list[Leaf], limit: int) -> None:
    if isinstance(value, str):
        found.append(Leaf(path, value, Kind.TEXT))
    elif isinstance(value, dict):
        _note_members(value, path, found, limit)
    elif isinstance(value, list):
        for index, child in enumerate(value):
            _note(child, (*path, index), found, limit)
    else:
        _note_number(value, path, found)
    if len(found) > limit:
        raise TooManyLeaves(f"more than {limit} leaves")


def _note_members(value: dict[str, Any], path: Path, found: list[Leaf], limit: int) -> None:
    for key, child in value.items():
        here = (*path, key)
        if is_telling(key):
            found.append(Leaf(here, key, Kind.KEY))
        if not (type(child) is int and -LONG_NUMBER < child < LONG_NUMBER):  # counts, of which usage is made
            _note(child, here, found, limit)


def _note_number(value: float | None, path: Path, found: list[Leaf]) -> None:
    digits = None if value is None else long_number(value)
    if digits is not None:
        found.append(Leaf(path, digits, Kind.LABEL))
