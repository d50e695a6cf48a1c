import pytest

from gateway.dialects.leaves import TooManyLeaves, is_blob, is_long_name, is_telling, leaves, long_number
from gateway.dialects.slot import Kind


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({"a": "x", "b": ["y", {"c": "z"}]}, ["x", "y", "z"]),
        ({"ann@example.org": 1}, ["ann@example.org"]),
        ({"4915112345678": None}, ["4915112345678"]),
        ({"AKIAIOSFODNN7EXAMPLE": 1}, ["AKIAIOSFODNN7EXAMPLE"]),
        ({"078-05-1121": 1}, ["078-05-1121"]),
    ],
    ids=["strings", "a key like an address", "a key like a number", "a key like a secret", "a key with many digits"],
)
def test_every_string_and_telling_key_is_found(value: object, found: list[str]) -> None:
    assert [leaf.text for leaf in leaves(value)] == found


@pytest.mark.parametrize(
    ("number", "digits"),
    [
        (12345678, "12345678"),
        (-12345678, "-12345678"),
        (1234567, None),
        (4111111111111111.0, "4111111111111111"),
        (int("4" * 30), "4" * 30),
        (0.123456789012, None),
        (True, None),
        (1e20, None),
        (1e308, None),
        (float("inf"), None),
    ],
)
def test_whole_numbers_are_read_from_eight_digits_on_and_never_blown_up(number: float, digits: str | None) -> None:
    assert long_number(number) == digits


def test_strings_keys_and_numbers_are_told_apart() -> None:
    assert [leaf.kind for leaf in leaves({"a b": [12345678, "x", None]})] == [Kind.KEY, Kind.LABEL, Kind.TEXT]


def test_a_value_with_more_leaves_than_may_be_taken_is_given_up() -> None:
    assert len(leaves([["a"] * 3], (), 3)) == 3
    with pytest.raises(TooManyLeaves):
        leaves([["a"] * 4], (), 3)


@pytest.mark.parametrize(
    ("text", "is_data"),
    [
        ("data:image/png;base64,iVBORw0KGgo=", True),
        ("DATA:text/plain,hello", True),
        ("data: my address is ann@example.org, write to me", False),
        ("QUJD" * 256, True),
        ("QUJD" * 255, False),
        ("word " * 400, False),
    ],
    ids=["data URL", "upper case", "prose", "base64", "short base64", "long prose"],
)
def test_data_is_told_from_text(text: str, is_data: bool) -> None:
    assert is_blob(text) is is_data


@pytest.mark.parametrize(
    ("key", "telling"),
    [
        ("name", False),
        ("a.b-c", False),
        ("Ann Lee", True),
        ("", False),
        ("a_name_of_16_char", True),
        ("room_40_of_2", False),
        ("415-555-0132", True),
        ("1234567", False),
        ("12345678", True),
        ("additionalProperties", False),
        ("prompt_tokens_details", False),
    ],
)
def test_a_key_that_looks_like_a_name_of_a_member_tells_nothing(key: str, telling: bool) -> None:
    assert is_telling(key) is telling


@pytest.mark.parametrize(
    ("name", "is_long"),
    [
        ("get_weather", False),
        ("call_1", False),
        ("fp_44709d6fcb", True),
        ("abcdefghijklmnop", True),
        ("chat.completion.chunk", False),
        ("web_search_preview_2025_03_11", False),
    ],
)
def test_a_name_with_room_for_a_secret_is_long(name: str, is_long: bool) -> None:
    assert is_long_name(name) is is_long
