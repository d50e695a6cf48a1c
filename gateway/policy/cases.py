"""Cases: input documents with the decision that they must get, for every engine alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from gateway.policy.archive import BundleUnusable
from gateway.policy.decision import Decision, Reason

SETTINGS = "settings.json"
"""The data that cases are decided with, so that tuning a bundle's own data breaks none."""


@dataclass(frozen=True, slots=True)
class Case:
    """One file of `cases/`: what is decided, why it is worth a case, and the decision as Rego gives it."""

    name: str
    note: str
    document: bytes
    expect: Mapping[str, Any]


def read_cases(folder: Path) -> list[Case]:
    """Read the cases of a bundle's folder, in the order of their names; a folder without cases gives none.

    Raises:
        BundleUnusable: A file is not a case.
    """
    return [_read(file) for file in sorted((folder / "cases").glob("*.json")) if file.name != SETTINGS]


def settings(folder: Path) -> Path | None:
    """Give the file of the data for cases, or None when they take the bundle's own."""
    file = folder / "cases" / SETTINGS
    return file if file.is_file() else None


def written(decision: Decision) -> dict[str, Any]:
    """Give a decision in the form that cases are written in."""
    return {
        "action": decision.action.value,
        "reasons": [_reason(reason) for reason in decision.reasons],
        "obligations": list(decision.obligations),
        "shadow_reasons": [_reason(reason) for reason in decision.shadow_reasons],
    }


def _read(file: Path) -> Case:
    try:
        case = orjson.loads(file.read_bytes())
        return Case(file.stem, str(case["note"]), orjson.dumps(case["input"]), dict(case["expect"]))
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise BundleUnusable(f"{file} is not a case: an object with `note`, `input` and `expect`") from exc


def _reason(reason: Reason) -> dict[str, str]:
    return {
        "code": reason.code,
        "action": reason.action.value,
        "source": reason.source,
        "message": reason.message,
    }
