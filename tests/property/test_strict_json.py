"""JSON is read by a fast reader where that can't matter. It must never give anything else than the strict one."""

import json
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from gateway.dialects.document import MalformedJson, _parse_strictly, parse

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)
WRITERS = (
    lambda value: json.dumps(value, separators=(",", ":"), ensure_ascii=False),
    lambda value: json.dumps(value, separators=(",", ":")),
    json.dumps,
)


def outcome(read: Any, raw: bytes) -> str:
    """Give what was read, with the type of every number, or how it was refused."""
    try:
        return repr(read(raw))
    except MalformedJson as refused:
        return f"refused: {refused}"


@given(VALUES, st.sampled_from(WRITERS))
def test_both_readers_read_the_same(value: Any, write: Any) -> None:
    raw = write(value).encode("utf-8", "surrogatepass")
    assert outcome(parse, raw) == outcome(_parse_strictly, raw)


@given(st.lists(st.sampled_from('{}[]:,"ab\\u0041d8 019.eE+-\ntrufalsn\x00é'), max_size=24).map("".join))
@example('{"a":1,"a":1}')
@example('{"a":1,"a":2}')
@example('{"a":{"b":1},"c":{"b":1},"a":0}')
@example('["\\ud800"]')
@example("[1e400,-0,1E5,18446744073709551616]")
@example("[NaN]")
@example("\ufeff{}")
def test_both_readers_refuse_the_same(text: str) -> None:
    raw = text.encode()
    assert outcome(parse, raw) == outcome(_parse_strictly, raw)
