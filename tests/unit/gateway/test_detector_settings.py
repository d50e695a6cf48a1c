"""Whether the encoder runs, by what is configured and by what is there."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

import gateway.detector_settings
from detectors.catalog import pattern_detector, pattern_rules
from detectors.serving.options import ServiceOptions
from detectors.text.deadline import Deadline
from detectors.text.rules import Rule
from gateway.checks import suite_of
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
    options = configured(tmp_path, **written).detectors.by_meaning()
    assert [one.weights for one in options] == [tmp_path / weights for weights in (weights,) if weights]


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
        suite_of(configured(tmp_path, weights="mine").detectors, CACHE)


def test_a_service_reads_instead_wherever_it_is_and_whatever_its_models(tmp_path, shipped):
    shipped.mkdir()
    written = """
      url: [unix:run/detectors.sock, "https://gpu.example.com:8443"]
      model: [encoder, guard]
      key: {file: key}
      connect_ms: 100
      timeout_ms: 2000
      hedge_ms: 50
      breaker: {failures: 2, pause_s: 3}
    """
    (tmp_path / "key").write_text("secret")
    (encoder, guard) = configured(tmp_path, service=yaml.safe_load(written), cache_bytes=7).detectors.by_meaning()
    assert encoder == ServiceOptions(
        (f"unix:{tmp_path / 'run/detectors.sock'}", "https://gpu.example.com:8443"),
        *("encoder", "secret"),
        *(0.1, 2.0, 0.05),
        *(2, 3.0),
        7,
    )
    assert guard == replace(encoder, model="guard")
    assert "secret" not in repr(encoder)


def test_one_url_is_enough_and_off_is_off(tmp_path):
    service = {"url": "http://127.0.0.1:8791"}
    assert configured(tmp_path, service=service).detectors.by_meaning() == (ServiceOptions(("http://127.0.0.1:8791",)),)
    assert configured(tmp_path, service=service, encoder=False).detectors.by_meaning() == ()
    away = {"url": "http://gpu.example.com", "allow_plain_http": True}
    assert configured(tmp_path, service=away).detectors.by_meaning()[0].addresses == ("http://gpu.example.com",)


SERVICES = {
    "no url": ({}, "url"),
    "none at all": ({"url": []}, "url"),
    "another scheme": ({"url": "ftp://127.0.0.1"}, "http"),
    "credentials": ({"url": "http://me:mine@127.0.0.1"}, "credentials"),
    "unencrypted": ({"url": "http://gpu.example.com"}, "allow_plain_http"),
    "no path": ({"url": "unix:"}, "path of a socket"),
    "a path that no socket can have": ({"url": "unix:/" + "a" * 107}, "107 bytes"),
    "nobody else to ask": ({"url": "http://127.0.0.1:1", "hedge_ms": 5}, "only one url"),
    "a model twice": ({"url": "http://127.0.0.1:1", "model": ["a", "a"]}, "twice"),
    "the patterns": ({"url": "http://127.0.0.1:1", "model": "patterns"}, "patterns"),
    "the lists": ({"url": "http://127.0.0.1:1", "model": "lists"}, "lists"),
    "a model that is none": ({"url": "http://127.0.0.1:1", "model": "a b"}, "model"),
    "no time": ({"url": "http://127.0.0.1:1", "timeout_ms": 0}, "timeout_ms"),
}


@pytest.mark.parametrize(("service", "word"), SERVICES.values(), ids=SERVICES)
def test_a_service_that_can_not_be_asked_is_refused(tmp_path, service, word):
    with pytest.raises(SettingsError, match=word) as raised:
        configured(tmp_path, service=service)
    assert "mine" not in str(raised.value)


def test_weights_of_the_gateway_are_not_those_of_a_service(tmp_path):
    with pytest.raises(SettingsError, match="the service's own"):
        configured(tmp_path, service={"url": "http://127.0.0.1:1"}, weights="mine")


def test_the_first_configuration_shows_a_service_that_can_be_asked(tmp_path):
    lines = CONFIGURATION.splitlines()
    start = lines.index(
        "# service:                           # or a detector service reads them, which `airlock detectors serve` runs"
    )
    section = [line.removeprefix("# ") for line in lines[start : start + 9]]
    service = yaml.safe_load("\n".join(section))["service"]
    (tmp_path / "key").write_text("secret")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DETECTORS_KEY", "secret")
        (options,) = configured(tmp_path, service=service).detectors.by_meaning()
    assert (options.key, options.connect_s, options.timeout_s, options.hedge_s) == ("secret", 0.5, 10.0, 0.2)
    assert len(options.addresses) == 2


def test_a_gateway_with_weights_reads_and_one_without_does_not(tmp_path):
    write_encoder(tmp_path / "mine")
    for detectors, names in (
        ({"weights": "mine"}, ["patterns", "encoder"]),
        ({"service": {"url": "unix:nobody", "model": "guard"}}, ["patterns", "guard"]),
        ({"encoder": False}, ["patterns"]),
    ):
        suite = suite_of(configured(tmp_path, **detectors).detectors, CACHE)
        assert [detector.name for detector in suite.detectors] == names
        suite.close()


def test_phone_regions_are_searched_as_configured(tmp_path: Path) -> None:
    chosen = configured(tmp_path, encoder=False, phone_regions=["IT", "ES", "ES"]).detectors
    assert chosen.phone_regions == ("ES", "IT")
    rules = {rule.label: rule for rule in pattern_rules(phone_regions=chosen.phone_regions)}
    found = rules["PHONE_NUMBER"].find("Llame al 912 345 678.", (0,), Deadline(60))
    assert [(hit.start, hit.end) for hit in found] == [(9, 20)]
    assert not pattern_rules_by_default()["PHONE_NUMBER"].find("Llame al 912 345 678.", (0,), Deadline(60))


def pattern_rules_by_default() -> dict[str, Rule]:
    return {rule.label: rule for rule in pattern_rules()}


def test_the_detector_says_which_regions_it_searches(tmp_path: Path) -> None:
    with ExitStack() as stack:
        versions = []
        for regions in (None, ("DE",), ("ES", "IT")):
            detector = pattern_detector(tmp_path, phone_regions=regions)
            stack.callback(detector.close)
            versions.append(detector.version)
    assert [version.partition("+phones-")[2] for version in versions] == ["", "DE", "ES.IT"]


@pytest.mark.parametrize("regions", [["de"], ["XX"], ["DE", "UK"], [], "DE"], ids=str)
def test_a_region_that_is_none_is_refused(tmp_path: Path, regions: Any) -> None:
    with pytest.raises(SettingsError, match="phone_regions"):
        configured(tmp_path, phone_regions=regions)


def test_a_patient_gateway_gives_detectors_more_time(tmp_path: Path) -> None:
    seconds = []
    for patience in (1, 5):
        suite = suite_of(configured(tmp_path, encoder=False, patience=patience).detectors, CACHE)
        seconds.append([suite._limits.seconds_for(chars) for chars in (100, 10_000_000)])
        suite.close()
    assert seconds[1] == [pytest.approx(5 * one) for one in seconds[0]]
