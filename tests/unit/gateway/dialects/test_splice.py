import orjson
import pytest

from gateway.dialects.slot import Path
from gateway.dialects.splice import locate, splice

RAW = b'{ "a" : "x\\u0041" , "n": 1.50e1,\t"l":[ {"a":"[}"} , "y", [["z"]] ], "\\u0062": {}, "" : "e" }\n'


@pytest.mark.parametrize(
    ("changes", "result"),
    [
        ({("a",): 'new"\n'}, RAW.replace(b'"x\\u0041"', b'"new\\"\\n"')),
        ({("l", 1): "é"}, RAW.replace(b'"y"', '"é"'.encode())),
        ({("l", 0, "a"): "", ("l", 2, 0, 0): "deep"}, RAW.replace(b'"[}"', b'""').replace(b'"z"', b'"deep"')),
        ({("",): "E", ("a",): "A"}, RAW.replace(b'"e"', b'"E"').replace(b'"x\\u0041"', b'"A"')),
    ],
    ids=["a member", "an item", "nested ones", "first and last"],
)
def test_only_the_literals_change(changes: dict[Path, str], result: bytes) -> None:
    assert splice(RAW, changes) == result


def test_any_value_can_be_located() -> None:
    spans = locate(RAW, [("n",), ("l",), ("l", 0), ("b",)])
    found = {path[-1]: RAW[start:end] for path, (start, end) in spans.items()}
    assert found == {"n": b"1.50e1", "l": b'[ {"a":"[}"} , "y", [["z"]] ]', 0: b'{"a":"[}"}', "b": b"{}"}


def test_a_whole_document_may_be_one_string() -> None:
    assert splice(b' "a" ', {(): "b"}) == b' "b" '


@pytest.mark.parametrize("path", [("x",), ("l", 9), ("a", "b"), ("a", 0), ("n", "x"), ("l", "0"), (0,)], ids=str)
@pytest.mark.parametrize("is_compact", [False, True], ids=["as it came", "compact"])
def test_a_path_that_leads_nowhere_is_an_error(path: Path, is_compact: bool) -> None:
    document = orjson.loads(RAW)
    with pytest.raises(KeyError):
        splice(orjson.dumps(document) if is_compact else RAW, {path: "new"}, document)


def test_values_nested_deeper_than_the_shortcut_are_passed_over() -> None:
    deep = b"[" * 20 + b'"]"' + b"]" * 20
    assert splice(b'{"a":' + deep + b',"b":"x"}', {("b",): "y"}) == b'{"a":' + deep + b',"b":"y"}'
