"""Whether the encoder runs, by what is configured and by what is there."""

from pathlib import Path
from typing import Any

import pytest
import yaml

import gateway.detector_settings
from gateway.app import _suite
from gateway.commands.init import CONFIGURATION
from gateway.secret_source import SettingsError
from gateway.settings import Settings, parse
from tests.unit.detectors.encoder.small_encoder import write_encoder
from tests.unit.detectors.ready import CACHE

SHIPPED = "shipped"


def configured(folder: Path, **detectors: Any) -> Settings:
    upstreams = [{"name": "openai", "base_url": "https://api.openai.com/v1"}]
    values = {"secret": {"env": "SECRET"}, "upstreams": upstreams, "cache": str(CACHE), "detectors": detectors}
    return parse(values, folder=folder)


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / SHIPPED
    monkeypatch.setattr(gateway.detector_settings, "shipped_weights", lambda: folder)
    return folder


@pytest.mark.parametrize(
    ("written", "is_there", "weights"),
    [
        ({}, False, None),
        ({}, True, SHIPPED),
        ({"encoder": False}, True, None),
        ({"encoder": True}, False, SHIPPED),
        ({"weights": "mine"}, False, "mine"),
        ({"weights": "mine", "encoder": False}, False, None),
    ],
    ids=["nothing is there", "it came along", "off", "on without weights", "one's own", "one's own, off"],
)
def test_it_runs_if_there_are_weights_or_it_was_asked_for(tmp_path, shipped, written, is_there, weights):
    if is_there:
        shipped.mkdir()
    options = configured(tmp_path, **written).detectors.options()
    assert (options.weights if options else None) == (tmp_path / weights if weights else None)


def test_yaml_says_on_and_off(tmp_path):
    for word, value in (("on", True), ("off", False), ("true", True)):
        assert configured(tmp_path, **yaml.safe_load(f"encoder: {word}")).detectors.encoder is value


def test_the_first_configuration_names_what_can_be_set(tmp_path):
    written = yaml.safe_load(CONFIGURATION)["detectors"]
    assert configured(tmp_path, **written).detectors.cache_bytes == 32 * 2**20


@pytest.mark.parametrize("wrong", [{"encoder": "maybe"}, {"threads": 0}, {"cache_bytes": -1}, {"model": "x"}])
def test_a_wrong_value_is_refused(tmp_path, wrong):
    with pytest.raises(SettingsError, match="detectors"):
        configured(tmp_path, **wrong)


@pytest.mark.parametrize("is_there", [False, True], ids=["missing", "damaged"])
def test_weights_that_can_not_be_used_end_the_start_with_a_sentence(tmp_path, is_there):
    if is_there:
        (write_encoder(tmp_path / "mine") / "encoder.onnx").write_bytes(b"damaged")
    with pytest.raises(SettingsError, match=r"detectors: .*mine.*encoder: off"):
        _suite(configured(tmp_path, weights="mine"))


def test_a_gateway_with_weights_reads_and_one_without_does_not(tmp_path):
    write_encoder(tmp_path / "mine")
    for detectors, names in (({"weights": "mine"}, ["patterns", "encoder"]), ({"encoder": False}, ["patterns"])):
        suite = _suite(configured(tmp_path, **detectors))
        assert [detector.name for detector in suite.detectors] == names
        suite.close()
