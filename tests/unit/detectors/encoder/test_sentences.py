import pytest

from detectors.encoder.sentences import sentences
from tests.unit.detectors.encoder.test_entities import tokens_of


@pytest.mark.parametrize(
    "parts",
    [
        ["one two three four five"],
        ["one two three four. ", "five six seven eight!"],
        ['"one two three four." ', "five six seven eight"],
        ["- one two three four\n", "- five six seven eight"],
        ["Mr. one two three four"],
        ["one 2.5 three four five"],
    ],
)
def test_a_window_is_cut_at_ends_of_sentences_and_lines_that_are_long_enough(parts: list[str]):
    text = "".join(parts)
    tokens = tokens_of(text, *text.split())
    cuts = sentences(text, tokens)
    assert [text[tokens.starts[cut][0] : tokens.ends[cut][-1]] for cut in cuts] == [part.strip() for part in parts]
