import json
import shutil
from pathlib import Path

import pytest
import torch

from detectors.serving.errors import ModelUnusable
from detectors.serving.model_files import fetch, look_at
from detectors.serving.model_settings import TextSettings
from detectors.serving.text_classifier import load_text_classifier

WEIGHTS = "model.safetensors"


@pytest.fixture
def folder(text_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(text_folder, tmp_path / "model"))


def change(file: Path, **members: object) -> None:
    file.write_text(json.dumps(json.loads(file.read_text()) | members))


def test_a_folder_has_a_digest_of_all_that_counts(folder: Path):
    first = look_at(folder)
    (folder / "README.md").write_text("about it")
    assert look_at(folder, pinned=first.digest) == first
    change(folder / "tokenizer_config.json", model_max_length=40)
    with pytest.raises(ModelUnusable, match=r"differs from `sha256`: its files have the digest [0-9a-f]{64}"):
        look_at(folder, pinned=first.digest)


def test_weights_are_counted_without_reading_them(folder: Path):
    model = load_text_classifier("x", TextSettings(kind="text-classification", source="x"), look_at(folder), "cpu")
    buffers = 2 * 48 * 8  # places and types of tokens, which are no weights
    assert look_at(folder).weights * 4 == pytest.approx(model.held_bytes, abs=buffers)


@pytest.mark.parametrize("name", ["pytorch_model.bin", "model.pt", "weights.pkl"])
def test_a_pickle_is_refused_and_why_is_said(folder: Path, name: str):
    (folder / WEIGHTS).unlink()
    torch.save({}, folder / name)
    with pytest.raises(ModelUnusable, match=f"weights in {name} only: loading a pickle runs code"):
        look_at(folder)


def test_a_pickle_beside_safetensors_is_never_opened(folder: Path):
    (folder / "pytorch_model.bin").write_bytes(b"neither a pickle nor anything else")
    files = look_at(folder)
    load_text_classifier("x", TextSettings(kind="text-classification", source="x"), files, "cpu").close()


def test_code_in_a_folder_is_never_run(folder: Path):
    trap = folder / "trap.py"
    trap.write_text(f"open({str(folder / 'sprung')!r}, 'w')\nclass Trap: ...\n")
    change(
        folder / "config.json", auto_map={"AutoConfig": "trap.Trap", "AutoModelForSequenceClassification": "trap.Trap"}
    )
    change(folder / "tokenizer_config.json", auto_map={"AutoTokenizer": ["trap.Trap", "trap.Trap"]})
    settings = TextSettings(kind="text-classification", source="x")
    load_text_classifier("x", settings, look_at(folder), "cpu").close()  # transformers knows the type by itself
    change(folder / "config.json", model_type="trap")
    with pytest.raises(ModelUnusable, match="code that comes with the weights"):
        look_at(folder)
    assert not (folder / "sprung").exists()


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ({"quantization_config": {"quant_method": "gptq"}}, "`quantization_config` is not supported"),
        ({"attn_implementation": "somebody/kernels"}, "`attn_implementation` is not supported"),
        ({"text_config": {"_attn_implementation": "somebody/kernels"}}, "`_attn_implementation` is not supported"),
        ({"transformers_weights": "adapter_model.bin"}, "`transformers_weights` is not supported"),
    ],
)
def test_nothing_leads_elsewhere(folder: Path, members: dict[str, object], told: str):
    change(folder / "config.json", **members)
    with pytest.raises(ModelUnusable, match=told):
        look_at(folder)


def test_an_adapter_is_refused(folder: Path):
    (folder / "adapter_config.json").write_text('{"base_model_name_or_path": "somebody/else"}')
    with pytest.raises(ModelUnusable, match="an adapter to another model"):
        look_at(folder)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("config.json", None, "config.json can't be read"),
        ("config.json", b"{", "config.json is not JSON"),
        ("config.json", b"[]", "config.json is not a JSON object"),
        (WEIGHTS, None, r"no weights in \*.safetensors"),
        (WEIGHTS, b"\x00" * 40, "not in the format of safetensors"),
        (WEIGHTS, b"\xff" * 40, "not in the format of safetensors"),
    ],
)
def test_a_damaged_folder_is_a_sentence(folder: Path, name: str, content: bytes | None, told: str):
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_bytes(content)
    with pytest.raises(ModelUnusable, match=told):
        look_at(folder)


def test_what_is_no_folder_may_have_been_meant_for_the_hub(tmp_path: Path):
    with pytest.raises(ModelUnusable, match="is no folder; an id of the hub needs `revision`"):
        fetch(str(tmp_path / "organisation/model"), None)


def test_a_snapshot_of_the_hub_is_taken_from_its_cache_at_its_commit(text_folder: Path, tmp_path: Path, monkeypatch):
    """As `huggingface_hub` lays it out on disk: what is there at this commit is used without a network."""
    commit = "0123456789abcdef0123456789abcdef01234567"
    shutil.copytree(text_folder, tmp_path / f"models--organisation--model/snapshots/{commit}")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    assert look_at(fetch("organisation/model", commit)).digest == look_at(text_folder).digest
    with pytest.raises(ModelUnusable, match=r"organisation/model at f{40} can't be fetched"):
        fetch("organisation/model", "f" * 40)
