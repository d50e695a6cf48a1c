"""Chat Completions: walk the definitions of tools and of the reply's format, both JSON Schemas with prose in them."""

from typing import Any, Final

from gateway.dialects import places
from gateway.dialects.leaves import IDENTIFIER, is_telling, long_number
from gateway.dialects.places import Places
from gateway.dialects.protocol_names import BOUNDS
from gateway.dialects.slot import Path
from gateway.dialects.walk import Walk

_STRUCTURE: Final = frozenset({"type", "format", "required", "$ref", "syntax"})
"""Keywords whose values are names of the schema language or of members, https://json-schema.org/draft/2020-12."""

_EXAMPLES: Final = frozenset({"default", "example", "examples", "enum", "const"})
"""Keywords whose values are data of any shape."""

_NAMED: Final = frozenset({"function", "custom", "json_schema"})


def tool_names(document: dict[str, Any]) -> tuple[str, ...]:
    """Name the tools that a request offers, in its order; a hosted tool has only a type."""
    names = []
    for tool in [*(document.get("tools") or ()), *(document.get("functions") or ())]:
        inner = tool.get(tool.get("type")) if isinstance(tool.get("type"), str) else tool
        name = inner.get("name") if isinstance(inner, dict) else tool.get("type")
        if isinstance(name, str):
            names.append(name if IDENTIFIER.fullmatch(name) else "unnamed")
    return tuple(names)


def walk_definitions(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    """Walk `tools` or `functions`."""
    for index, tool in enumerate(value):
        _definition(walk, tool, (*path, index))


def walk_format(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    """Walk `response_format`."""
    _definition(walk, value, path)


def _definition(walk: Walk, value: Any, path: Path) -> None:
    """Walk an object that may carry a name beside its schema, or holds one that does."""
    if not isinstance(value, dict):
        return _schema(walk, value, path)
    for key, child in value.items():
        if key in _NAMED:
            _definition(walk, child, (*path, key))
        elif key == "name":
            walk.label(child, (*path, key), places.TOOLS)
        else:
            _member(walk, key, child, path)
    return None


def _schema(walk: Walk, value: Any, path: Path) -> None:
    if isinstance(value, dict):
        for key, child in value.items():
            _member(walk, key, child, path)
    elif isinstance(value, list):
        for index, child in enumerate(value):
            _schema(walk, child, (*path, index))
    elif isinstance(value, str) or (value is not None and long_number(value) not in BOUNDS):
        walk.free(value, path, places.TOOLS)


def _member(walk: Walk, key: str, value: Any, path: Path) -> None:
    here = (*path, key)
    if is_telling(key):
        walk.key(key, here, places.TOOLS)
    if key in _EXAMPLES:
        walk.free(value, here, places.TOOLS)
    elif key in _STRUCTURE and not isinstance(value, dict):
        walk.options(value, here, places.TOOLS)
    else:
        _schema(walk, value, here)
