import orjson
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from audit import canonical

KEYS = st.text(st.characters(max_codepoint=127), max_size=12)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
)
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KEYS, inner, max_size=5))


@given(st.dictionaries(KEYS, VALUES, max_size=8))
def test_our_canonical_json_is_that_of_rfc_8785(value: dict[str, object]) -> None:
    assert canonical.encode(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@given(st.dictionaries(KEYS, VALUES, max_size=8))
def test_what_was_written_reads_back_and_is_canonical(value: dict[str, object]) -> None:
    text = canonical.encode(value)
    assert orjson.loads(text) == value
    assert canonical.is_canonical(text, orjson.loads(text))
