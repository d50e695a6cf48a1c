"""Both spellings of a member's name: `systemInstruction` and `system_instruction` are the same to the API.

The JSON mapping of protocol buffers reads either, https://protobuf.dev/programming-guides/json/#field-names.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from gateway.dialects.members import Member, Members
from gateway.errors import BadRequest

_HUMP: Final = re.compile(r"(?<=[a-z0-9])[A-Z]")
_NAMES_KEPT: Final = 1024


def both(members: Members) -> dict[str, Member]:
    """Give a table that knows each member under both spellings."""
    return {**members, **{snake(name): member for name, member in members.items()}}


def both_names(*names: str) -> frozenset[str]:
    """Give these names in both spellings."""
    return frozenset((*names, *map(snake, names)))


@lru_cache(_NAMES_KEPT)
def snake(name: str) -> str:
    """Give the spelling with underscores."""
    return _HUMP.sub(lambda hump: "_" + hump[0].lower(), name)


def member(document: Mapping[str, Any], name: str) -> Any:
    """Give the value of a member under either spelling, None for none."""
    value = document.get(name)
    return value if value is not None else document.get(snake(name))


def check_once(document: Mapping[str, Any], *names: str) -> None:
    """Check that none of these members comes under both spellings: only the provider knows which one counts.

    Raises:
        BadRequest: one does.
    """
    for name in names:
        if name in document and snake(name) != name and snake(name) in document:
            message = f"'{name}' is given twice, in both spellings."
            raise BadRequest(message, code="duplicate_member", param=name)
