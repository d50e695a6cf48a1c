"""Checks that tell a secret from a text of the same shape: True is proof, False disproof, None says nothing."""

import base64
import binascii
import json
import math
import string
import zlib
from collections import Counter
from hashlib import sha256

import regex

_FILLER = regex.compile(r"([xX*0.#_-])\1{5,}|(?i:example|placeholder|redacted|your[-_]|dummy)")
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BECH32_STEPS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase
_CHECKSUM_LENGTH = 6

MIN_ENTROPY = 2.5
"""Bits a character below which a value is too regular to be a secret: runs and repeats such as "aaaa1111" (1.0).

Words ("changeme" has 2.75) are told by the character classes and the list of placeholders instead.
"""

MIN_CLASSES = 2
"""A password in the wild mixes at least two of: lower case, upper case, digits, marks."""

_PLACEHOLDERS = (
    "example", "your", "changeme", "change_me", "placeholder", "redacted", "dummy", "sample", "secret_here", "insert",
    "password", "passwd", "todo", "xxx", "***", "...", "undefined", "null", "none", "env.", "getenv", "process.",
    "environ",
)  # fmt: skip

_LONG_PLACEHOLDERS = tuple(word for word in _PLACEHOLDERS if len(word) > 6)

LONG = 32
"""Characters from which on a value is a key rather than a password."""

SPOKEN_CLASSES = 3
MIN_PASSWORD = 4


def github_checksum(token: str) -> bool | None:
    """Check the CRC-32 that GitHub and npm put at the end of a token, in base 62.

    A wrong one says nothing (None): a mistyped token still gives away most of a live one. See
    https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/.
    """
    body, checksum = token.partition("_")[2][:-_CHECKSUM_LENGTH], token[-_CHECKSUM_LENGTH:]
    return True if _base62(zlib.crc32(body.encode())) == checksum else None


def jwt_header(token: str) -> bool:
    """Check that the first part is a JSON object in base64url that names an algorithm (RFC 7515, RFC 7516)."""
    head = token.partition(".")[0]
    try:
        header = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        return False
    return isinstance(header, dict) and "alg" in header


def looks_random(value: str) -> bool | None:
    """Reject placeholders, references to variables and values too regular to be a password or key."""
    if is_placeholder(value) or entropy(value) < MIN_ENTROPY or _classes(value) < MIN_CLASSES:
        return False
    return None


def not_filler(value: str) -> bool | None:
    """Reject tokens that documents show instead of one: `xxxxxxxx`, `your-key`, the same few characters again."""
    return False if _FILLER.search(value) or entropy(value) < MIN_ENTROPY else None


def mixes_three(value: str) -> bool | None:
    """Reject what a sentence may say about passwords: anything but a value of three classes of characters or more."""
    return False if is_placeholder(value) or _classes(value) < SPOKEN_CLASSES or "://" in value else None


def is_placeholder(value: str) -> bool:
    """Say whether a value stands for one to be filled in, such as `${DB_PASSWORD}`, `<token>` or `your-key-here`.

    In a long one, short words may stand by chance: three letters in one of 300 keys with 100 characters.
    """
    lowered = value.lower()
    words = _PLACEHOLDERS if len(value) < LONG else _LONG_PLACEHOLDERS
    return lowered[:1] in "<{$%[" or any(word in lowered for word in words)


def openai_mark(token: str) -> bool | None:
    """Take the mark in OpenAI's keys ("OpenAI" in base64) for proof, a filler for none."""
    return True if "T3BlbkFJ" in token else not_filler(token)


def discord_id(token: str) -> bool:
    """Check that the first part is a number of 17 to 20 digits in base64, the bot's id."""
    head = token.partition(".")[0]
    try:
        number = base64.urlsafe_b64decode(head + "=" * (-len(head) % 4))
    except (binascii.Error, ValueError):
        return False
    return number.isdigit() and len(number) in range(17, 21)


def basic_login(encoded: str) -> bool:
    """Check that a name and a password of some length come out, neither of them a placeholder (RFC 7617)."""
    try:
        name, colon, password = base64.b64decode(encoded + "=" * (-len(encoded) % 4)).decode().partition(":")
    except (binascii.Error, ValueError):
        return False
    return (
        bool(colon)
        and (name + password).isprintable()
        and len(password) > MIN_PASSWORD
        and not is_placeholder(password)
    )


def age_key(key: str) -> bool:
    """Check the Bech32 checksum (BIP 173) of an age identity."""
    prefix, _, data = key.lower().rpartition("1")
    values = [ord(one) >> 5 for one in prefix] + [0] + [ord(one) & 31 for one in prefix]
    return _bech32_remainder(values + [_BECH32.index(one) for one in data]) == 1


def bitcoin_key(key: str) -> bool:
    """Check the four bytes of a double SHA-256 at the end of a key in Base58Check."""
    number = 0
    for one in key:
        number = number * 58 + _BASE58.index(one)
    data = number.to_bytes((number.bit_length() + 7) // 8)
    return sha256(sha256(data[:-4]).digest()).digest()[:4] == data[-4:]


def url_password(url: str) -> bool | None:
    """Reject URLs whose password is a placeholder, and those in which it repeats the user's name as in `user:user@`."""
    user, _, password = url.partition("://")[2].rpartition("@")[0].partition(":")
    return False if not password or is_placeholder(password) or password in {user, "pass", "pwd"} else None


def entropy(value: str) -> float:
    """Give the Shannon entropy of a value's characters, in bits a character."""
    size = len(value)
    return -sum(count / size * math.log2(count / size) for count in Counter(value).values())


def _bech32_remainder(values: list[int]) -> int:
    remainder = 1
    for value in values:
        top, remainder = remainder >> 25, (remainder & 0x1FFFFFF) << 5 ^ value
        for bit, step in enumerate(_BECH32_STEPS):
            remainder ^= step if top >> bit & 1 else 0
    return remainder


def _classes(value: str) -> int:
    kinds = (str.islower, str.isupper, str.isdigit)
    marks = any(not character.isalnum() for character in value)
    return sum(any(map(kind, value)) for kind in kinds) + marks


def _base62(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, len(_BASE62))
        digits = _BASE62[digit] + digits
    return digits.rjust(_CHECKSUM_LENGTH, "0")
