"""Where a call of an unknown endpoint goes: its path and its query, read in one way only and written anew.

Whatever two servers could read differently (dots, doubled or encoded slashes) is refused: nobody leaves an upstream's
base URL, and what was screened is what is asked for.
"""

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, unquote_to_bytes, urlencode

from gateway.dialects.message import Inbound
from gateway.errors import BadRequest

MAX_SEGMENTS: Final = 32
MAX_PAIRS: Final = 64

_SAFE: Final = ":@,+=~!$&'()*"
_FORBIDDEN: Final = re.compile(r"[\x00-\x1f\x7f/\\%]")


@dataclass(frozen=True, slots=True)
class Where:
    """A path below an upstream's base URL, by its decoded segments, and the pairs of its query."""

    segments: tuple[str, ...] = field(repr=False)
    pairs: tuple[tuple[str, str], ...] = field(repr=False)

    @property
    def path(self) -> str:
        """Write the path and the query."""
        path = "".join("/" + quote(segment, safe=_SAFE) for segment in self.segments)
        return f"{path}?{urlencode(self.pairs)}" if self.pairs else path


def where(inbound: Inbound, prefix: re.Pattern[str], left_out: frozenset[str] = frozenset()) -> Where:
    """Read where a call goes, below this prefix of its path and without these members of its query.

    Raises:
        BadRequest: two readers of the path might go different ways, or it is too long.
    """
    rest = inbound.path[start.end() :] if (start := prefix.match(inbound.path)) else inbound.path
    segments = tuple(map(_segment, rest.removeprefix("/").split("/")))
    if len(segments) > MAX_SEGMENTS or len(inbound.pairs) > MAX_PAIRS:
        raise _refused()
    return Where(segments, tuple((name, value) for name, value in inbound.pairs if name not in left_out))


def _segment(raw: str) -> str:
    try:
        segment = unquote_to_bytes(raw).decode()
    except UnicodeDecodeError as exc:
        raise _refused() from exc
    if segment in ("", ".", "..") or _FORBIDDEN.search(segment):
        raise _refused()
    return segment


def _refused() -> BadRequest:
    return BadRequest("The path could be read in more than one way, so it is not forwarded.", code="invalid_path")
