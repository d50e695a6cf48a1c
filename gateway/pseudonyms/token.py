"""Tokens: what stands in a text in place of a personal value.

A token is `<TYPE_xxxxx>`. The suffix comes from HMAC-SHA256 (RFC 2104) over the length-prefixed scope, type and
canonical value, so the same value gets the same token in every turn, message and replica without a counter or a
store, and nobody without the key can tell which value a token stands for.
"""

import re
from functools import lru_cache
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gateway.pseudonyms.begun_hmac import BegunHmac

ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"
"""Lower case without 0, 1, i, l and o, which models and people misread."""

SUFFIX_LENGTH: Final = 5
"""31^5 = 28.6 million suffixes a type; a clash within one request is resolved by asking for the next one."""

VARIANT_LENGTH: Final = 2
"""Letters that a surface adds when it differs from its canonical form: `<EMAIL_k3f9a>` and `<EMAIL_k3f9aq7>`."""

MAX_TYPE_LENGTH: Final = 40
"""Longer label names are cut in the token; the label itself still counts in the HMAC."""

MIN_SECRET_BYTES: Final = 32

_PAIRS: Final = tuple(one + other for other in ALPHABET for one in ALPHABET)
"""Two letters for each remainder: what two divisions by the alphabet's length would give, the first one first."""

_POWERS: Final = tuple(len(ALPHABET) ** count for count in range(SUFFIX_LENGTH + 1))

_NOT_IN_TYPE = re.compile(r"[^A-Z0-9]+")
_INFO: Final = b"airlock pseudonyms v1"


def derive_key(master: bytes, tenant: str, purpose: bytes = _INFO) -> bytes:
    """Derive a tenant's key for a purpose from the master secret by HKDF-SHA256 (RFC 5869). Give 32 bytes.

    Raises:
        ValueError: the master secret is shorter than `MIN_SECRET_BYTES`.
    """
    if len(master) < MIN_SECRET_BYTES:
        raise ValueError(f"the master secret for pseudonyms needs {MIN_SECRET_BYTES} bytes or more")
    return HKDF(SHA256(), length=32, salt=None, info=framed(purpose, tenant.encode())).derive(master)


@lru_cache(1024)
def type_name(label: str) -> str:
    """Give the type part for a label: upper case letters and digits, joined by single underscores."""
    name = _NOT_IN_TYPE.sub("_", label.upper())[:MAX_TYPE_LENGTH].strip("_")
    return name if name[:1].isalpha() else f"X_{name}".rstrip("_")


def parts_of(token: str) -> tuple[str, str]:
    """Give the type of a token and the stem of its suffix, which all surfaces of one value share."""
    kind, _, suffix = token[1:-1].rpartition("_")
    return kind, suffix[:SUFFIX_LENGTH]


class TokenMaker:
    """Makes the candidates for tokens within one scope."""

    __slots__ = ("_surface", "_value")

    def __init__(self, key: bytes, scope: bytes) -> None:
        self._value = BegunHmac(key, framed(b"value", scope))
        self._surface = BegunHmac(key, framed(b"surface", scope))

    def candidate(self, label: str, canonical: str, surface: str, attempt: int = 0) -> str:
        """Give the token for a value. `attempt` counts the candidates before it that could not be used."""
        stem = self.stem(label, canonical, attempt)
        return self.alias(label, stem, surface, attempt) if surface != canonical else plain(label, stem)

    def stem(self, label: str, canonical: str, attempt: int = 0) -> str:
        """Give what the tokens of all surfaces of a value have in common. `attempt` counts as in `candidate`."""
        return _letters(SUFFIX_LENGTH, self._value, label, canonical, attempt)

    def alias(self, label: str, stem: str, surface: str, attempt: int = 0) -> str:
        """Give the token for another surface of a value that has this stem. `attempt` counts as in `candidate`."""
        return plain(label, stem + _letters(VARIANT_LENGTH, self._surface, label, surface, attempt))


def plain(label: str, suffix: str) -> str:
    """Give the token with this suffix."""
    return f"<{type_name(label)}_{suffix}>"


def _letters(count: int, begun: BegunHmac, label: str, value: str, attempt: int) -> str:
    """Give letters from a keyed digest that was begun with what all tokens of a scope share."""
    encoded = value.encode("utf-8", "surrogatepass")
    rest = _framed_text(label) + len(encoded).to_bytes(4, "big") + encoded + _framed_text(str(attempt))
    number = int.from_bytes(begun.digest(rest), "big") % _POWERS[count]  # what of it the letters depend on
    letters = ""
    while count > 1:
        number, index = divmod(number, _POWERS[2])
        letters += _PAIRS[index]
        count -= 2
    return letters + ALPHABET[number] if count else letters


@lru_cache(1024)
def _framed_text(text: str) -> bytes:
    """Give the frame of what is said again and again: a label, the number of an attempt."""
    return framed(text.encode("utf-8", "surrogatepass"))


def framed(*parts: bytes) -> bytes:
    """Join parts so that no two lists of parts give the same bytes."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)
