"""Checks that tell a secret from a text of the same shape: True is proof, False disproof, None says nothing."""

import base64
import binascii
import json
import math
import string
import zlib
from collections import Counter

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


def is_placeholder(value: str) -> bool:
    """Say whether a value stands for one to be filled in, such as `${DB_PASSWORD}`, `<token>` or `your-key-here`."""
    lowered = value.lower()
    return lowered[:1] in "<{$%[" or any(word in lowered for word in _PLACEHOLDERS)


def url_password(url: str) -> bool | None:
    """Reject URLs whose password is a placeholder, and those in which it repeats the user's name as in `user:user@`."""
    user, _, password = url.partition("://")[2].rpartition("@")[0].partition(":")
    return False if not password or is_placeholder(password) or password in {user, "pass", "pwd"} else None


def entropy(value: str) -> float:
    """Give the Shannon entropy of a value's characters, in bits a character."""
    size = len(value)
    return -sum(count / size * math.log2(count / size) for count in Counter(value).values())


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
