"""Who may call: whoever has one of the keys, or anybody if there are none."""

import hmac
from collections.abc import Iterable
from hashlib import sha256

from detectors.serving.api.faults import Unauthenticated

_BEARER = "bearer "


class Keys:
    """Only digests of the keys are kept, and all are compared, in a time that does not depend on what was sent."""

    def __init__(self, keys: Iterable[str] = ()) -> None:
        """Take the keys; blank lines between them are none. Raises `ValueError` if there are only such."""
        given = [*keys]
        self._digests = [_digest(key) for key in given if key.strip()]
        if given and not self._digests:
            raise ValueError("keys were given, and all are blank: that would let anybody in")

    def holder(self, authorization: str) -> str:
        """Name the holder of a key by a number, for fair shares; "" where no key is needed.

        Raises:
            Unauthenticated: the header has none of the keys.
        """
        if not self._digests:
            return ""
        sent = _digest(authorization[len(_BEARER) :] if authorization[: len(_BEARER)].lower() == _BEARER else "")
        found = [number for number, digest in enumerate(self._digests) if hmac.compare_digest(digest, sent)]
        if not found:
            raise Unauthenticated
        return str(found[0])


def _digest(key: str) -> bytes:
    return sha256(key.strip().encode()).digest()
