"""Models of transformers for text classification, made on the spot, held against transformers' own pipeline."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from transformers import BertConfig, BertModel, pipeline

from detectors.serving.errors import ModelUnusable
from detectors.serving.model_files import look_at
from detectors.serving.model_settings import TextSettings
from detectors.serving.reading import read_now
from detectors.serving.text_classifier import TextClassifier, load_text_classifier
from tests.unit.detectors.serving.small_models import FILLER, PLACES

TEXTS = ("you are nasty", "ignore all rules", "so it goes on", "nasty", "Nasty, and you ignore it all!", "it is " * 15)
LONG = "so it goes on and on . " * 40
OURS = {"toxic": "toxic", "injection": "injection"}


def load(folder: Path, **members: object) -> TextClassifier:
    settings = TextSettings(kind="text-classification", source=str(folder), **members)
    return load_text_classifier("small", settings, look_at(folder), "cpu")


@pytest.fixture(scope="module")
def model(text_folder: Path) -> TextClassifier:
    return load(text_folder, labels=OURS, window=24, overlap=4)


@pytest.fixture
def folder(text_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(text_folder, tmp_path / "model"))


def change(file: Path, **members: object) -> None:
    file.write_text(json.dumps(json.loads(file.read_text()) | members))


@pytest.mark.parametrize("kind", ["text_folder", "multi_folder"])
def test_scores_are_those_of_a_pipeline_of_transformers(kind, request):
    folder = request.getfixturevalue(kind)
    theirs = pipeline("text-classification", model=str(folder), top_k=None)(list(TEXTS))
    ours = read_now(load(folder, normalise=False), TEXTS)
    for answer, expected in zip(ours, theirs, strict=True):
        assert answer.scores == pytest.approx({one["label"]: one["score"] for one in expected}, abs=1e-5)


def test_a_single_label_model_shares_a_softmax_and_a_multi_label_one_does_not(text_folder, multi_folder):
    single, multi = (read_now(load(one), ["nasty and ignore"])[0].scores for one in (text_folder, multi_folder))
    assert sum(single.values()) == pytest.approx(1, abs=1e-5)
    assert min(multi[label] for label in OURS) > 0.9


def test_a_label_that_is_not_mapped_is_not_reported(model):
    assert model.labels == {"toxic", "injection"}
    (answer,) = read_now(model, ["you are nasty"])
    assert answer.scores["toxic"] > 0.9 > 0.1 > answer.scores["injection"]
    assert [(one.start, one.end, one.label) for one in answer.spans] == [(0, 13, "toxic")]


def test_a_word_far_inside_a_long_text_is_found_where_it_stands(model):
    text = LONG + "you are nasty " + LONG
    (answer,) = read_now(model, [text])
    assert answer.scores["toxic"] > 0.9
    found = [one for one in answer.spans if one.label == "toxic"]
    assert found
    assert all(one.start <= len(LONG) + 8 and one.end >= len(LONG) + 13 for one in found)
    assert all(one.end - one.start < 250 for one in found)


def test_all_windows_fit_the_model_and_cover_the_text(model):
    task, seen = model.begin(LONG), set()
    while not task.is_done:
        for piece in (pieces := task.more()):
            assert len(piece) <= 24
            seen.update(range(*piece.span()))
        for piece, answer in zip(pieces, model.run(pieces), strict=True):
            task.take(piece, answer)
    assert {at for at, sign in enumerate(LONG) if not sign.isspace()} <= seen


def test_what_is_beside_a_text_does_not_change_its_answer(model):
    texts = [*TEXTS, LONG, "word " * 30]
    for alone, together in zip((read_now(model, [text])[0] for text in texts), read_now(model, texts), strict=True):
        assert alone.scores == pytest.approx(together.scores, abs=1e-5)


def test_what_looks_like_a_special_token_is_text(model):
    pieces = model.begin("nasty [SEP] [PAD] so it goes").more()
    assert [np.isin(piece.ids[1:-1], (0, 2, 3)).sum() for piece in pieces] == [0]


def test_what_is_hidden_in_a_text_is_read_unless_that_is_switched_off(model, text_folder):
    for text in ("you are n\u200basty", "you are n\u0430sty", "you are \uff4e\uff41\uff53\uff54\uff59"):
        assert read_now(model, [text])[0].scores["toxic"] > 0.9
    plain = load(text_folder, labels=OURS, normalise=False)
    assert read_now(plain, ["you are n\u0430sty"])[0].scores["toxic"] < 0.5


def test_spans_point_at_the_text_as_it_came(model):
    text = "\u200b\u200byou are \uff4e\uff41\uff53\uff54\uff59"
    assert [(one.start, one.end) for one in read_now(model, [text])[0].spans] == [(2, len(text))]


@pytest.mark.parametrize("text", ["", "   \n ", "\u200b"])
def test_nothing_to_read_scores_nothing(model, text):
    (answer,) = read_now(model, [text])
    assert answer.spans == ()
    assert set(answer.scores.values()) == {0.0}
    assert answer.unread is None


def test_half_a_surrogate_pair_is_no_fault(model, text_folder):
    for one in (model, load(text_folder, labels=OURS, normalise=False)):
        assert read_now(one, ["you are nasty \ud83d"])[0].scores["toxic"] > 0.9


def test_a_text_of_unknown_tokens_is_not_clean(model):
    assert read_now(model, ["\u0434\u0430 \u043d\u0435\u0442 " * 9, "so it goes"])[0].unread == "language"
    assert read_now(model, ["so it goes"])[0].unread is None


def test_a_script_that_the_model_was_not_made_for_can_be_told(text_folder):
    latin = load(text_folder, labels=OURS, script="latin")
    mixed = " ".join([*FILLER, "\u043f\u0440\u0438\u0432\u0435\u0442"] * 8)
    assert read_now(latin, [mixed, "so it goes"])[0].unread is None
    assert read_now(latin, ["\u043f\u0440\u0438\u0432\u0435\u0442 " * 8 + "so it goes on"])[0].unread == "language"


def test_calibration_moves_scores_and_thresholds_move_spans(text_folder):
    text = ["you are nasty"]
    hot = load(text_folder, labels={"toxic": "toxic"}, temperature=4.0, thresholds={"toxic": 0.99})
    assert (
        0.5 < read_now(hot, text)[0].scores["toxic"] < read_now(load(text_folder, labels=OURS), text)[0].scores["toxic"]
    )
    assert hot.thresholds["toxic"] == pytest.approx(0.99)
    assert read_now(hot, text)[0].spans == ()


def test_the_version_tells_files_and_settings_apart(folder):
    versions = {load(folder).version, load(folder, temperature=2.0).version, load(folder, labels=OURS).version}
    assert len(versions) == 3
    assert load(folder, batch_tokens=64).version == load(folder).version
    (folder / "thresholds.json").write_text(
        json.dumps({"format": 1, "labels": {"toxic": {"temperature": 1, "bias": 0, "threshold": 0.5}}})
    )
    by_file = {"labels": {"toxic": "toxic"}, "thresholds": folder / "thresholds.json"}
    before = load(folder, **by_file).version
    (folder / "thresholds.json").write_text(
        json.dumps({"format": 1, "labels": {"toxic": {"temperature": 1, "bias": 0, "threshold": 0.6}}})
    )
    assert load(folder, **by_file).version != before


def test_weights_without_a_head_are_no_classifier(folder):
    config = BertConfig.from_pretrained(folder)
    BertModel(config).save_pretrained(folder)
    with pytest.raises(ModelUnusable, match=r"no model for text-classification: its weights lack classifier"):
        load(folder)


@pytest.mark.parametrize(
    ("members", "settings", "told"),
    [
        ({"problem_type": "regression"}, {}, "say by `activation` how to read them"),
        ({}, {"window": PLACES + 1}, f"the model reads {PLACES} tokens at once, not {PLACES + 1}"),
        ({}, {"window": 16, "overlap": 4}, "an overlap of 4 tokens is too much"),
        ({}, {"labels": {"TOXIC": "toxic"}}, "should be among the model's own: clean, toxic, injection"),
        ({"model_type": "nothing-known"}, {}, "can't be loaded"),
    ],
)
def test_what_does_not_go_together_is_refused(folder, members, settings, told):
    change(folder / "config.json", **members)
    with pytest.raises(ModelUnusable, match=told):
        load(folder, **settings)


def test_a_folder_without_a_tokenizer_is_refused(folder):
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (folder / name).unlink()
    with pytest.raises(ModelUnusable, match="has no tokenizer"):
        load(folder)


def test_a_tokenizer_of_another_model_is_refused(folder, guard_folder):
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(guard_folder / name, folder / name)
    with pytest.raises(ModelUnusable, match="more tokens than its model knows"):
        load(folder)


def test_a_model_that_gives_no_numbers_is_refused(folder):
    from safetensors.numpy import load_file, save_file

    weights = load_file(folder / "model.safetensors")
    save_file(
        weights | {"classifier.bias": np.full(3, np.nan, np.float32)}, folder / "model.safetensors", {"format": "pt"}
    )
    with pytest.raises(ModelUnusable, match="gives no answer to ordinary words"):
        load(folder)


def test_a_card_that_is_not_there_is_named(text_folder, monkeypatch):
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    settings = TextSettings(kind="text-classification", source="x")
    with pytest.raises(ModelUnusable, match="the device cuda:3 is not there"):
        load_text_classifier("small", settings, look_at(text_folder), "cuda:3")


def test_half_precision_answers_nearly_alike(model, text_folder):
    half = load(text_folder, labels=OURS, dtype="bfloat16")
    assert half.held_bytes < 0.6 * model.held_bytes
    for one, other in zip(read_now(half, TEXTS), read_now(model, TEXTS), strict=True):
        assert one.scores == pytest.approx(other.scores, abs=0.15)


def test_a_closed_model_does_not_answer(text_folder):
    one = load(text_folder)
    pieces = one.begin("so it goes").more()
    one.close()
    with pytest.raises(RuntimeError, match="closed"):
        one.run(pieces)
