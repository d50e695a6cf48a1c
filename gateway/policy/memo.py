"""Remembered decisions: the same bundle and the same document give the same decision, so it need not be taken twice.

This is sound because policy is a pure function of its input and data: builtins that read a clock, a network or chance
are not in policies/capabilities.json, so such a policy doesn't compile. The fields that differ on every call are left
out of the key only if the compiler has listed what the policy reads (the manifest's `reads`) and they are not in it.
"""

from collections.abc import Iterable

from gateway.policy.decision import Decision
from gateway.policy.document import VOLATILE, stable_length

CAPACITY = 1024
KEY_BYTES = 8192  # longer documents are rare and seldom come twice


def overlook(reads: Iterable[str] | None) -> bool:
    """Say whether a policy that reads these references (None: not known) overlooks all volatile fields."""
    if reads is None:
        return False
    return not any(_overlaps(read, field) for read in reads for field in VOLATILE)


def _overlaps(one: str, other: str) -> bool:
    """Say whether one reference is the other or lies within it."""
    short, long = sorted((f"{one}.", f"{other}."), key=len)
    return long.startswith(short)


class Memo:
    """Decisions by what the policy reads, at most `capacity` of them, the least recently used going first.

    Not safe for threads by itself. With `enabled` off every look-up misses.
    """

    __slots__ = ("_capacity", "_decisions", "_enabled")

    def __init__(self, *, enabled: bool, capacity: int = CAPACITY) -> None:
        self._enabled = enabled
        self._capacity = capacity
        self._decisions: dict[bytes, Decision] = {}

    def key(self, document: bytes) -> bytes | None:
        """Give what identifies the decision on this document, or None when it can't be remembered."""
        if not self._enabled:
            return None
        length = stable_length(document)
        return document[:length] if length is not None and length <= KEY_BYTES else None

    def get(self, key: bytes) -> Decision | None:
        """Give a remembered decision and count it as used."""
        decision = self._decisions.pop(key, None)
        if decision is not None:
            self._decisions[key] = decision
        return decision

    def put(self, key: bytes, decision: Decision) -> None:
        """Remember a decision."""
        if len(self._decisions) >= self._capacity:
            del self._decisions[next(iter(self._decisions))]
        self._decisions[key] = decision

    def clear(self) -> None:
        """Forget everything."""
        self._decisions.clear()
