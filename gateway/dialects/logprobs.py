"""The likely tokens of a text, which a reply may tell: they spell the text, and what it might have been."""

from typing import Any, Final

from gateway.dialects.leaves import TooManyLeaves, leaves
from gateway.dialects.places import Places
from gateway.dialects.slot import Path
from gateway.dialects.walk import Walk, too_many_parts

_MAX_LEAVES: Final = 1_000_000


def walk_logprobs(walk: Walk, value: Any, path: Path, where: Places) -> None:
    """Walk the likely tokens of a text as one text that can't be rewritten: their pieces make no sense alone."""
    try:
        found = leaves(value, limit=_MAX_LEAVES)
    except TooManyLeaves as exc:
        raise too_many_parts() from exc
    walk.key("\n".join(dict.fromkeys(leaf.text for leaf in found)), path, where)
