"""The padded contenders answer as ours do, in batches as they come; so only their time differs."""

from pathlib import Path
from time import sleep

import numpy as np
import pytest
import torch

from detectors.encoder.files import WEIGHTS, read_encoder
from detectors.encoder.model import Encoder, Tokens
from detectors.serving.packed_encoder import load_packed
from tests.bench.detectors.padded import TOGETHER, PaddedOnnx, PaddedTransformers
from tests.bench.detectors.sizes import sizes
from tests.bench.detectors.throughput import fastest, furthest, read, tokens_per_s
from tests.bench.fault import BenchError
from tests.random_encoder import write_random_encoder
from tests.unit.detectors.training.small_model import make_base


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp("weights")
    write_random_encoder(folder, make_base(tmp_path_factory.mktemp("base")), louder=3.0)
    return folder


@pytest.fixture(scope="module")
def windows() -> list[Tokens]:
    rng = np.random.default_rng(5)
    lengths = rng.integers(1, 90, TOGETHER + 8)
    return [Tokens(rng.integers(5, 90, n), np.arange(n), np.arange(n) + 1, rng.integers(0, 4, n)) for n in lengths]


def padded(folder: Path) -> list[Encoder]:
    weights = read_encoder(folder, WEIGHTS)
    return [PaddedTransformers(weights, folder, "cpu", "float32"), PaddedOnnx(read_encoder(folder), 1)]


def test_they_answer_as_ours_does(folder: Path, windows: list[Tokens]):
    ours = read(load_packed(read_encoder(folder, WEIGHTS)), windows)
    for encoder in padded(folder):
        answers = read(encoder, windows)
        assert furthest(ours, answers) < 1e-4
        for one, other in zip(ours, answers, strict=True):
            np.testing.assert_allclose(one.tags, other.tags, atol=1e-3)


def test_another_model_is_found_out(folder: Path, windows: list[Tokens]):
    ours = read(load_packed(read_encoder(folder, WEIGHTS)), windows)
    with pytest.raises(BenchError, match="differ by"):
        furthest(ours, [ours[-1], *ours[:-1]])
    broken = ours[0]._replace(labels=ours[0].labels * np.nan)
    with pytest.raises(BenchError, match="differ by nan"):
        furthest(ours, [broken, *ours[1:]])


def test_they_put_texts_together_as_these_come(folder: Path):
    for encoder in padded(folder):
        runs = encoder.batches([9] * (2 * TOGETHER + 3))
        assert [len(run) for run in runs] == [TOGETHER, TOGETHER, 3]
        assert [place for run in runs for place in run] == list(range(2 * TOGETHER + 3))


def test_they_take_the_size_that_suits_them(folder: Path, windows: list[Tokens]):
    class Crowded(PaddedOnnx):
        """Takes long for a large batch, and for many runs."""

        def run(self, windows):
            sleep(0.002 + (0.1 if len(windows) > 8 else 0.0))
            return [None] * len(windows)

    encoder = Crowded(read_encoder(folder), 1)
    assert fastest(encoder, windows, (1, 8, 32)) == 8


def test_padding_is_not_counted(folder: Path, windows: list[Tokens]):
    class Instant(PaddedOnnx):
        def run(self, windows):
            real.append(sum(len(window) + 2 for window in windows))
            return [None] * len(windows)

    real: list[int] = []
    assert tokens_per_s(Instant(read_encoder(folder), 1), windows) > 0
    assert sum(real) == sum(len(window) + 2 for window in windows)


def test_sizes_are_read_from_the_weights(folder: Path):
    size = sizes(folder)
    assert (size.layers, size.width, size.inner) == (2, 32, 64)
