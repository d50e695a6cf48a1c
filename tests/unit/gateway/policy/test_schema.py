"""Checks of policy data: each fault has its path, and no rule of a schema is silently ignored."""

import pytest

from gateway.policy.schema import SchemaUnknown, faults

SCHEMA = {
    "title": "Use cases",
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "additionalProperties": False,
        "required": ["models"],
        "properties": {
            "models": {"type": "array", "items": {"type": "string", "pattern": "^[a-z*]+$"}},
            "least": {"type": "integer", "minimum": 0, "maximum": 10},
            "mode": {"type": "string", "enum": ["window", "hold"]},
            "prefix": {"type": "string", "minLength": 1},
        },
    },
}


def test_a_valid_value_has_no_faults():
    value = {"chat": {"models": ["*"], "least": 10, "mode": "hold", "prefix": "x"}}
    assert list(faults(value, SCHEMA, "use_cases")) == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param([], "use_cases must be of type object", id="type"),
        pytest.param({"chat": {}}, "use_cases.chat.models is missing", id="required"),
        pytest.param({"chat": {"models": "*"}}, "use_cases.chat.models must be of type array", id="nested-type"),
        pytest.param({"chat": {"models": ["A"]}}, "use_cases.chat.models[0] must match ^[a-z*]+$", id="pattern"),
        pytest.param({"chat": {"models": [], "least": -1}}, "use_cases.chat.least must be 0 or more", id="minimum"),
        pytest.param({"chat": {"models": [], "least": 11}}, "use_cases.chat.least must be 10 or less", id="maximum"),
        pytest.param({"a": {"models": [], "least": True}}, "use_cases.a.least must be of type integer", id="bool"),
        pytest.param({"a": {"models": [], "mode": "x"}}, "use_cases.a.mode must be one of window, hold", id="enum"),
        pytest.param(
            {"chat": {"models": [], "prefix": ""}}, "use_cases.chat.prefix must have 1 or more characters", id="length"
        ),
        pytest.param(
            {"chat": {"models": [], "modes": 1}},
            "use_cases.chat.modes is not known; known are least, mode, models, prefix",
            id="unknown-field",
        ),
    ],
)
def test_a_fault_has_its_path(value, expected):
    assert list(faults(value, SCHEMA, "use_cases")) == [expected]


def test_a_keyword_that_is_not_enforced_is_an_error():
    with pytest.raises(SchemaUnknown, match="oneOf"):
        list(faults(1, {"oneOf": []}, "x"))


def test_a_schema_for_arguments_is_checked_as_one():
    schema = {"type": "object", "additionalProperties": {"type": "object", "format": "json-schema"}}
    assert list(faults({"mail": {"type": "object"}}, schema, "schemas")) == []
    assert list(faults({"mail": {"type": "text"}}, schema, "schemas")) == [
        "schemas.mail is no JSON Schema that can be checked: see $.type"
    ]
    with pytest.raises(SchemaUnknown, match="email"):
        list(faults("x", {"format": "email"}, "x"))


def test_keys_that_are_no_strings_are_faults_not_errors():
    assert list(faults({"chat": {"models": []}, 1: {"models": []}}, SCHEMA, "use_cases")) == [
        "use_cases.1 must be of type object"
    ]
