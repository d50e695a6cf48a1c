"""Reading is strict, splicing is exact: whatever the document looks like."""

import copy
import json
import re
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.dialects.document import MAX_DEPTH, MalformedJson, parse
from gateway.dialects.splice import locate, splice

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
SAYS_NO_CONTENT = re.compile(
    r"(not UTF-8|not valid JSON|a duplicate key|a number that is not finite|a lone surrogate in the string) at byte \d+"
    r"|nested deeper than \d+ levels|a value is too large to read"
)
scalars = st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False)
documents = st.recursive(
    scalars | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)


def written(value: Any, draw: Any) -> str:
    """Write a document with spaces and escapes wherever JSON allows them."""
    gap = draw(st.sampled_from(["", "", " ", "\n\t", "\r\n  "]))
    if isinstance(value, dict):
        members = (f"{written(k, draw)}{gap}:{gap}{written(v, draw)}" for k, v in value.items())
        return f"{{{gap}{f'{gap},{gap}'.join(members)}{gap}}}"
    if isinstance(value, list):
        return f"[{gap}{f'{gap},{gap}'.join(written(v, draw) for v in value)}{gap}]"
    return json.dumps(value, ensure_ascii=draw(st.booleans()))


def strings(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, str):
        return [path]
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, child in pairs for found in strings(child, (*path, key))]


def applied(value: Any, changes: dict[tuple[Any, ...], str], path: tuple[Any, ...] = ()) -> Any:
    if path in changes:
        return changes[path]
    if isinstance(value, dict):
        return {k: applied(v, changes, (*path, k)) for k, v in value.items()}
    if isinstance(value, list):
        return [applied(v, changes, (*path, i)) for i, v in enumerate(value)]
    return value


@given(documents, st.data())
def test_a_document_is_read_as_it_was_meant(document: Any, data: st.DataObject) -> None:
    assert parse(written(document, data.draw).encode()) == document


@given(documents, st.data())
def test_splicing_changes_the_chosen_strings_and_no_other_byte(document: Any, data: st.DataObject) -> None:
    raw = written(document, data.draw).encode()
    paths = strings(document)
    changes = {path: data.draw(texts) for path in data.draw(st.sets(st.sampled_from(paths)) if paths else st.just(()))}
    spliced = splice(raw, changes)
    assert parse(spliced) == applied(document, changes)
    rest = raw
    for start, end in sorted(locate(raw, changes).values(), reverse=True):
        assert json.loads(raw[start:end]) is not None
        rest = rest[:start] + rest[end:]
    kept = spliced
    for start, end in sorted(locate(spliced, changes).values(), reverse=True):
        kept = kept[:start] + kept[end:]
    assert kept == rest


@given(documents, st.data())
def test_a_document_that_is_known_makes_no_difference(document: Any, data: st.DataObject) -> None:
    is_compact = data.draw(st.booleans())
    raw = orjson.dumps(document) if is_compact else written(document, data.draw).encode()
    paths = strings(document)
    changes = {path: data.draw(texts) for path in data.draw(st.sets(st.sampled_from(paths)) if paths else st.just(()))}
    before = copy.deepcopy(document)
    assert splice(raw, changes, document) == splice(raw, changes)
    assert document == before


@given(documents)
def test_with_nothing_to_change_the_same_bytes_object_comes_back(document: Any) -> None:
    raw = json.dumps(document).encode()
    assert splice(raw, {}) is raw


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused_but_never_break_the_reader(raw: bytes) -> None:
    try:
        value = parse(raw)
    except MalformedJson as exc:
        assert SAYS_NO_CONTENT.fullmatch(str(exc))  # noqa: PT017 - to be read or to be refused: both are right
    else:
        json.dumps(value, allow_nan=False)


@given(st.integers(1, 400), st.sampled_from([("[", "]"), ('{"a":', "}")]))
def test_the_depth_limit_is_sharp(depth: int, brackets: tuple[str, str]) -> None:
    raw = (brackets[0] * depth + "1" + brackets[1] * depth).encode()
    if depth <= MAX_DEPTH:
        parse(raw)
    else:
        with pytest.raises(MalformedJson, match="deeper"):
            parse(raw)


@given(st.integers(0, 50), st.text(st.sampled_from('[]{}"\\'), max_size=40))
def test_brackets_inside_strings_do_not_count_as_depth(nesting: int, text: str) -> None:
    raw = ("[" * nesting + json.dumps(text * 10) + "]" * nesting).encode()
    assert parse(raw) is not None
