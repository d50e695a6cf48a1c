import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detectors.encoder.format import LABELS
from detectors.training.augment import in_another_case, with_noise
from detectors.training.balance import HEAVIEST, label_weights
from detectors.training.base import read_tokenizer
from detectors.training.example import Example
from detectors.training.feed import CHUNK, Feed
from detectors.training.pools import MadePool, ReadPool, drawn
from tests.unit.detectors.training.small_model import make_base


def rows(count: int, name: str) -> list[Example]:
    return [Example(f"{name} {number}", {"toxic": float(number % 2)}, name) for number in range(count)]


def quiet(_: random.Random, text: str) -> str:
    return text


def shout(_: random.Random, text: str) -> str:
    return text + "!"


def pool(name: str, per_round: int, count: int) -> ReadPool:
    return ReadPool(name, per_round, 0.0, rows(count, name), seed=1)


@given(shares=st.lists(st.integers(1, 400), min_size=1, max_size=5), size=st.integers(1, 300))
def test_pools_get_their_shares_exactly_over_chunks(shares: list[int], size: int) -> None:
    pools = [pool(str(at), share, 7) for at, share in enumerate(shares)]
    counted = Counter(each.name for chunk in range(6) for each, _ in drawn(pools, chunk, size))
    for at, share in enumerate(shares):
        assert counted[str(at)] == 6 * size * share // sum(shares)


def test_every_row_of_a_pool_comes_once_before_any_comes_again() -> None:
    source = pool("a", 5, 7)
    passes = [[source.at(first + at).text for at in range(7)] for first in (0, 7)]
    assert sorted(passes[0]) == sorted(passes[1]) == sorted(row.text for row in rows(7, "a"))
    assert passes[0] != passes[1]
    assert [source.at(at).text for at in range(7)] == passes[0]


def numbers(rng: random.Random, count: int) -> Iterator[Example]:
    return (Example(str(rng.random()), {"toxic": 0.0}, "made") for _ in range(count))


def test_own_texts_are_new_in_every_round_and_the_same_in_every_run() -> None:
    first, again = (MadePool("made", 4, numbers, seed=1) for _ in range(2))
    texts = [first.at(at).text for at in range(8)]
    assert len(set(texts)) == 8
    assert [again.at(at).text for at in range(8)] == texts
    assert not {row.text for row in first.made(-1, 50)} & set(texts)


def test_a_run_may_go_on_at_any_step_and_is_fed_the_same(tmp_path: Path) -> None:
    feed = Feed([pool("a", 5, 700), pool("b", 2, 30)], read_tokenizer(make_base(tmp_path)), quiet, 0.0, rows=4, seed=3)
    whole = feed.steps(0)
    batches = [next(whole) for _ in range(CHUNK + 3)]
    for start in (0, 5, CHUNK, CHUNK + 2):
        resumed = next(feed.steps(start))
        for one, other in zip(batches[start], resumed, strict=True):
            assert one.input_ids.tolist() == other.input_ids.tolist()
            assert one.targets.labels.tolist() == other.targets.labels.tolist() or one.targets.labels.isnan().any()


def test_rare_labels_weigh_more_but_not_without_bound() -> None:
    rare = [Example(str(at), {"hate": float(at == 0), "toxic": float(at % 2)}, "r") for at in range(100)]
    weights = label_weights([ReadPool("r", 100, 0.0, rare, 1)])
    toxic, hate = weights[LABELS.index("toxic")], weights[LABELS.index("hate")]
    assert np.allclose(toxic, 1.0)
    assert hate[1] == HEAVIEST
    assert hate[0] < 1
    assert np.allclose(weights[LABELS.index("age")], 1.0)


def test_another_case_keeps_spans_where_they_are() -> None:
    straße = Example("Straße", {}, "s", ((0, 6, "LOCATION"),), frozenset({"LOCATION"}))
    texts = {in_another_case(random.Random(seed), straße, 0.5).text for seed in range(300)}
    assert texts == {"Straße", "straße"}  # in capitals it has a letter more


def test_noise_comes_to_its_share_of_rows_without_spans() -> None:
    marked = Example("Ann", {}, "s", ((0, 3, "PERSON"),), frozenset({"PERSON"}))
    rng = random.Random(1)
    assert all(with_noise(rng, marked, shout, 1.0) == marked for _ in range(20))
    noisy = sum(with_noise(rng, row, shout, 0.25).text.endswith("!") for row in rows(1000, "a"))
    assert 200 < noisy < 300
