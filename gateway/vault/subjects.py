"""Find what the vault holds about somebody without opening it: keyed digests of values, in one form each."""

import hmac
from collections.abc import Iterable
from typing import Final

from gateway.pseudonyms.canonical import canonical

_KINDS: Final = ("PERSON", "EMAIL_ADDRESS", "PHONE_NUMBER")
"""One label for each way in which values are brought to one form."""

_LENGTH: Final = 16


def digests(key: bytes, values: Iterable[str]) -> frozenset[bytes]:
    """Give the digests (HMAC-SHA256, 16 bytes) of values, in each form that they may be looked for.

    Case, white space and how numbers are grouped make no difference. Part of a name is another value.
    """
    forms = {canonical(kind, value).casefold() for value in values for kind in _KINDS}
    return frozenset(hmac.digest(key, form.encode(), "sha256")[:_LENGTH] for form in forms if form)
