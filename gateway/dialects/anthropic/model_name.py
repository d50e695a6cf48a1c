"""Names of Anthropic's own models, https://docs.anthropic.com/en/docs/about-claude/models."""

import re
from typing import Any, Final

from gateway.dialects.places import Places
from gateway.dialects.slot import Path
from gateway.dialects.walk import Walk

_OWN: Final = re.compile(
    r"claude(?:-[a-z]{2,12}|-[0-9]{1,2}){1,5}(?:[-@]20[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))?"
)


def walk_model(walk: Walk, value: Any, path: Path, places: Places) -> None:
    """Pass over a name of the vendor's own kind: version and date in it look like a telephone number.

    Any other is a setting like the rest.
    """
    if not (isinstance(value, str) and _OWN.fullmatch(value)):
        walk.options(value, path, places)
