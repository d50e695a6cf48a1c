"""Pass over vectors of numbers: thousands of them, in which nobody can write anything."""

from typing import Any, Final

from gateway.dialects.leaves import LONG_NUMBER
from gateway.dialects.places import Places
from gateway.dialects.slot import Path
from gateway.dialects.walk import Walk

_NUMBERS: Final = frozenset({int, float})


def walk_vector(walk: Walk, value: Any, path: Path, where: Places) -> None:
    """Pass over a list of numbers that are all too short to be somebody's; anything else is free text."""
    if not is_vector(value):
        walk.free(value, path, where)


def is_vector(value: Any) -> bool:
    """Tell whether a value is a list of numbers, none of eight digits or more."""
    is_list = isinstance(value, list) and bool(value)
    return is_list and _NUMBERS.issuperset(map(type, value)) and bool(max(value) < LONG_NUMBER > -min(value))
