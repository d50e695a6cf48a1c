"""Checks the arguments of tool calls against JSON Schemas, https://json-schema.org/draft/2020-12.

Arguments are a model's text, so the cost of a check is bounded: by steps, and by time where a schema has patterns. A
schema that refers to another document is refused, since nothing is fetched. `format` is a note, as in the standard.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, Final

import orjson
import regex
from jsonschema import Draft202012Validator, SchemaError, ValidationError, validators
from jsonschema.protocols import Validator
from referencing import Registry
from referencing.exceptions import Unresolvable

from gateway.dialects.document import MalformedJson, parse
from gateway.policy.document import Arguments

MAX_STEPS: Final = 20_000
"""Most keywords that one check applies, each to one value; some 20 milliseconds."""

MAX_COMPARISONS: Final = 1_000
"""Most items that are compared with each other for being unique: this costs their square."""

PATTERN_S: Final = 0.02
"""Longest search for one pattern in one text, in seconds."""

LONGEST_KEY: Final = 256
"""Longest key that patterns for keys are tried on, in characters."""

_KEPT: Final = 256
_REFERENCES: Final = ("$ref", "$dynamicRef")
_OF_KEYS: Final = ("patternProperties", "additionalProperties", "unevaluatedProperties")
_EMPTY: Final = "{}"
_steps: ContextVar[list[int]] = ContextVar("steps")

_Keyword = Callable[[Any, Any, Any, Any], Iterator[ValidationError] | None]


class SchemaUnusable(Exception):
    """It is no JSON Schema, or not one that can be checked here. The message quotes nothing of it."""


class _TooCostly(Exception):
    """A check would take too long."""


class ArgumentSchema:
    """One schema, ready to check. Not for several threads at once."""

    __slots__ = ("_validator",)

    def __init__(self, validator: Validator) -> None:
        self._validator = validator

    def state(self, arguments: str) -> Arguments:
        """Say how the arguments of a call stand to this schema; no text at all is taken for an empty object.

        A check that would be too costly has not been passed: `INVALID`.
        """
        try:
            value = parse((arguments if arguments.strip() else _EMPTY).encode())
        except MalformedJson:
            return Arguments.MALFORMED
        steps = _steps.set([MAX_STEPS])
        try:
            return Arguments.VALID if self._validator.is_valid(value) else Arguments.INVALID
        except (_TooCostly, RecursionError, Unresolvable):
            return Arguments.INVALID
        finally:
            _steps.reset(steps)


def unchecked(arguments: str) -> Arguments:
    """Say what the arguments of a call are where no schema counts."""
    if not arguments.strip():
        return Arguments.NONE
    try:
        parse(arguments.encode())
    except MalformedJson:
        return Arguments.MALFORMED
    return Arguments.UNCHECKED


def compiled(schema: Mapping[str, Any]) -> ArgumentSchema:
    """Make a schema ready; the same one is made only once.

    Raises:
        SchemaUnusable: It is no schema of Draft 2020-12, or refers to another document.
    """
    try:
        return _compiled(orjson.dumps(schema))
    except (orjson.JSONEncodeError, RecursionError) as exc:
        raise SchemaUnusable("it can't be read") from exc


@lru_cache(maxsize=_KEPT)
def _compiled(text: bytes) -> ArgumentSchema:
    schema = orjson.loads(text)
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as exc:
        raise SchemaUnusable(f"see {exc.json_path}") from exc
    except (RecursionError, Unresolvable) as exc:
        raise SchemaUnusable("it can't be read") from exc
    if not all(reference.startswith("#") for reference in _references(schema)):
        raise SchemaUnusable("it refers to another document, and none is fetched")
    _check_patterns(schema)
    return ArgumentSchema(_Bounded(schema, registry=Registry()))


def _references(value: Any) -> Iterator[str]:
    for key, child in _members(value):
        if key in _REFERENCES and isinstance(child, str):
            yield child
        elif key == "$schema" and isinstance(child, str):
            yield "#" if child.rstrip("#") == _DIALECT else child
        elif key == "$id":
            yield "another"  # references would be relative to it


def _members(value: Any) -> Iterator[tuple[str, Any]]:
    """Give every member of every object in a value, wherever it stands."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield from value.items()
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


def _check_patterns(schema: Any) -> None:
    for key, child in _members(schema):
        patterns = [child] if key == "pattern" and isinstance(child, str) else ()
        for pattern in child if key == "patternProperties" and isinstance(child, dict) else patterns:
            try:
                re.compile(pattern)
                regex.compile(pattern)
            except (re.error, regex.error) as exc:
                raise SchemaUnusable("it has a pattern that can't be read") from exc


def _counted(keyword: _Keyword) -> _Keyword:
    def check(validator: Any, rule: Any, value: Any, schema: Any) -> Iterator[ValidationError]:
        left = _steps.get()
        left[0] -= 1
        if left[0] < 0:
            raise _TooCostly
        yield from keyword(validator, rule, value, schema) or ()

    return check


def _pattern(_validator: Any, rule: Any, value: Any, _schema: Any) -> Iterator[ValidationError]:
    if not isinstance(value, str):
        return
    try:
        found = regex.search(rule, value, timeout=PATTERN_S)
    except TimeoutError as exc:
        raise _TooCostly from exc
    if not found:
        yield ValidationError("a text does not match")


def _unique(validator: Any, rule: Any, value: Any, schema: Any) -> Iterator[ValidationError]:
    if isinstance(value, list) and len(value) > MAX_COMPARISONS:
        raise _TooCostly
    yield from _STANDARD["uniqueItems"](validator, rule, value, schema) or ()


def _of_keys(keyword: _Keyword) -> _Keyword:
    def check(validator: Any, rule: Any, value: Any, schema: Any) -> Iterator[ValidationError]:
        if "patternProperties" in schema and isinstance(value, dict) and any(len(key) > LONGEST_KEY for key in value):
            raise _TooCostly
        yield from keyword(validator, rule, value, schema) or ()

    return check


_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_STANDARD: Final[Mapping[str, _Keyword]] = Draft202012Validator.VALIDATORS
_OWN: Final[Mapping[str, _Keyword]] = {
    **_STANDARD,
    "pattern": _pattern,
    "uniqueItems": _unique,
    **{name: _of_keys(_STANDARD[name]) for name in _OF_KEYS},
}
_Bounded: Final[type[Validator]] = validators.extend(  # type: ignore[no-untyped-call]
    Draft202012Validator, {name: _counted(keyword) for name, keyword in _OWN.items()}
)
