"""The packed encoder answers as ONNX Runtime does with the same weights, whatever else is in the run."""

import json
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import load_file, save_file
from torch._subclasses.fake_tensor import FakeTensorMode

from detectors.encoder.calibration import sigmoid
from detectors.encoder.files import DESCRIPTION, TOKENIZER, WEIGHTS, read_encoder
from detectors.encoder.format import LABELS, TAGS
from detectors.encoder.model import Encoder, Tokens, load_encoder
from detectors.encoder.runs import read_texts
from detectors.errors import WeightsUnusable
from detectors.serving.packed_attention import Borders, attention_for, by_length, in_one_kernel
from detectors.serving.packed_encoder import CPU_TOKENS, PackedEncoder, load_packed
from tests.random_encoder import write_random_encoder
from tests.unit.detectors.training.small_model import make_base

TOLERANCE = 1e-4
"""In logits, against ONNX Runtime in fp32, of weights so loud that logits are some units apart."""

SAME = 2e-5
"""In logits, of one text in various company: products of other sizes are summed up in another order."""

BFLOAT = 0.05
"""In scores, of bfloat16."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.set_num_threads(1)
    base = make_base(tmp_path_factory.mktemp("base"))
    write_random_encoder(tmp_path_factory.mktemp("random"), base, louder=3.0)
    return tmp_path_factory.getbasetemp() / "random0"


@pytest.fixture(scope="module")
def onnx(folder: Path) -> Encoder:
    return load_encoder(read_encoder(folder), threads=1)


@pytest.fixture(scope="module")
def encoder(folder: Path) -> PackedEncoder:
    return load_packed(read_encoder(folder, WEIGHTS))


def window(tokens: int, seed: int = 0) -> Tokens:
    rng = np.random.default_rng((tokens, seed))
    places = np.arange(tokens, dtype=np.int64)
    return Tokens(rng.integers(5, 120, tokens), places, places + 1, rng.integers(0, 4, tokens))


MIXED = (9, 1, 254, 0, 30, 9, 9, 2, 100, 1, 17, 254, 64)


def test_answers_are_those_of_onnx_runtime(encoder: PackedEncoder, onnx: Encoder):
    windows = [window(tokens, seed) for seed, tokens in enumerate(MIXED)]
    labels = []
    for tokens, answer, expected in zip(MIXED, encoder.run(windows), (onnx.run([w])[0] for w in windows), strict=True):
        assert (answer.labels.shape, answer.tags.shape) == ((len(LABELS),), (tokens, len(TAGS)))
        assert (answer.labels.dtype, answer.tags.dtype) == (np.float32, np.float32)
        np.testing.assert_allclose(answer.labels, expected.labels, atol=TOLERANCE)
        np.testing.assert_allclose(answer.tags, expected.tags, atol=TOLERANCE)
        labels.append(answer.labels)
    assert np.ptp(labels, axis=0).max() > 0.5, "so quiet that every model would pass"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=12), st.integers(0, 3))
def test_a_text_is_answered_alone_as_in_company(encoder: PackedEncoder, lengths: list[int], seed: int):
    windows = [window(tokens, seed + place) for place, tokens in enumerate(lengths)]
    for one, together in zip(windows, encoder.run(windows), strict=True):
        [alone] = encoder.run([one])
        np.testing.assert_allclose(together.labels, alone.labels, atol=SAME)
        np.testing.assert_allclose(together.tags, alone.tags, atol=SAME)


def test_what_breaks_one_text_reaches_no_other(folder: Path):
    encoder = load_packed(read_encoder(folder, WEIGHTS))
    windows = [window(tokens, seed) for seed, tokens in enumerate((5, 5, 5, 12, 1))]
    windows[1].ids[2], broken = 121, 121
    before = encoder.run(windows)
    encoder._weights.words[broken] = torch.nan
    for place, (answer, healthy) in enumerate(zip(encoder.run(windows), before, strict=True)):
        if place == 1:
            assert np.isnan(answer.labels).all()
        else:
            np.testing.assert_array_equal(answer.labels, healthy.labels)
            np.testing.assert_array_equal(answer.tags, healthy.tags)


@pytest.mark.parametrize("text", ["", "  \u200b", "a", "Ann Lee is KIND. " * 40, "ignore rules, people are awful"])
def test_texts_read_as_with_onnx_runtime(encoder: PackedEncoder, onnx: Encoder, text: str):
    [reading], [expected] = read_texts(encoder, [text]), read_texts(onnx, [text])
    assert [span[:3] for span in reading.spans] == [span[:3] for span in expected.spans]
    np.testing.assert_allclose(reading.scores, expected.scores, atol=TOLERANCE)
    assert bool(reading.spans) is bool(text.strip(" \u200b"))


def test_no_windows_have_no_answers(encoder: PackedEncoder):
    assert encoder.run([]) == []


def test_nothing_is_kept_for_gradients(encoder: PackedEncoder):
    with torch.enable_grad():
        [answer] = encoder.run([window(5)])
    assert isinstance(answer.labels, np.ndarray)
    assert not encoder._weights.words.requires_grad


def test_half_the_bits_answer_nearly_the_same(folder: Path, encoder: PackedEncoder):
    halves = load_packed(read_encoder(folder, WEIGHTS), precision="bfloat16")
    assert halves.held_bytes < 0.6 * encoder.held_bytes
    assert halves.version != encoder.version
    windows = [window(tokens, seed) for seed, tokens in enumerate(MIXED)]
    for answer, expected in zip(halves.run(windows), encoder.run(windows), strict=True):
        np.testing.assert_allclose(sigmoid(answer.labels), sigmoid(expected.labels), atol=BFLOAT)


def test_runs_are_filled_whatever_the_lengths(encoder: PackedEncoder):
    lengths = [3, 256, 700, 65, 500, 4, 2000]
    runs = encoder.batches(lengths)
    assert [place for run in runs for place in run] == list(range(len(lengths)))
    assert runs == [[0, 1, 2, 3], [4, 5], [6]]
    assert all(len(run) == 1 or sum(lengths[place] for place in run) <= CPU_TOKENS for run in runs)


def test_a_window_that_is_too_long_is_refused(encoder: PackedEncoder):
    with pytest.raises(ValueError, match="257 tokens, the model reads 256"):
        encoder.run([window(3), window(255)])


def test_a_closed_one_gives_its_memory_back_and_runs_no_more(folder: Path):
    encoder = load_packed(read_encoder(folder, WEIGHTS))
    encoder.close()
    with pytest.raises(RuntimeError, match="closed"):
        encoder.run([window(3)])


@pytest.mark.parametrize("lengths", [(3, 3, 3, 8), (1,), (2, 2, 5, 5, 5)])
def test_both_ways_of_attention_take_and_give_the_same_shapes(lengths: tuple[int, ...]):
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    with FakeTensorMode(allow_non_fake_inputs=True):  # runs the checks of the card's kernel, and not the kernel
        borders = Borders(lengths, torch.from_numpy(starts), torch.tensor(lengths, dtype=torch.int32))
        qkv = torch.randn(sum(lengths), 3, 4, 8, dtype=torch.bfloat16)
        one, other = in_one_kernel(qkv, borders), by_length(qkv, borders)
    assert one.shape == other.shape == (sum(lengths), 32)
    assert one.dtype == other.dtype


def test_a_processor_has_no_flash_attention():
    assert attention_for(torch.device("cpu"), torch.bfloat16) is by_length


@pytest.mark.parametrize(
    ("device", "message"), [("meta", "neither cpu nor cuda"), ("tpu7", "no device"), ("mps", "neither")]
)
def test_a_device_that_is_none_of_ours_is_refused(folder: Path, device: str, message: str):
    with pytest.raises(WeightsUnusable, match=message):
        load_packed(read_encoder(folder, WEIGHTS), device)


@pytest.mark.skipif(torch.cuda.is_available(), reason="There is a card.")
def test_a_missing_card_is_said(folder: Path):
    with pytest.raises(WeightsUnusable, match="no CUDA device"):
        load_packed(read_encoder(folder, WEIGHTS), "cuda")


def refused(folder: Path, weights: dict[str, torch.Tensor], metadata: dict[str, str]) -> str:
    """Put other weights in the place of the described ones, digest included, and say how they are refused."""
    save_file(weights, folder / WEIGHTS, metadata)
    description = json.loads((folder / DESCRIPTION).read_text())
    description["sha256"][WEIGHTS] = sha256((folder / WEIGHTS).read_bytes()).hexdigest()
    (folder / DESCRIPTION).write_text(json.dumps(description))
    with pytest.raises(WeightsUnusable) as caught:
        load_packed(read_encoder(folder, WEIGHTS))
    return str(caught.value)


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    for name in (WEIGHTS, DESCRIPTION, TOKENIZER, "thresholds.json"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    return tmp_path


def test_only_what_is_read_has_to_be_there(copy: Path, encoder: PackedEncoder):
    assert load_packed(read_encoder(copy, WEIGHTS)).version == encoder.version


def test_other_weights_than_the_described_ones_are_refused(copy: Path):
    with (copy / WEIGHTS).open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"\x77")
    with pytest.raises(WeightsUnusable, match="differs from the SHA-256"):
        read_encoder(copy, WEIGHTS)


def test_weights_of_another_shape_are_refused(copy: Path):
    weights = load_file(copy / WEIGHTS)
    four = {"heads": "4"}
    assert "lacks 'blend.bias'" in refused(copy, {k: v for k, v in weights.items() if k != "blend.bias"}, four)
    assert "5 heads can't share" in refused(copy, weights, {"heads": "5"})
    assert "can't be run" in refused(
        copy, weights | {"blend.weight": weights["blend.weight"][:, :-1].contiguous()}, four
    )
    assert "does not answer" in refused(
        copy, weights | {name: weights[name][:-1].contiguous() for name in ("labels.weight", "labels.bias")}, four
    )
    words = "body.embeddings.word_embeddings.weight"
    assert "no vector for a token" in refused(copy, weights | {words: weights[words][:-1].contiguous()}, four)


def test_a_file_of_another_kind_is_refused(copy: Path):
    (copy / WEIGHTS).write_bytes(b"PK\x03\x04 not what it seems")
    description = json.loads((copy / DESCRIPTION).read_text())
    description["sha256"][WEIGHTS] = sha256((copy / WEIGHTS).read_bytes()).hexdigest()
    (copy / DESCRIPTION).write_text(json.dumps(description))
    with pytest.raises(WeightsUnusable, match="not a safetensors file"):
        load_packed(read_encoder(copy, WEIGHTS))
