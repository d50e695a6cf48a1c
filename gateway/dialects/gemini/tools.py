"""Gemini: walk the definitions of tools, and name them.

Format: https://ai.google.dev/api/caching#Tool.
"""

from typing import Any, Final

from gateway.dialects import places
from gateway.dialects.gemini.parts import parts_of
from gateway.dialects.gemini.spelling import both, member
from gateway.dialects.leaves import IDENTIFIER
from gateway.dialects.members import Member, objects_of, walk_object, walk_text
from gateway.dialects.places import Places
from gateway.dialects.schema import walk_schema
from gateway.dialects.slot import Path
from gateway.dialects.walk import Walk

_HOSTED: Final = (
    "googleSearch",
    "googleSearchRetrieval",
    "codeExecution",
    "urlContext",
    "fileSearch",
    "computerUse",
    "googleMaps",
    "enterpriseWebSearch",
)
"""Tools that the provider runs by itself; their members are settings."""


def listed(value: Any) -> list[Any]:
    """Give a list, or a lone value as a list of one, as the API reads it; nothing for null."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def tool_names(document: dict[str, Any]) -> tuple[str, ...]:
    """Name the tools that a request offers, in its order; a hosted tool goes by the name of its kind."""
    names: list[str] = []
    for tool in listed(document.get("tools")):
        declared = listed(member(tool, "functionDeclarations"))
        names += [name_of(one) for one in declared if isinstance(one, dict)]
        names += [name for name in (*_HOSTED, "mcpServers") if member(tool, name) is not None]
    return tuple(names)


def answered_tools(document: dict[str, Any]) -> tuple[str, ...]:
    """Name the tools whose results stand after the model's last turn."""
    names: list[str] = []
    for content in reversed(listed(document.get("contents"))):
        if content.get("role") == "model":
            break
        results = [member(part, "functionResponse") for part in parts_of(content)]
        names[:0] = [name_of(result) for result in results if isinstance(result, dict)]
    return tuple(names)


def walk_tools(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    """Walk `tools`, a list or one of them."""
    if isinstance(value, list):
        for index, tool in enumerate(value):
            walk_object(walk, tool, (*path, index), places.TOOLS, _TOOL)
    else:
        walk_object(walk, value, path, places.TOOLS, _TOOL)


def name_of(value: dict[str, Any]) -> str:
    """Give the name of a function or of its call if it looks like one, else `unnamed`."""
    name = value.get("name")
    return name if isinstance(name, str) and IDENTIFIER.fullmatch(name) else "unnamed"


_DECLARATION: Final = both(
    {
        **dict.fromkeys(("name", "behavior"), Walk.label),
        "description": walk_text,
        **dict.fromkeys(("parameters", "parametersJsonSchema", "response", "responseJsonSchema"), walk_schema),
    }
)


def _declarations(walk: Walk, value: Any, path: Path, where: Places) -> None:
    member_of: Member = objects_of(_DECLARATION)
    if isinstance(value, list):
        member_of(walk, value, path, where)
    else:
        walk_object(walk, value, path, where, _DECLARATION)


_TOOL: Final = both(
    {
        "functionDeclarations": _declarations,
        **dict.fromkeys(_HOSTED, Walk.options),
        "mcpServers": Walk.data,
    }
)
