import uuid
from datetime import UTC, datetime
from enum import StrEnum

import pytest

from audit.canonical import MAX_BYTES, encode, is_canonical
from audit.errors import RecordRefused


class Colour(StrEnum):
    RED = "red"


def test_keys_are_sorted_and_nothing_is_padded() -> None:
    assert encode({"b": [1, True, None], "a": {"d": "\u20ac", "c": Colour.RED}}) == (
        b'{"a":{"c":"red","d":"\xe2\x82\xac"},"b":[1,true,null]}'
    )


@pytest.mark.parametrize(
    "value",
    [
        pytest.param({"a": 1.0}, id="a float"),
        pytest.param({"a": [{"b": (0.5,)}]}, id="a float deep inside"),
        pytest.param({"a": float("nan")}, id="not a number"),
        pytest.param({"\u00e4": 1}, id="a key that is not ASCII"),
        pytest.param({"a": {"\u00e4": 1}}, id="a key that is not ASCII, deep inside"),
        pytest.param({1: 1}, id="a key that is no text"),
        pytest.param({"a": 2**53}, id="an integer past 2^53"),
        pytest.param({"a": -(2**53)}, id="an integer below -2^53"),
        pytest.param({"a": "\ud800"}, id="half a surrogate pair"),
        pytest.param({"a": b"x"}, id="bytes"),
        pytest.param({"a": {1, 2}}, id="a set"),
        pytest.param({"a": datetime(2026, 1, 1, tzinfo=UTC)}, id="a date"),
        pytest.param({"a": uuid.UUID(int=1)}, id="a UUID, which has two spellings"),
        pytest.param({"a": "x" * MAX_BYTES}, id="more than a leaf holds"),
    ],
)
def test_what_has_no_single_spelling_is_refused(value: dict[str, object]) -> None:
    with pytest.raises(RecordRefused):
        encode(value)


def test_a_value_that_contains_itself_is_refused() -> None:
    loop: dict[str, object] = {}
    loop["again"] = loop
    with pytest.raises(RecordRefused):
        encode(loop)


def test_the_longest_record_fits() -> None:
    assert len(encode({"a": "x" * (MAX_BYTES - 8)})) == MAX_BYTES


def test_a_refusal_does_not_quote_the_content() -> None:
    with pytest.raises(RecordRefused) as caught:
        encode({"a": ["anna@example.org", 1.5]})
    assert "anna" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param(b'{"b":1,"a":2}', {"b": 1, "a": 2}, id="unsorted"),
        pytest.param(b'{"a": 1}', {"a": 1}, id="padded"),
        pytest.param(b'{"a":1,"a":1}', {"a": 1}, id="a key twice"),
        pytest.param(b'{"a":"\\u0041"}', {"a": "A"}, id="needless escape"),
    ],
)
def test_other_spellings_are_not_canonical(text: bytes, value: object) -> None:
    assert not is_canonical(text, value)
