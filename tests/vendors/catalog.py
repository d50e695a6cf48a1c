"""All vendors there are, found by their files."""

from importlib import import_module
from pathlib import Path
from typing import Final

from tests.vendors.vendor import Vendor

MISSING: Final[frozenset[str]] = frozenset()
"""Names of dialects whose vendor's file is still to come. Must be empty when the work is done."""


def vendors() -> tuple[Vendor, ...]:
    """Give each dialect's vendor, by file name."""
    here = Path(__file__)
    found: list[Vendor] = []
    for file in sorted(here.parent.glob("*.py")):
        if file.stem != here.stem:
            module = import_module(f"tests.vendors.{file.stem}")
            found += getattr(module, "VENDORS", ()) or filter(None, [getattr(module, "VENDOR", None)])
    return tuple(found)
