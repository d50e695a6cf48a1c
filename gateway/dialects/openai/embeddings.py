"""Embeddings: texts in, vectors out.

Format: https://platform.openai.com/docs/api-reference/embeddings.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from gateway.dialects import places
from gateway.dialects.json_dialect import JsonDialect
from gateway.dialects.members import Member, objects_of
from gateway.dialects.openai.api import OPENAI
from gateway.dialects.openai.chat_reply import read_usage
from gateway.dialects.openai.errors import read_error
from gateway.dialects.openai.prompt import walk_prompt
from gateway.dialects.places import Places
from gateway.dialects.reading import refuse
from gateway.dialects.slot import Path
from gateway.dialects.vector import is_vector
from gateway.dialects.walk import Walk

_BASE64: Final = re.compile(r"[A-Za-z0-9+/]{64,}={0,2}")


def _check(document: Mapping[str, Any]) -> None:
    if not (isinstance(document.get("input"), str | list) and document["input"] != []):
        refuse("input", "a string or a non-empty array")


def _user(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    walk.free(value, path, places.METADATA)


def _vector(walk: Walk, value: Any, path: Path, where: Places) -> None:
    """Pass over a vector, thousands of small numbers or their bytes in base64; anything else is free text."""
    if not (_BASE64.fullmatch(value) if isinstance(value, str) else is_vector(value)):
        walk.free(value, path, where)


_ASKS: Final[dict[str, Member]] = {
    **dict.fromkeys(("model", "encoding_format", "dimensions"), Walk.options),
    "input": walk_prompt,
    "user": _user,
}
_DATA: Final[dict[str, Member]] = {"object": Walk.label, "index": Walk.options, "embedding": _vector}
_ANSWERS: Final[dict[str, Member]] = {
    **dict.fromkeys(("object", "model", "id"), Walk.label),
    "data": objects_of(_DATA),
    "usage": Walk.options,
}

EMBEDDINGS: Final = JsonDialect(
    name="openai.embeddings",
    api=OPENAI,
    path="/embeddings",
    asks=_ASKS,
    answers=_ANSWERS,
    check=_check,
    usage=lambda document: read_usage(document.get("usage")),
    complete=lambda request: replace(request, max_output=0),  # vectors are not billed
    read_errors=read_error,
)
