"""The thresholds as they were chosen: the rule of each, what it was held to, and what came out on held-out rows."""

from collections.abc import Mapping, Sequence
from string import ascii_uppercase
from typing import Any, Final

from detectors.training.card.folder import Object
from detectors.training.card.markdown import NOTHING, decimal, percent, sourced, table
from detectors.training.rules import CONTRAST, HARD, ORDINARY

SHIP: Final = "python -m detectors.training ship --data DATA"

_GROUPS: Final[Mapping[frozenset[str], str]] = {
    ORDINARY: "everyday prompts",
    HARD: "prompts worded like attacks",
    CONTRAST: "harmless sentences in hateful words",
}
_LABELS: Final = (
    *("label", "rule", "held to", "from score", "temperature", "bias"),
    *("rows", "with it", "recall %", "false positives %"),
)
_ENTITIES: Final = ("entity", "rule", "from score", "rows", "spans", "precision %", "recall %")


def label_thresholds(entries: Mapping[str, Object]) -> str:
    """Return the table of the labels, and their rules in words."""
    rules = _letters(entries)
    rows = [_label(name, entry, rules) for name, entry in entries.items()]
    return f"{sourced(table(_LABELS, rows, words=3), SHIP)}\n\n{_told(rules)}"


def entity_thresholds(entries: Mapping[str, Object]) -> str:
    """Return the table of the entities, and their rules in words."""
    rules = _letters(entries)
    rows = [_entity(name, entry, rules) for name, entry in entries.items()]
    return f"{sourced(table(_ENTITIES, rows, words=2), SHIP)}\n\n{_told(rules)}"


def _letters(entries: Mapping[str, Object]) -> dict[str, str]:
    """Give each rule a letter: many labels share one."""
    rules = dict.fromkeys(entry["provenance"]["rule"] for entry in entries.values())
    return dict(zip(rules, ascii_uppercase, strict=False))


def _told(rules: Mapping[str, str]) -> str:
    return "\n".join(f"- {letter}: {rule}." for rule, letter in rules.items())


def _label(name: str, entry: Object, rules: Mapping[str, str]) -> Sequence[str]:
    how = entry["provenance"]
    return (
        f"`{name}`",
        rules[how["rule"]],
        "; ".join(map(_limit, how.get("limits", ()))) or NOTHING,
        decimal(entry["threshold"]),
        decimal(entry["temperature"]),
        decimal(entry["bias"]),
        f"{how['n']:,}",
        f"{how['positives']:,}",
        percent(how.get("recall")),
        percent(how.get("fpr"), 2),
    )


def _limit(limit: Mapping[str, Any]) -> str:
    among = _GROUPS.get(frozenset(limit["sources"])) or ", ".join(limit["sources"])
    return f"{percent(limit['fpr'], 2)} % of {among} (at most {percent(limit['at_most'], 2)} %)"


def _entity(name: str, entry: Object, rules: Mapping[str, str]) -> Sequence[str]:
    how = entry["provenance"]
    shares = (percent(how.get("precision")), percent(how.get("recall")))
    return f"`{name}`", rules[how["rule"]], decimal(entry["threshold"]), f"{how['n']:,}", f"{how['spans']:,}", *shares
