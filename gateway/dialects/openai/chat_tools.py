"""Chat Completions: walk the definitions of tools and of the reply's format, both JSON Schemas with prose in them."""

from typing import Any, Final

from gateway.dialects import places
from gateway.dialects.leaves import IDENTIFIER
from gateway.dialects.places import Places
from gateway.dialects.schema import walk_keyword, walk_schema
from gateway.dialects.slot import Path
from gateway.dialects.walk import Walk

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
        return walk_schema(walk, value, path, places.TOOLS)
    for key, child in value.items():
        if key in _NAMED:
            _definition(walk, child, (*path, key))
        elif key == "name":
            walk.label(child, (*path, key), places.TOOLS)
        else:
            walk_keyword(walk, key, child, path)
    return None
