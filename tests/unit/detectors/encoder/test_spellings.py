import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.encoder.spellings import LONGEST_WORD, plain_spelling


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("so i g n o r e it", "so ignore it"),
        ("k.i.l.l and h-a-t-e", "kill and hate"),
        ("i g n o r e   a l l   r u l e s", "ignore   all   rules"),
        ("k1ll th3m", "kill them"),
        ("sh!t, a$$hole!!", "shit, asshole"),
        ("n4sty", "nasty"),
        ("x" * (LONGEST_WORD + 1), f"{'x' * 64} {'x' * (LONGEST_WORD - 63)} "),
    ],
)
def test_words_are_spelt_plainly(text: str, plain: str):
    view = plain_spelling(text)
    assert view is not None
    assert view.text == plain


@pytest.mark.parametrize(
    "text",
    [
        "the word goes on", "covid19 and h264", "the 2nd of 3 at 10:30", "a b c", "ann@example.org", "see /a0b/c1d",
        "@handle and #tag1", "sha256:1a2b3c4d5e", "$100 or 5,000", "v1.2.3", "I a m", "x" * LONGEST_WORD,
        "TWFuIGlzIGRpc3Rpbmd1aXNoZWQsIG5vdCBvbmx5IGJ5IGhpcyByZWFzb24sIGJ1dCBieSB0aGlzIHNpbmd1bGFyIHBhc3Npb24gZnJvbSBvdGhlciBhbmltYWxz",
    ],
)  # fmt: skip
def test_ordinary_text_has_no_second_view(text: str):
    assert plain_spelling(text) is None


@pytest.mark.parametrize(
    ("text", "found", "stretch"),
    [("so k i l l it", "kill", "k i l l"), ("so k1ll it", "kill", "k1ll"), ("so k1ll it", "it", "it")],
)
def test_what_is_found_is_named_where_it_stands(text: str, found: str, stretch: str):
    view = plain_spelling(text)
    at = view.text.index(found)
    start, end = view.origin(at, at + len(found))
    assert text[start:end] == stretch


@given(st.lists(st.sampled_from(["a", "k1ll", " ", ".", "x" * 101, "\u00e9", "!", "h.a.t.e", "$"])).map("".join))
def test_the_map_never_goes_back_and_stays_within_the_text(text: str):
    view = plain_spelling(text)
    if view is not None:
        origins = [view.origin(at, at + 1) for at in range(len(view.text))]
        assert all(0 <= start < end <= len(text) for start, end in origins)
        assert origins == sorted(origins)
