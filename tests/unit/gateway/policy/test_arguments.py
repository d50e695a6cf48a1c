"""Arguments of tool calls against the operator's schemas: right answers, and no answer that takes for ever."""

import json
import time
from typing import Any

import pytest

from gateway.policy.arguments import MAX_STEPS, SchemaUnusable, compiled, unchecked
from gateway.policy.document import Arguments
from tests.pace import within

MAIL = {
    "type": "object",
    "required": ["to"],
    "properties": {"to": {"type": "string", "minLength": 1}, "copies": {"type": "integer", "maximum": 3}},
    "additionalProperties": False,
}


@pytest.mark.parametrize(
    ("arguments", "state"),
    [
        ('{"to": "ann"}', "valid"),
        ('{"to": "ann", "copies": 3}', "valid"),
        ('{"to": "ann", "copies": 4}', "invalid"),
        ('{"to": "ann", "copies": true}', "invalid"),
        ('{"to": ""}', "invalid"),
        ('{"to": "ann", "bcc": "x"}', "invalid"),
        ("[]", "invalid"),
        ("", "invalid"),
        ("  ", "invalid"),
        ('{"to": "ann"', "malformed"),
        ('{"to": "ann", "to": "bob"}', "malformed"),
        ('{"to": NaN}', "malformed"),
        ("ann", "malformed"),
    ],
)
def test_arguments_stand_to_their_schema(arguments: str, state: str) -> None:
    assert compiled(MAIL).state(arguments) == state


def test_no_arguments_fit_a_tool_that_needs_none() -> None:
    assert compiled({"type": "object"}).state("") == "valid"


@pytest.mark.parametrize(
    ("arguments", "state"), [("", "none"), ("{}", "unchecked"), ('"x"', "unchecked"), ("{", "malformed")]
)
def test_without_a_schema_the_shape_alone_is_told(arguments: str, state: str) -> None:
    assert unchecked(arguments) == state


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        ({"properties": {"a": {"$ref": "#/$defs/n"}}, "$defs": {"n": {"type": "number"}}}, {"a": 1}, {"a": "1"}),
        ({"properties": {"a": {"pattern": "^a+$"}}}, {"a": "aaa"}, {"a": "b"}),
        ({"patternProperties": {"^x": {"type": "null"}}, "additionalProperties": False}, {"x1": None}, {"y": None}),
        ({"properties": {"a": {"uniqueItems": True}}}, {"a": [1, 2]}, {"a": [1, 1]}),
        ({"properties": {"a": {"pattern": {"not": "read"}}, "pattern": {"type": "string"}}}, {"pattern": "x"}, None),
    ],
)
def test_keywords_mean_what_they_mean(schema: Any, good: Any, bad: Any) -> None:
    if bad is None:
        with pytest.raises(SchemaUnusable):
            compiled(schema)
        return
    assert compiled(schema).state(json.dumps(good)) == Arguments.VALID
    assert compiled(schema).state(json.dumps(bad)) == Arguments.INVALID


def test_a_format_is_a_note_and_no_check() -> None:
    assert compiled({"properties": {"a": {"format": "email"}}}).state('{"a": "nobody"}') == "valid"


@pytest.mark.parametrize(
    "schema",
    [
        pytest.param({"type": "text"}, id="no-such-type"),
        pytest.param({"properties": {"a": {"$ref": "https://example.com/schema"}}}, id="another-document"),
        pytest.param({"$id": "https://example.com/x", "$ref": "#"}, id="a-document-of-its-own"),
        pytest.param({"$schema": "http://json-schema.org/draft-07/schema#"}, id="another-draft"),
        pytest.param({"pattern": "("}, id="no-pattern"),
        pytest.param({"patternProperties": {"(": {}}}, id="no-pattern-for-keys"),
        pytest.param({"default": float("nan"), "minimum": "1"}, id="no-number"),
    ],
)
def test_a_schema_that_cannot_be_checked_is_refused(schema: Any) -> None:
    with pytest.raises(SchemaUnusable):
        compiled(schema)


def test_the_standards_own_name_is_no_other_document() -> None:
    assert compiled({"$schema": "https://json-schema.org/draft/2020-12/schema"}).state("{}") == "valid"


DOUBLING = {
    "$defs": {
        **{f"d{n}": {"allOf": [{"$ref": f"#/$defs/d{n + 1}"}, {"$ref": f"#/$defs/d{n + 1}"}]} for n in range(30)},
        "d30": {},
    },
    "$ref": "#/$defs/d0",
}
COSTLY = {
    "a reference that doubles": (DOUBLING, "{}"),
    "a reference to itself": ({"$ref": "#"}, "{}"),
    "a reference to nothing": ({"$ref": "#/$defs/none"}, "{}"),
    "a pattern that never ends": ({"properties": {"a": {"pattern": "^(a|aa)+$"}}}, json.dumps({"a": "a" * 5000 + "b"})),
    "a list of many": ({"items": {"type": "integer"}}, json.dumps([1] * (MAX_STEPS + 1))),
    "many to compare": ({"uniqueItems": True}, json.dumps([{"a": n} for n in range(5000)])),
    "a long key for patterns": ({"patternProperties": {"^(a|aa)+$": {}}}, json.dumps({"a" * 5000 + "b": 1})),
}


@pytest.mark.parametrize(("schema", "arguments"), COSTLY.values(), ids=COSTLY)
def test_a_check_that_costs_too_much_is_not_passed(schema: Any, arguments: str) -> None:
    schema_ready = compiled(schema)
    start = time.process_time()
    assert schema_ready.state(arguments) == Arguments.INVALID
    assert time.process_time() - start < within(1)


def test_a_failed_check_leaves_the_next_one_its_steps() -> None:
    compiled(DOUBLING).state("{}")
    assert compiled(MAIL).state('{"to": "ann"}') == "valid"


def test_equal_schemas_are_made_ready_once() -> None:
    assert compiled({"type": "object"}) is compiled({"type": "object"})
