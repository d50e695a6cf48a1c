"""What may stand in a text in place of a personal value."""

from enum import StrEnum
from typing import Final


class Strategy(StrEnum):
    """How a value of some kind leaves. The first two are put back in the reply; of the others nothing comes back."""

    PSEUDONYM = "pseudonym"  # a token such as <PERSON_k3f9a>
    SURROGATE = "surrogate"  # a made-up value of the same kind and form; a token where there is none
    HASH = "hash"  # a keyed digest: equal values stay equal
    MASK = "mask"  # as many asterisks
    DROP = "drop"  # nothing


STRICTEST_LAST: Final = tuple(Strategy)
"""In the order of how little is left of a value, for two policies that ask for different ones."""


def stricter(one: Strategy, other: Strategy) -> Strategy:
    """Give the one that leaves less."""
    return max(one, other, key=STRICTEST_LAST.index)
