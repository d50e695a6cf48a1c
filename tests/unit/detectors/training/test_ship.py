import json
import random
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from safetensors.torch import load_file

from detectors.encoder.files import DESCRIPTION, MODEL, read_encoder
from detectors.encoder.format import LABELS
from detectors.encoder.model import load_encoder
from detectors.errors import WeightsUnusable
from detectors.training.base import read_tokenizer
from detectors.training.embedding_rows import rows_and_scales
from detectors.training.exact import in_full_precision
from detectors.training.export import export
from detectors.training.model import FusedEncoder, new_model
from detectors.training.quantise import quantise
from detectors.training.ship import WEIGHTS, feeds, ship
from detectors.training.smoothing import factors
from tests.unit.detectors.training.small_model import kind_or_awful, make_base

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # torch's and the optimiser's own
    pytest.mark.filterwarnings("ignore::torch.jit.TracerWarning"),
    pytest.mark.filterwarnings("ignore:Exporting aten:UserWarning"),
]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.set_num_threads(1)
    return make_base(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="module")
def model(base: Path) -> FusedEncoder:
    torch.manual_seed(4)
    return new_model(base).eval()


def batch(rows: int, tokens: int, short: int = 0) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(rows * tokens)
    feed = {"input_ids": rng.integers(5, 90, (rows, tokens)), "attention_mask": np.ones((rows, tokens), dtype=np.int64)}
    feed["attention_mask"][0, tokens - short :] = 0
    return feed | {"casing": rng.integers(0, 4, (rows, tokens))}


def asked(model: FusedEncoder, feed: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    with torch.no_grad():
        labels, entities = model(*(torch.from_numpy(values) for values in feed.values()))
    return labels.numpy(), entities.numpy()


def test_the_exported_graph_answers_as_the_model_does_whatever_the_shape(model: FusedEncoder, tmp_path: Path) -> None:
    export(model, tmp_path / "exact.onnx")
    session = onnxruntime.InferenceSession(tmp_path / "exact.onnx", providers=["CPUExecutionProvider"])
    for feed in (batch(1, 3), batch(2, 9, short=4), batch(7, 40, short=1), batch(1, 256)):
        for answer, expected in zip(session.run(("labels", "entities"), feed), asked(model, feed), strict=True):
            assert answer.shape == expected.shape
            np.testing.assert_allclose(answer, expected, atol=2e-4)


def test_layers_become_single_operators_and_eight_bits(model: FusedEncoder, base: Path, tmp_path: Path) -> None:
    export(model, tmp_path / "exact.onnx")
    rows = kind_or_awful(random.Random(1), 40)
    quantise(tmp_path / "exact.onnx", tmp_path / "small.onnx", feeds(read_tokenizer(base), rows))
    kinds = [node.op_type for node in onnx.load(tmp_path / "small.onnx").graph.node]
    assert (kinds.count("QAttention"), kinds.count("MatMulIntegerToFloat"), kinds.count("BiasGelu")) == (2, 6, 2)
    assert kinds.count("LayerNormalization") == 5
    assert kinds.count("MatMul") == 1, "the head of tags stays exact"
    assert not {"DynamicQuantizeLinear", "MatMulInteger", "Attention", "SkipLayerNormalization"} & set(kinds)


def test_eight_bits_answer_nearly_the_same_and_alone_as_in_company(
    model: FusedEncoder, base: Path, tmp_path: Path
) -> None:
    export(model, tmp_path / "exact.onnx")
    rows = list(feeds(read_tokenizer(base), kind_or_awful(random.Random(1), 40)))
    quantise(tmp_path / "exact.onnx", tmp_path / "small.onnx", rows)
    exact, small = (
        onnxruntime.InferenceSession(tmp_path / name, providers=["CPUExecutionProvider"])
        for name in ("exact.onnx", "small.onnx")
    )
    for feed in rows:
        [expected], [answers] = (session.run(("labels",), feed) for session in (exact, small))
        assert np.abs(answers - expected).max() < 0.1 * max(expected.std(), 0.1)
        [alone] = small.run(("labels",), {name: values[:1] for name, values in feed.items()})
        np.testing.assert_allclose(alone[0], answers[0], atol=1e-5)


def test_a_loud_channel_does_not_drown_the_others() -> None:
    rng = np.random.default_rng(3)
    inputs = rng.normal(size=(200, 16)).astype(np.float32) * np.where(np.arange(16) == 5, 30.0, 1.0).astype(np.float32)
    factor = factors(np.abs(inputs).max(axis=0))
    assert np.isclose(np.log(factor).mean(), 0.0, atol=1e-6)
    losses = []
    for values in (inputs, inputs / factor):
        step = (values.max() - values.min()) / 255
        losses.append(np.abs(np.rint(values / step) * step - values).mean(axis=0) / np.abs(values).mean(axis=0))
    assert losses[1].mean() < 0.5 * losses[0].mean()


def test_word_vectors_keep_a_scale_for_every_row() -> None:
    table = np.random.default_rng(1).normal(size=(50, 8)).astype(np.float32) * np.logspace(-3, 2, 50)[:, None]
    table[7] = 0
    steps, scales = rows_and_scales(table.astype(np.float32))
    assert steps.dtype == np.int8
    assert (np.abs(steps * scales - table) <= np.abs(table).max(axis=1, keepdims=True) / 254 + 1e-7).all()


def test_what_is_shipped_is_what_the_gateway_loads(model: FusedEncoder, base: Path, tmp_path: Path) -> None:
    ship(model, read_tokenizer(base), kind_or_awful(random.Random(1), 200), tmp_path / "weights", "7")
    files = read_encoder(tmp_path / "weights")
    encoder = load_encoder(files, threads=1)
    assert encoder.is_batched
    assert files.version.startswith("7+")
    assert len(encoder.run([encoder.tokens("people are kind")])[0].labels) == len(LABELS)
    halves = load_file(tmp_path / "weights" / WEIGHTS)
    assert {value.dtype for value in halves.values()} == {torch.float16}
    assert halves.keys() == model.state_dict().keys()
    thresholds = json.loads((tmp_path / "weights" / "thresholds.json").read_text())
    assert thresholds["labels"]["toxic"]["provenance"]["n"] == 100
    assert thresholds["entities"]["PERSON"]["provenance"]["spans"] == 100


def test_full_precision_loads_and_answers_nearly_as_what_is_shipped(
    model: FusedEncoder, base: Path, tmp_path: Path
) -> None:
    ship(model, read_tokenizer(base), kind_or_awful(random.Random(1), 40), tmp_path / "weights", "7")
    in_full_precision(tmp_path / "weights", base, tmp_path / "exact")
    small, exact = (load_encoder(read_encoder(tmp_path / name), threads=1) for name in ("weights", "exact"))
    assert exact.version.startswith(f"{small.version}-fp32+")
    answers = [encoder.run([encoder.tokens("people are awful")])[0].labels for encoder in (small, exact)]
    assert 0 < np.abs(answers[0] - answers[1]).max() < 0.05


def test_a_damaged_file_is_found_out(model: FusedEncoder, base: Path, tmp_path: Path) -> None:
    ship(model, read_tokenizer(base), kind_or_awful(random.Random(1), 8), tmp_path, "7")
    with (tmp_path / MODEL).open("ab") as file:
        file.write(b" ")
    assert json.loads((tmp_path / DESCRIPTION).read_text())["window"] == 256
    with pytest.raises(WeightsUnusable, match=MODEL):
        read_encoder(tmp_path)
