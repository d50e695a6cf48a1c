"""What the provider wrote for itself and gets back as it was: signatures, and content under its own key."""

import re
from typing import Any, Final

from gateway.dialects.places import Places
from gateway.dialects.slot import Path
from gateway.dialects.walk import Walk

_BASE64: Final = re.compile(r"[A-Za-z0-9+/]+={0,2}")
_SHORTEST_SEAL: Final = 64
"""Characters from which base64 is taken for a signature; the keys of vendors are shorter or hold other signs."""


def walk_seal(walk: Walk, value: Any, path: Path, places: Places) -> None:
    """Pass over a signature: it says nothing by itself, and the provider takes none but its own.

    What doesn't look like one is screened as any name or text.
    """
    if not (isinstance(value, str) and len(value) >= _SHORTEST_SEAL and _BASE64.fullmatch(value)):
        walk.label(value, path, places)


def walk_encrypted(walk: Walk, value: Any, path: Path, places: Places) -> None:
    """Note content that nobody but the provider can read; what doesn't look encrypted is screened as free text."""
    if isinstance(value, str) and _BASE64.fullmatch(value):
        walk.skip(places.text, "encrypted")
    elif value != "":
        walk.free(value, path, places)
