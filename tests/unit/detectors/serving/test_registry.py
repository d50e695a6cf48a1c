"""Models side by side, replaced while they work: with real models and a reader that runs them for whoever asks."""

import json
import shutil
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import ClassVar

import pytest
import yaml

from detectors.serving.batcher import Batcher
from detectors.serving.configuration import Configuration, read_configuration
from detectors.serving.errors import ModelUnusable
from detectors.serving.ports import Answer, Content, ImageReader, Reader, TextModel
from detectors.serving.prepared import prepare
from detectors.serving.reading import read_now
from detectors.serving.registry import ModelRegistry
from detectors.serving.reloading import Reloader
from tests.unit.detectors.encoder.small_encoder import write_encoder
from tests.unit.detectors.serving.small_models import picture

PATIENCE = 60.0


class OneByOne:
    """A `ports.Reader` that reads in a thread of its own. While `gate` is not set, it has begun and goes on later."""

    open: ClassVar[list["OneByOne"]] = []

    def __init__(self, model: TextModel, device: str) -> None:
        self.model, self.device = model, device
        self.gate = threading.Event()
        self.gate.set()
        self._pool = ThreadPoolExecutor(1)
        OneByOne.open.append(self)

    def submit(self, texts: Sequence[str], tenant: str, seconds: float) -> "Future[tuple[Answer, ...]]":
        return self._pool.submit(self._read, texts)

    def close(self, seconds: float = 0.0) -> None:
        self._pool.shutdown()
        self.model.close()
        OneByOne.open.remove(self)

    def _read(self, texts: Sequence[str]) -> tuple[Answer, ...]:
        self.gate.wait(PATIENCE)
        return tuple(read_now(self.model, texts))


def write(file: Path, **models: dict[str, object]) -> Configuration:
    file.write_text(yaml.safe_dump({"models": models}, sort_keys=False))
    return read_configuration(file)


@pytest.fixture
def text(text_folder, tmp_path) -> dict[str, object]:
    folder = shutil.copytree(text_folder, tmp_path / "text")
    return {"kind": "text-classification", "source": str(folder), "labels": {"toxic": "toxic"}}


@pytest.fixture
def tokens(token_folder) -> dict[str, object]:
    return {"kind": "token-classification", "source": str(token_folder), "labels": {"PER": "PERSON"}}


@pytest.fixture
def opened(tmp_path):
    registries: list[ModelRegistry] = []

    def opener(configuration: Configuration) -> ModelRegistry:
        registries.append(ModelRegistry(configuration, OneByOne))
        return registries[-1]

    yield opener
    for registry in registries:
        registry.close()
    assert OneByOne.open == []


def ask(reader: Reader | ImageReader, content: Content) -> Answer:
    return reader.submit([content], "", 10.0).result(PATIENCE)[0]


def until(condition) -> None:
    end = monotonic() + PATIENCE
    while not condition():
        assert monotonic() < end
        sleep(0.02)


def test_models_of_all_kinds_are_served_side_by_side_by_name(
    opened, tmp_path, text, tokens, image_folder, guard_folder
):
    models = {
        "encoder": {"kind": "encoder", "source": str(write_encoder(tmp_path / "encoder"))},
        "prompts": text,
        "names": tokens,
        "pictures": {"kind": "image-classification", "source": str(image_folder), "labels": {"unfit": "sexual"}},
        "guard": {
            "kind": "guard",
            "source": str(guard_folder),
            "questions": {"toxic": {}},
            "found": ["unsafe"],
            "clean": ["safe"],
        },
    }
    registry = opened(write(tmp_path / "detectors.yaml", **models))
    assert registry.names == ["encoder", "prompts", "names", "guard"]
    assert registry.image_names == ["pictures"]
    assert registry.get("") is registry.get("encoder")
    assert registry.get("nobody") is registry.get("pictures") is registry.images("encoder") is None
    assert registry.images("") is registry.images("pictures") is not None
    for name in ("encoder", "prompts", "guard"):
        assert ask(registry.get(name), "you are nasty").scores["toxic"] > 0.9
    assert [one.label for one in ask(registry.get("names"), "ann lee").spans] == ["PERSON"]
    picture((220, 20, 20)).save(tmp_path / "red.png")
    assert ask(registry.images("pictures"), (tmp_path / "red.png").read_bytes()).scores["sexual"] > 0.9
    assert registry.held_bytes == pytest.approx(
        sum(registry.get(name).model.held_bytes for name in registry.names)
        + registry.images("pictures").model.held_bytes
    )


def test_the_reader_of_a_model_learns_on_which_device_it_is(opened, tmp_path, text, tokens):
    file = tmp_path / "detectors.yaml"
    assert opened(write(file, one=text)).get("one").device == "cpu"
    configuration = write(file, one=text | {"device": "cuda:1"}, two=tokens)
    assert [prepare(name, configuration).device for name in ("one", "two")] == ["cuda:1", "cpu"]


def test_what_is_the_same_goes_on_and_what_is_new_takes_its_place_whole(opened, tmp_path, text, tokens):
    file = tmp_path / "detectors.yaml"
    registry = opened(write(file, one=text, two=tokens))
    one, two = registry.get("one"), registry.get("two")
    registry.replace(write(file, two=tokens, one=text | {"thresholds": 0.9}, three=text))
    assert registry.names == ["two", "one", "three"]
    assert registry.get("two") is two
    assert registry.get("one") is not one
    assert registry.get("one").model.thresholds["toxic"] == pytest.approx(0.9)
    until(lambda: one not in OneByOne.open)


def test_a_model_that_was_replaced_finishes_what_it_has_begun(opened, tmp_path, text):
    file = tmp_path / "detectors.yaml"
    registry = opened(write(file, one=text))
    old = registry.get("one")
    old.gate.clear()
    begun = old.submit(["you are nasty"], "", 10.0)
    registry.replace(write(file, one=text | {"thresholds": 0.9}))
    assert ask(registry.get("one"), "you are nasty").scores["toxic"] > 0.9  # nobody waits for the old one
    assert not begun.done()
    assert registry.held_bytes == old.model.held_bytes + registry.get("one").model.held_bytes
    old.gate.set()
    assert begun.result(PATIENCE)[0].scores["toxic"] > 0.9
    until(lambda: registry.held_bytes == registry.get("one").model.held_bytes)


def test_files_that_changed_are_another_model_under_the_same_settings(opened, tmp_path, text, multi_folder):
    file = tmp_path / "detectors.yaml"
    registry = opened(write(file, one=text))
    before = registry.get("one").model.version
    for name in ("config.json", "model.safetensors"):
        shutil.copy(multi_folder / name, Path(str(text["source"])) / name)
    registry.replace(read_configuration(file))
    assert registry.get("one").model.version != before


def test_a_broken_model_changes_nothing_and_what_was_loaded_beside_it_is_closed(opened, tmp_path, text, tokens):
    file = tmp_path / "detectors.yaml"
    registry = opened(write(file, one=text))
    one = registry.get("one")
    with pytest.raises(ModelUnusable, match="three: labels: NOBODY should be among the model's own"):
        registry.replace(write(file, two=tokens, three=text | {"labels": {"NOBODY": "toxic"}}))
    assert registry.names == ["one"]
    assert registry.get("one") is one
    assert OneByOne.open == [one]
    assert ask(registry.get("one"), "you are nasty").scores["toxic"] > 0.9


def test_models_that_do_not_fit_the_budget_are_refused_before_they_are_loaded(opened, tmp_path, text, tokens):
    file = tmp_path / "detectors.yaml"
    held = opened(write(file, one=text)).held_bytes
    file.write_text(yaml.safe_dump({"memory": int(1.5 * held), "models": {"one": text, "two": tokens}}))
    with pytest.raises(ModelUnusable, match=r"memory: one, two would take 0 MiB beside the 0 MiB that models hold now"):
        ModelRegistry(read_configuration(file), OneByOne)
    file.write_text(yaml.safe_dump({"memory": int(1.5 * held), "models": {"one": text}}))
    registry = opened(read_configuration(file))
    file.write_text(yaml.safe_dump({"memory": int(1.5 * held), "models": {"one": text | {"thresholds": 0.9}}}))
    with pytest.raises(ModelUnusable, match="memory: one would take"):  # there is no room for both at once
        registry.replace(read_configuration(file))
    assert ask(registry.get("one"), "you are nasty").scores["toxic"] > 0.9


def submitted(registry: ModelRegistry) -> "Future[tuple[Answer, ...]]":
    """Ask as the service does: whoever finds a model closing asks the next one."""
    for _ in range(2):
        with suppress(RuntimeError):
            return registry.get("one").submit(["you are nasty"], "", 30.0)
    raise AssertionError("no reader took it")


def test_no_call_is_lost_while_models_are_replaced_under_load(tmp_path, text):
    file = tmp_path / "detectors.yaml"
    registry = ModelRegistry(write(file, one=text), lambda model, _: Batcher(model))
    stop, scores = threading.Event(), list[float]()

    def calls() -> None:
        while not stop.is_set():
            scores.append(submitted(registry).result(PATIENCE)[0].scores["toxic"])

    with ThreadPoolExecutor(3) as pool:
        callers = [pool.submit(calls) for _ in range(3)]
        for threshold in (0.6, 0.7, 0.8):
            before = len(scores)
            until(lambda before=before: len(scores) > before + 20)
            registry.replace(write(file, one=text | {"thresholds": threshold}))
        stop.set()
        assert [caller.exception(PATIENCE) for caller in callers] == [None] * 3
    registry.close()
    assert min(scores) > 0.9


def test_digests_pin_the_encoder_and_folders(opened, tmp_path, text):
    encoder = {"kind": "encoder", "source": str(write_encoder(tmp_path / "encoder")), "sha256": "0" * 64}
    for models in ({"one": encoder}, {"one": text | {"sha256": "0" * 64}}):
        with pytest.raises(ModelUnusable, match=r"one: .* differs from `sha256`"):
            ModelRegistry(write(tmp_path / "detectors.yaml", **models), OneByOne)


def test_a_changed_file_is_served_and_a_broken_one_is_not(opened, tmp_path, text, caplog):
    file = tmp_path / "detectors.yaml"
    registry = opened(write(file, one=text))
    reloader = Reloader(file, None, registry, every=0.05)
    try:
        write(file, one=text | {"thresholds": 0.9})
        until(lambda: registry.get("one").model.thresholds["toxic"] > 0.8 and reloader.fault is None)
        served = registry.get("one")
        file.write_text("models: {one: {kind: nothing}}")
        until(lambda: reloader.fault)
        assert "detectors.yaml: models.one" in reloader.fault
        assert "The detectors stay as they are" in caplog.text
        assert registry.get("one") is served
        write(file, one=text | {"thresholds": 0.6})
        until(lambda: registry.get("one").model.thresholds["toxic"] < 0.7 and reloader.fault is None)
    finally:
        reloader.close()


def test_files_that_a_configuration_names_are_watched_too(opened, tmp_path, text):
    row = {"temperature": 1.0, "bias": 0.0, "threshold": 0.5}
    thresholds = tmp_path / "thresholds.json"
    thresholds.write_text(json.dumps({"format": 1, "labels": {"toxic": row}}))
    file = tmp_path / "detectors.yaml"
    registry = opened(write(file, one=text | {"thresholds": "thresholds.json"}))
    reloader = Reloader(file, None, registry, every=0.05)
    try:
        thresholds.write_text(json.dumps({"format": 1, "labels": {"toxic": row | {"threshold": 0.77}}}))
        until(lambda: registry.get("one").model.thresholds["toxic"] == pytest.approx(0.77))
        thresholds.write_text("{")
        until(lambda: reloader.fault)
        assert "is not JSON" in reloader.fault
        assert registry.get("one").model.thresholds["toxic"] == pytest.approx(0.77)
    finally:
        reloader.close()
