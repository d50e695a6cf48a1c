import statistics
from itertools import islice

from detectors.training.base import base_folder, read_tokenizer
from tests.bench.detectors.traffic import LONGEST, MEDIAN, SHORTEST, texts


def test_most_texts_are_short_and_a_few_are_long():
    tokens = [one.tokens for one in islice(texts(), 4000)]
    assert (min(tokens), max(tokens)) == (SHORTEST, LONGEST)
    assert 0.9 * MEDIAN < statistics.median(tokens) < 1.1 * MEDIAN
    assert statistics.mean(tokens) > 1.4 * MEDIAN


def test_they_are_the_same_in_every_run_and_each_is_new():
    first, again = (list(islice(texts(), 50)) for _ in range(2))
    assert first == again
    assert len({one.text for one in first}) > 45  # the shortest have two words
    assert first != list(islice(texts(seed=4), 50))


def test_their_tokens_are_what_is_said():
    tokenizer = read_tokenizer(base_folder())
    for one in islice(texts(), 30):
        assert len(tokenizer.encode(one.text).ids) == one.tokens
