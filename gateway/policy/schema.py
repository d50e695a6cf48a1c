"""Checks of a JSON value against a JSON schema, for the part of the standard that policy data needs.

An unknown keyword is an error and not ignored: a rule that isn't enforced must not look as if it were. The format
`json-schema` asks for a schema that the arguments of tool calls can be checked by.
The vocabulary is of https://json-schema.org/draft-07/json-schema-validation.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from gateway.policy.arguments import SchemaUnusable, compiled

_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "null": lambda value: value is None,
}
_NOTES = {"$schema", "title", "description"}


class SchemaUnknown(Exception):
    """The schema uses a keyword that is not enforced here; the message names it."""


def faults(value: Any, schema: Mapping[str, Any], path: str) -> Iterator[str]:
    """Give a sentence for each place where the value is not what the schema asks, empty for a valid one.

    Args:
        value: What `json.loads` or `yaml.safe_load` gives.
        schema: The schema as loaded from JSON.
        path: How the value itself is called in the sentences, such as `use_cases`.

    Raises:
        SchemaUnknown: The schema uses another keyword than those of this module.
    """
    if unknown := schema.keys() - _KEYWORDS.keys() - _NOTES - {"type"}:
        raise SchemaUnknown(f"the schema of {path} uses `{min(unknown)}`, which is not enforced")
    kind = schema.get("type")
    if kind is not None and not _TYPES[kind](value):
        yield f"{path} must be of type {kind}"
        return
    for keyword, rule in schema.items():
        if keyword in _KEYWORDS:
            yield from _KEYWORDS[keyword](value, rule, schema, path)


_Check = Callable[[Any, Any, Mapping[str, Any], str], Iterator[str]]


def _properties(value: Any, rule: Any, _: Mapping[str, Any], path: str) -> Iterator[str]:
    for name, schema in rule.items():
        if name in value:
            yield from faults(value[name], schema, f"{path}.{name}")


def _additional(value: Any, rule: Any, schema: Mapping[str, Any], path: str) -> Iterator[str]:
    for name in sorted(map(str, value.keys() - schema.get("properties", {}).keys())):
        if rule is False:
            yield f"{path}.{name} is not known; known are {', '.join(sorted(schema.get('properties', ())))}"
        elif isinstance(rule, dict):
            yield from faults(value.get(name), rule, f"{path}.{name}")


def _required(value: Any, rule: Any, _: Mapping[str, Any], path: str) -> Iterator[str]:
    yield from (f"{path}.{name} is missing" for name in rule if name not in value)


def _items(value: Any, rule: Any, _: Mapping[str, Any], path: str) -> Iterator[str]:
    for index, item in enumerate(value):
        yield from faults(item, rule, f"{path}[{index}]")


def _enum(value: Any, rule: Any, _: Mapping[str, Any], path: str) -> Iterator[str]:
    if value not in rule:
        yield f"{path} must be one of {', '.join(map(str, rule))}"


def _minimum(value: Any, rule: Any, _: Mapping[str, Any], path: str) -> Iterator[str]:
    if value < rule:
        yield f"{path} must be {rule} or more"


def _maximum(value: Any, rule: Any, _: Mapping[str, Any], path: str) -> Iterator[str]:
    if value > rule:
        yield f"{path} must be {rule} or less"


def _min_length(value: Any, rule: Any, _: Mapping[str, Any], path: str) -> Iterator[str]:
    if len(value) < rule:
        yield f"{path} must have {rule} or more characters"


def _pattern(value: Any, rule: Any, _: Mapping[str, Any], path: str) -> Iterator[str]:
    if not re.search(rule, value):
        yield f"{path} must match {rule}"


def _format(value: Any, rule: Any, _: Mapping[str, Any], path: str) -> Iterator[str]:
    if rule != "json-schema":
        raise SchemaUnknown(f"the schema of {path} uses the format `{rule}`, which is not enforced")
    try:
        compiled(value)
    except SchemaUnusable as exc:
        yield f"{path} is no JSON Schema that can be checked: {exc}"


_KEYWORDS: Mapping[str, _Check] = {
    "properties": _properties,
    "additionalProperties": _additional,
    "required": _required,
    "items": _items,
    "enum": _enum,
    "minimum": _minimum,
    "maximum": _maximum,
    "minLength": _min_length,
    "pattern": _pattern,
    "format": _format,
}
