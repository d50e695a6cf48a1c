import time

import pytest

from gateway.dialects.document import MalformedJson, parse
from tests.pace import within


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b' {"a": [1, 2.5e3, true, null, "\\u00e9\\n"]} ', {"a": [1, 2500.0, True, None, "é\n"]}),
        (b'"\\ud83d\\ude00"', "\N{GRINNING FACE}"),
        (b'"\\\\ud800"', "\\ud800"),
        (b'{"a": 1, "A": 2}', {"a": 1, "A": 2}),
        (b'[{"a": 1}, {"a": 2}]', [{"a": 1}, {"a": 2}]),
    ],
    ids=["all kinds", "surrogate pair", "escaped backslash", "keys that differ in case", "one key in two objects"],
)
def test_strict_json_is_read(raw: bytes, value: object) -> None:
    assert parse(raw) == value


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "not valid JSON at byte 0"),
        (b'{"a": 1} x', "not valid JSON at byte 9"),
        ('{"é": x}'.encode(), "not valid JSON at byte 7"),
        (b'"a\nb"', "not valid JSON at byte 2"),
        (b"\xef\xbb\xbf{}", "not valid JSON at byte 0"),
        (b'{"a": "\xff"}', "not UTF-8 at byte 7"),
        (b"{\x00}", "not valid JSON at byte 1"),
        ("{}".encode("utf-16"), "not UTF-8 at byte 0"),
        (b'{"a": 1, "b": {"c": 1, "c": 2}}', "a duplicate key at byte 23"),
        (b'{"a": 1, "\\u0061": 2}', "a duplicate key at byte 9"),
        (b'{"x": "{\\"a\\": 1, \\"a\\"", "y": [NaN]}', "a number that is not finite at byte 32"),
        (b"[-Infinity]", "a number that is not finite at byte 1"),
        (b'["ok", "\\ud800"]', "a lone surrogate in the string at byte 7"),
        (b'{"\\uDC00": 1}', "a lone surrogate in the string at byte 1"),
        (b"[" * 129 + b"]" * 129, "nested deeper than 128 levels"),
        (b'{"a":' * 100_000, "nested deeper than 128 levels"),
        (b"9" * 5000, "a value is too large to read"),
    ],
)
def test_what_two_parsers_may_read_differently_is_refused_with_its_place(raw: bytes, message: str) -> None:
    with pytest.raises(MalformedJson) as caught:
        parse(raw)
    assert str(caught.value) == message


@pytest.mark.parametrize("tail", [b'\\"' * 200_000, b'\\"' * 200_000 + b"\\"], ids=["quotes", "half an escape"])
def test_a_string_that_never_ends_is_refused_in_the_time_of_one_look(tail: bytes) -> None:
    started = time.perf_counter()
    with pytest.raises(MalformedJson):
        parse(b"[" * 129 + b'"' + tail)
    assert time.perf_counter() - started < within(1.0)  # a look at each of its quotes would take a minute


def test_brackets_in_strings_are_not_levels() -> None:
    assert parse(b'["' + b"[" * 500 + b'\\"{{"]') == ["[" * 500 + '"{{']
