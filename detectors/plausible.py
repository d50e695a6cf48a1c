"""Whether a value could be one of its kind: with the form and the check digits that its own recogniser asks for."""

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from detectors.catalog import pattern_rules
from detectors.text.deadline import Deadline

if TYPE_CHECKING:
    from detectors.text.rules import Rule

_PATIENCE_S: Final = 1.0


def is_plausible(label: str, value: str) -> bool:
    """Tell whether the recogniser of a label takes all of a value for one; true for a label that has none.

    Raises:
        TimeoutError: it could not tell in a second.
    """
    rules = _rules().get(label)
    if not rules:
        return True
    deadline = Deadline(_PATIENCE_S)
    hits = (hit for rule in rules for hit in rule.find(value, range(len(rule.gates)), deadline))
    return any((hit.start, hit.end) == (0, len(value)) for hit in hits)


@lru_cache(maxsize=1)
def _rules() -> "dict[str, list[Rule]]":
    by_label: dict[str, list[Rule]] = {}
    for rule in pattern_rules():
        by_label.setdefault(rule.label, []).append(rule)
    return by_label
