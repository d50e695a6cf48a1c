"""Strategies that nothing leads back from, by Presidio's own operators."""

import hmac
from typing import Final

from detectors.text.absent import absent
from gateway.pseudonyms.strategy import Strategy
from gateway.pseudonyms.token import framed, type_name

# The operators need no analyser, but would import it, and all of transformers with it.
with absent("presidio_analyzer"):
    from presidio_anonymizer.operators import Hash, Mask, Redact, Replace

MASKING_CHARACTER: Final = "*"
_HASH, _MASK, _REDACT, _REPLACE = Hash(), Mask(), Redact(), Replace()


class OneWay:
    """Writes what stands for values of one scope for good. `key` is the tenant's, so nobody else can try values out."""

    __slots__ = ("_key", "_scope")

    def __init__(self, key: bytes, scope: bytes) -> None:
        self._key = key
        self._scope = scope

    def write(self, strategy: Strategy, label: str, canonical: str, surface: str) -> str:
        """Give what stands for a value: as many asterisks, 64 hexadecimal digits, or "".

        Raises:
            ValueError: the strategy is one that is put back.
        """
        if strategy is Strategy.MASK:
            count = len(surface)
            return _text(
                _MASK.operate(surface, {"masking_char": MASKING_CHARACTER, "chars_to_mask": count, "from_end": False})
            )
        if strategy is Strategy.HASH:
            # Presidio's operator takes UTF-8; half of a surrogate pair, which JSON can hold, has none.
            value = canonical.encode("utf-8", "backslashreplace").decode()
            return _text(_HASH.operate(value, {"hash_type": "sha256", "salt": self._salt(label)}))
        if strategy is Strategy.DROP:
            return _text(_REDACT.operate(surface))
        raise ValueError(f"{strategy} is put back")

    def _salt(self, label: str) -> bytes:
        return hmac.digest(self._key, framed(b"hash", self._scope, label.encode()), "sha256")


def left_blank(label: str) -> str:
    """Give what stands for a whole text of which nothing is left: providers refuse an empty one."""
    return _text(_REPLACE.operate("", {"entity_type": type_name(label)}))


def _text(written: object) -> str:
    return str(written)
