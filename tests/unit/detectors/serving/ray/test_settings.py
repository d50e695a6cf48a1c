"""The arguments of the application on Ray, as `serve run` and a manifest write them."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from detectors.serving.errors import ConfigurationUnusable
from detectors.serving.ray.settings import AppSettings, read_keys

MODELS = "models:\n  encoder: {kind: encoder, source: weights}\n"


def settings(folder: Path, text: str = MODELS, **arguments: str) -> AppSettings:
    """Write a configuration, and give arguments that name it, all of them words as a command line has them."""
    (folder / "detectors.yaml").write_text(text)
    return AppSettings.model_validate({"config": str(folder / "detectors.yaml"), **arguments})


def test_they_may_all_be_words(tmp_path: Path) -> None:
    given = settings(tmp_path, min_replicas="2", cpus="0.5", keys_file="keys", device="cuda")
    assert (given.min_replicas, given.cpus, given.keys_file) == (2, 0.5, Path("keys"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"replicas": "2"}, "replicas"),
        ({"min_replicas": "5"}, "more replicas at least"),
        ({"max_ingresses": "0"}, "max_ingresses"),
        ({"target_ongoing_requests": "65"}, "no replica would be added"),
        ({"device": "cuda:1"}, "device"),
        ({"cpus": "0"}, "cpus"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments: dict[str, str], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        AppSettings.model_validate(arguments)


@pytest.mark.parametrize(
    ("device", "arguments", "cards"),
    [
        ("cpu", {}, 0),
        ("cuda", {}, 1),
        ("cpu", {"device": "cuda"}, 1),
        ("cuda", {"device": "cpu"}, 0),
        ("cuda", {"gpus": "0.25"}, 0.25),
        ("cpu", {"gpus": "0"}, 0),
    ],
)
def test_a_replica_takes_a_card_if_its_models_do(
    tmp_path: Path, device: str, arguments: dict[str, str], cards: float
) -> None:
    given = settings(tmp_path, f"device: {device}\n{MODELS}", **arguments)
    assert given.cards(given.read()) == cards


@pytest.mark.parametrize(("cpus", "threads"), [("0.5", 1), ("1", 1), ("3.5", 3)])
def test_an_encoder_has_as_many_threads_as_its_replica_has_processors(tmp_path: Path, cpus: str, threads: int) -> None:
    assert settings(tmp_path, cpus=cpus).read().threads == threads
    assert settings(tmp_path, f"threads: 7\n{MODELS}", cpus=cpus).read().threads == 7


def test_a_card_is_rays_to_choose(tmp_path: Path) -> None:
    numbered = "models:\n  one: {kind: encoder, source: weights, device: 'cuda:1'}\n"
    with pytest.raises(ConfigurationUnusable, match=r"models\.one\.device: Ray chooses"):
        settings(tmp_path, numbered).read()


def test_without_a_configuration_the_encoder_is_served() -> None:
    assert [*AppSettings().read().models] == ["encoder"]


def test_keys_are_one_a_line(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    assert read_keys(None) == []
    file.write_text("\nak_1\n ak_2 \n")
    assert read_keys(file) == ["ak_1", "ak_2"]


@pytest.mark.parametrize(("written", "said"), [(None, "No such file"), (b"\n \n", "no key"), (b"\xff", "not UTF-8")])
def test_keys_that_were_to_be_there_and_are_not_open_nothing(tmp_path: Path, written: bytes | None, said: str) -> None:
    file = tmp_path / "keys"
    if written is not None:
        file.write_bytes(written)
    with pytest.raises(ConfigurationUnusable, match=said):
        read_keys(file)
