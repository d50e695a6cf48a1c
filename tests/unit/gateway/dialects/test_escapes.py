import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.dialects.escapes import disguised, slashed, unescaped, without_escapes


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("plain", "plain"),
        (r"Contact:\nann@example.com", "Contact:  ann@example.com"),
        (r"a\tb\rc\bd\fe", "a  b  c  d  e"),
        (r"C:\Users \u0040 \/ \"", r"C:\Users \u0040 \/ \""),
        ("a\nb", "a\nb"),
    ],
    ids=["none", "line break", "each blank", "others stay", "a real line break"],
)
def test_escaped_blank_space_is_blank_for_detectors(text: str, view: str) -> None:
    assert without_escapes(text) == view


@given(st.text(st.sampled_from("\\nrtbfu04 x@"), max_size=20))
def test_the_view_has_the_length_of_the_text_and_differs_in_escapes_only(text: str) -> None:
    view = without_escapes(text)
    assert len(view) == len(text)
    assert all(seen in (real, " ") for seen, real in zip(view, text, strict=True))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("no escapes", "no escapes"),
        ('{"a": "ann\\u0040example.org', '{"a": "ann@example.org'),
        ("a\\/b \\ud83d\\ude00 \\ud800", "a/b \N{GRINNING FACE} \N{REPLACEMENT CHARACTER}"),
        (r"a\nb\"c\\d", 'a\nb"c\\d'),
    ],
    ids=["none", "cut off", "pairs and halves", "others"],
)
def test_escapes_are_undone_once(text: str, plain: str) -> None:
    assert unescaped(text) == plain


@pytest.mark.parametrize(
    ("text", "coded", "with_slashes"),
    [
        ("mail ann@example.com", [], []),
        (r"mail ann\u0040example.com now", ["ann@example.com"], []),
        (r"a\u0040b a\u0040b", ["a@b"], []),
        (r"see https:\/\/x.org and C:\users", [], ["https://x.org"]),
        (r"a\u0040b\/c", ["a@b/c"], ["a@b/c"]),
    ],
    ids=["none", "a coded sign", "each once", "slashes", "both"],
)
def test_runs_that_say_something_else_when_unescaped_are_given(
    text: str, coded: list[str], with_slashes: list[str]
) -> None:
    assert disguised(text) == coded
    assert slashed(text) == with_slashes
