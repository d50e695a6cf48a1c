import re
from pathlib import Path

import pytest
import yaml

from detectors.serving.configuration import read_configuration
from detectors.serving.errors import ConfigurationUnusable
from detectors.serving.model_settings import TextSettings

COMMIT = "0123456789abcdef0123456789abcdef01234567"
TEXT = {"kind": "text-classification", "source": "models/one"}
TOKENS = TEXT | {"kind": "token-classification"}
GUARD = {"kind": "guard", "source": "models/guard"}


def read(folder: Path, document: object, **options: str):
    file = folder / "detectors.yaml"
    file.write_text(document if isinstance(document, str) else yaml.safe_dump(document))
    return read_configuration(file, **options)


def test_paths_start_at_the_file_and_ids_of_the_hub_do_not(tmp_path):
    models = {
        "here": TEXT | {"thresholds": "thresholds.json"},
        "hub": TEXT | {"source": "organisation/model", "revision": COMMIT},
    }
    read_models = read(tmp_path, {"models": models}).models
    assert read_models["here"].source == str(tmp_path / "models/one")
    assert read_models["here"].thresholds == tmp_path / "thresholds.json"
    assert read_models["hub"].source == "organisation/model"


def test_what_is_said_is_read(tmp_path):
    document = """
memory: 1.5GiB
device: cuda:1
models:
  one:
    kind: text-classification
    source: one
    labels: {A: toxic, B: null}
    thresholds: {toxic: 0.7}
    temperature: 1.4
    activation: sigmoid
    window: 256
    overlap: 32
    dtype: float16
  two: {kind: encoder, source: two, device: cpu}
"""
    configuration = read(tmp_path, document)
    assert configuration.memory == 1.5 * 2**30
    assert [configuration.device_of(name) for name in configuration.models] == ["cuda:1", "cpu"]
    one = configuration.models["one"]
    assert isinstance(one, TextSettings)
    assert (one.labels, one.thresholds, one.temperature) == ({"A": "toxic", "B": None}, {"toxic": 0.7}, 1.4)
    assert read(tmp_path, document, device="cpu").device_of("one") == "cpu"


@pytest.mark.parametrize(
    ("member", "value", "told"),
    [
        ("trust_remote_code", True, "models.one: trust_remote_code is not supported: it would run code"),
        ("trust_remote_code", False, "trust_remote_code is not supported"),
        ("treshold", 0.5, "models.one.treshold: Extra inputs are not permitted"),
        ("kind", "regression", "models.one: Input tag 'regression'"),
        ("revision", "main", "models.one.revision: String should match"),
        ("revision", COMMIT[:12], "models.one.revision: String should match"),
        ("thresholds", 1.0, "models.one.thresholds: Input should be less than 1"),
        ("thresholds", {"toxic": 0}, "models.one.thresholds.toxic: Input should be greater than 0"),
        ("temperature", {"toxic": -1}, "models.one.temperature.toxic: Input should be greater than 0"),
        ("labels", {"A": "Toxic"}, "models.one: labels: Toxic should match"),
        ("labels", {"A": None}, "labels: nothing would be reported"),
        ("device", "tpu", "models.one.device: String should match"),
        ("overlap", 100, "models.one: an overlap of more than a quarter"),
        ("dtype", "int8", "models.one.dtype: Input should be"),
        ("source", "", "models.one.source: String should have at least 1"),
    ],
)
def test_a_wrong_member_is_named_with_its_reason(tmp_path, member, value, told):
    with pytest.raises(ConfigurationUnusable) as caught:
        read(tmp_path, {"models": {"one": TEXT | {"window": 128, member: value}}})
    assert told in str(caught.value)
    assert "detectors.yaml: " in str(caught.value)


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ("- a", "the top level must be a mapping"),
        ("models: {", "is not YAML"),
        ({"models": {}}, "models: Dictionary should have at least 1 item"),
        ({}, "models: Field required"),
        ({"memory": "lots", "models": {"one": TEXT}}, "memory: should be a number of bytes"),
        ({"models": {"a/b": TEXT}}, "models.a/b: String should match"),
        ({"models": {"one": TEXT | {"source": "not an id", "revision": COMMIT}}}, "for an id of the hub"),
        (
            {"models": {"one": TEXT | {"kind": "token-classification", "labels": {"PER": "person"}}}},
            "should match [A-Z]",
        ),
        ({"models": {"one": GUARD}}, "a guard needs a `preset`, or `questions`"),
        ({"models": {"one": GUARD | {"questions": {"toxic": {}}, "found": ["Yes"]}}}, "a guard needs"),
        ({"models": {"one": GUARD | {"preset": "shieldgemma", "labels": {"a": "b"}}}}, "those of its questions"),
    ],
)
def test_a_wrong_document_is_a_sentence(tmp_path, document, told):
    with pytest.raises(ConfigurationUnusable) as caught:
        read(tmp_path, document)
    assert told in str(caught.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ConfigurationUnusable, match=r"none.yaml can't be read \(No such file"):
        read_configuration(tmp_path / "none.yaml")


def test_the_example_of_the_readme_is_a_configuration(tmp_path):
    readme = (Path(__file__).parents[4] / "detectors/README.md").read_text()
    (example,) = re.findall(r"```yaml\n(# detectors.yaml\n.*?)```", readme, flags=re.DOTALL)
    configuration = read(tmp_path, example)
    assert {settings.kind for settings in configuration.models.values()} == {
        "encoder",
        "text-classification",
        "token-classification",
        "image-classification",
        "guard",
    }
    assert configuration.memory == 24 * 2**30
    assert configuration.models["comments"].thresholds == tmp_path / "comments-thresholds.json"
