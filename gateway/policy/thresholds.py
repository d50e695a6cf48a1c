"""Puts an encoder's thresholds into policy data, and leaves all else in the file as it is.

A profile that is stricter or milder than the one for customers stays so: it keeps its ratio of odds, p / (1 - p). The
labels that patterns find as well keep their thresholds, since their scores are on the patterns' own scale.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import orjson

from gateway.policy.archive import BundleUnusable

REFERENCE: Final = "customer_facing"
"""The profile that has the encoder's own thresholds."""

ENTITIES: Final = ("PERSON", "ADDRESS", "USERNAME", "ID", "LOCATION", "NRP", "ORGANIZATION")
"""Labels of values that no pattern finds."""

_SURE: Final = 1_000_000


def retuned(data: str, thresholds: bytes) -> str:
    """Give the text of the data, a JSON document, with the thresholds of a `thresholds.json` in it.

    Raises:
        BundleUnusable: One of them can't be read, or lacks a label that the other has.
    """
    try:
        known, told = orjson.loads(data), orjson.loads(thresholds)
        shipped = {name: _ppm(entry) for part in ("labels", "entities") for name, entry in told[part].items()}
        changes = list(_changes(known, shipped))
    except orjson.JSONDecodeError as exc:
        raise BundleUnusable("the data or the thresholds are no JSON") from exc
    except (KeyError, TypeError) as exc:
        raise BundleUnusable(f"the data and the thresholds don't belong together: see {exc}") from exc
    for before, old, new in changes:
        data = _replaced(data, before, old, new)
    return data


def _changes(data: Mapping[str, Any], shipped: Mapping[str, int]) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """Give each threshold with the names that lead to it, as it is and as it is to be."""
    profiles, labels = data["profiles"], data["labels"]
    for name, profile in profiles.items():
        for label, rule in profile.items():
            old = rule["threshold"]
            new = _scaled(old, profiles[REFERENCE][label]["threshold"], shipped[label])
            yield ("profiles", name, label, "threshold"), old, new
    for label, old in labels["axes"].items():
        yield ("labels", "axes", label), old, shipped[label]
    for label in filter(labels["personal"].__contains__, ENTITIES):
        yield ("labels", "personal", label), labels["personal"][label], shipped[label]


def _ppm(entry: Mapping[str, float]) -> int:
    return round(entry["threshold"] * _SURE)


def _scaled(old: int, reference: int, shipped: int) -> int:
    """Give what is as far from `shipped`, in odds, as `old` is from `reference`; the ends of the scale stay."""
    if old == reference:
        return shipped
    if {old, reference} & {0, _SURE}:
        return old
    odds = shipped / (_SURE - shipped) * (old / (_SURE - old)) / (reference / (_SURE - reference))
    return round(_SURE * odds / (1 + odds))


def _replaced(text: str, names: tuple[str, ...], old: int, new: int) -> str:
    """Replace one number: the first after these names in their order, which in valid data is theirs."""
    pattern = "".join(rf"{json.dumps(name)}\s*:.*?" for name in names[:-1]) + rf"{json.dumps(names[-1])}\s*:\s*"
    changed, count = re.subn(f"({pattern}){old}\\b", rf"\g<1>{new}", text, count=1, flags=re.DOTALL)
    if not count or _at(orjson.loads(changed), names) != new:
        raise BundleUnusable(f"the number of {'.'.join(names)} can't be found in the data's text")
    return changed


def _at(data: Any, names: tuple[str, ...]) -> Any:
    for name in names:
        data = data[name]
    return data
