import pytest

from detectors.evaluation.words import touched, words


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Ann's mail, please: ann.lee@example.com!", ["Ann's", "mail", "please", "ann.lee@example.com"]),
        ("On 2024-05-01, call +1 555-010-9999.", ["On", "2024-05-01", "call", "1", "555-010-9999"]),
        ('{"name":"Ann","ip":"10.0.0.1"}', ["name", "Ann", "ip", "10.0.0.1"]),
        ("naïve Zoë", ["naïve", "Zoë"]),
        ("... \n", []),
    ],
)
def test_words_are_what_people_would_call_one(text, cut):
    assert [text[start:end] for start, end in words(text)] == cut


@pytest.mark.parametrize(
    ("span", "inside"),
    [((0, 3), {0}), ((0, 4), {0}), ((0, 5), {0, 1}), ((3, 4), set()), ((5, 6), {1}), ((0, 99), {0, 1, 2})],
)
def test_a_word_is_touched_by_one_character(span, inside):
    assert touched(words("Ann Lee left"), [(*span, "PERSON")]) == inside


def test_several_spans_touch_all_their_words():
    assert touched(words("Ann Lee left Bonn"), [(0, 3, "A"), (13, 17, "B")]) == {0, 3}
