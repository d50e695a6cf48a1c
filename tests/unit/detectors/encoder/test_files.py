import json
import shutil
from pathlib import Path

import pytest

from detectors.encoder.files import read_encoder
from detectors.encoder.model import load_encoder
from detectors.errors import WeightsUnusable
from tests.unit.detectors.encoder.small_encoder import describe, write_encoder


@pytest.fixture(scope="module")
def good(tmp_path_factory) -> Path:
    return write_encoder(tmp_path_factory.mktemp("weights"))


@pytest.fixture
def folder(good: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(good, tmp_path / "weights"))


def test_a_good_folder_is_read_and_named_by_its_digests(folder: Path):
    one = read_encoder(folder)
    assert (one.window, one.overlap) == (32, 8)
    assert one.version.startswith("small+")
    write_encoder(folder, threshold=0.6)
    assert read_encoder(folder).version != one.version


@pytest.mark.parametrize("name", ["encoder.onnx", "tokenizer.json", "thresholds.json"])
def test_a_file_that_is_not_the_described_one_is_refused(folder: Path, name: str):
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    with pytest.raises(WeightsUnusable, match=f"{name} differs from the SHA-256"):
        read_encoder(folder)


@pytest.mark.parametrize("name", ["encoder.json", "encoder.onnx", "tokenizer.json", "thresholds.json"])
def test_a_missing_file_is_named(folder: Path, name: str):
    (folder / name).unlink()
    with pytest.raises(WeightsUnusable, match=f"{name} can't be read"):
        read_encoder(folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": 2}, "not of format 1"),
        ({"labels": ["toxic"]}, "`labels` are not those"),
        ({"entities": ["O"]}, "`entities` are not those"),
        ({"window": 16, "overlap": 8}, "needs `version`"),
        ({"window": "32"}, "needs `version`"),
        ({"version": 1}, "needs `version`"),
        ({"sha256": {}}, "differs from the SHA-256"),
    ],
)
def test_a_description_of_something_else_is_refused(folder: Path, change: dict[str, object], message: str):
    describe(folder, **change)
    with pytest.raises(WeightsUnusable, match=message):
        read_encoder(folder)


@pytest.mark.parametrize(
    ("kind", "name", "change", "message"),
    [
        ("labels", "hate", {"temperature": 0}, "temperature is not positive"),
        ("labels", "hate", {"threshold": 1.5}, "not between 0 and 1"),
        ("labels", "hate", {"bias": float("nan")}, "not finite"),
        ("labels", "hate", None, "lacks 'hate'"),
        ("entities", "PERSON", None, "lacks 'PERSON'"),
        ("entities", "PERSON", {"threshold": 0}, "not between 0 and 1"),
    ],
)
def test_thresholds_with_a_hole_or_a_wrong_number_are_refused(folder: Path, kind, name, change, message):
    thresholds = json.loads((folder / "thresholds.json").read_text())
    if change is None:
        del thresholds[kind][name]
    else:
        thresholds[kind][name] |= change
    (folder / "thresholds.json").write_text(json.dumps(thresholds))
    describe(folder)
    with pytest.raises(WeightsUnusable, match=message):
        read_encoder(folder)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("encoder.json", b"{", "is not JSON"),
        ("encoder.onnx", b"no model", "encoder.onnx can't be loaded"),
        ("tokenizer.json", b"{}", "tokenizer.json can't be loaded"),
    ],
)
def test_a_file_of_another_kind_is_refused(folder: Path, name: str, content: bytes, message: str):
    (folder / name).write_bytes(content)
    if name != "encoder.json":
        describe(folder)
    with pytest.raises(WeightsUnusable, match=message):
        load_encoder(read_encoder(folder))
