"""Walk a JSON Schema: a reader's prose and a caller's examples among the words of the schema language."""

from typing import Any, Final

from gateway.dialects import places
from gateway.dialects.leaves import is_telling, long_number
from gateway.dialects.places import Places
from gateway.dialects.protocol_names import BOUNDS
from gateway.dialects.slot import Path
from gateway.dialects.walk import Walk

_STRUCTURE: Final = frozenset({"type", "format", "required", "$ref", "syntax", "propertyOrdering"})
"""Keywords whose values are names of the schema language or of members, https://json-schema.org/draft/2020-12."""

_EXAMPLES: Final = frozenset({"default", "example", "examples", "enum", "const", "input_examples"})
"""Keywords whose values are data of any shape."""


def walk_schema(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    """Walk a schema, in a definition of a tool or of the reply's format."""
    if isinstance(value, dict):
        for key, child in value.items():
            walk_keyword(walk, key, child, path)
    elif isinstance(value, list):
        for index, child in enumerate(value):
            walk_schema(walk, child, (*path, index), _places)
    elif isinstance(value, str) or (value is not None and long_number(value) not in BOUNDS):
        walk.free(value, path, places.TOOLS)


def walk_keyword(walk: Walk, key: str, value: Any, path: Path) -> None:
    """Walk one member of a schema, or of an object that has members of a schema; `path` leads to the object."""
    here = (*path, key)
    if is_telling(key):
        walk.key(key, here, places.TOOLS)
    if key in _EXAMPLES:
        walk.free(value, here, places.TOOLS)
    elif key in _STRUCTURE and not isinstance(value, dict):
        walk.options(value, here, places.TOOLS)
    else:
        walk_schema(walk, value, here, places.TOOLS)
