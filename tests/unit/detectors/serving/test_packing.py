"""Texts in a row: what the model is told of each token, and that filling a row up changes no answer."""

from pathlib import Path

import numpy as np
import pytest
import torch

from detectors.encoder.files import WEIGHTS, read_encoder
from detectors.encoder.model import Tokens
from detectors.errors import WeightsUnusable
from detectors.serving.packed_attention import by_length
from detectors.serving.packed_encoder import load_packed
from detectors.serving.packed_forward import forward
from detectors.serving.packed_graphs import BUCKETS, TEXTS, bucket_of
from detectors.serving.packed_weights import PackedWeights, read_weights
from detectors.serving.packing import Packing, pack_of, packing_of
from tests.random_encoder import write_random_encoder
from tests.unit.detectors.training.small_model import make_base

FIRST, LAST = 2, 3


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp("weights")
    write_random_encoder(folder, make_base(tmp_path_factory.mktemp("base")), louder=3.0)
    return folder


@pytest.fixture(scope="module")
def weights(folder: Path) -> PackedWeights:
    return read_weights((folder / WEIGHTS).read_bytes(), torch.device("cpu"), torch.float32)


def window(tokens: int) -> Tokens:
    rng = np.random.default_rng(tokens)
    return Tokens(rng.integers(5, 120, tokens), np.arange(tokens), np.arange(tokens) + 1, rng.integers(0, 4, tokens))


def test_each_text_has_its_ends_its_positions_and_its_casings():
    one, none, two = (
        Tokens(
            np.array(ids, dtype=np.int64), *(np.zeros(len(ids), dtype=np.int64),) * 2, np.array(casing, dtype=np.int64)
        )
        for ids, casing in (([7], [3]), ([], []), ([8, 9], [1, 2]))
    )
    packing = packing_of([one, none, two], FIRST, LAST)
    assert packing.ids.tolist() == [2, 7, 3, 2, 3, 2, 8, 9, 3]
    assert packing.positions.tolist() == [0, 1, 2, 0, 1, 0, 1, 2, 3]
    assert packing.casing.tolist() == [0, 3, 0, 0, 0, 0, 1, 2, 0]
    pack = pack_of(torch.from_numpy(packing.flat()), packing.lengths.tolist())
    assert pack.borders.lengths == (3, 2, 4)
    assert pack.borders.starts.tolist() == [0, 3, 5, 9]
    assert list(pack.borders.groups()) == [(0, 1, 3), (3, 1, 2), (5, 1, 4)]
    assert {row.dtype for row in (pack.ids, pack.positions, pack.casing, pack.borders.counts)} == {torch.int32}


def answers(weights: PackedWeights, packing: Packing) -> tuple[torch.Tensor, torch.Tensor]:
    pack = pack_of(torch.from_numpy(packing.flat()), packing.lengths.tolist())
    return forward(weights, pack, by_length)


@pytest.mark.parametrize("lengths", [(0,), (3, 3, 9), (20, 30, 4), (254,), (62,)])
def test_filling_a_run_up_to_a_bucket_changes_no_answer(weights: PackedWeights, lengths: tuple[int, ...]):
    packing = packing_of([window(tokens) for tokens in lengths], FIRST, LAST)
    tokens = bucket_of(packing)
    assert tokens is not None
    filled = packing.filled(tokens, TEXTS)
    assert (len(filled.ids), len(filled.lengths), filled.lengths.sum()) == (tokens, TEXTS, tokens)
    labels, tags = answers(weights, packing)
    filled_labels, filled_tags = answers(weights, filled)
    np.testing.assert_allclose(filled_labels[: len(lengths)], labels, atol=2e-5)
    np.testing.assert_allclose(filled_tags[: len(packing.ids)], tags, atol=2e-5)


@pytest.mark.parametrize(
    ("lengths", "bucket"),
    [
        ((1,), 64),
        ((62,), 64),
        ((63,), 128),
        ((254,) * 8, 2048),
        ((254,) * 9, None),
        ((1,) * 63, 256),
        ((1,) * 64, None),
    ],
)
def test_a_run_takes_the_least_graph_that_holds_it(lengths: tuple[int, ...], bucket: int | None):
    assert bucket_of(packing_of([window(tokens) for tokens in lengths], FIRST, LAST)) == bucket
    assert max(BUCKETS) == 2048


def test_graphs_are_refused_where_there_are_none(folder: Path):
    with pytest.raises(WeightsUnusable, match="graphs need a card"):
        load_packed(read_encoder(folder, WEIGHTS), graphs=True)
