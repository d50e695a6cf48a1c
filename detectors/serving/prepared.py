"""A configured model before it is loaded: its files looked at, how much memory it needs, whether it is a new one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from detectors.encoder.files import DESCRIPTION, MODEL, WEIGHTS, read_encoder
from detectors.errors import WeightsUnusable
from detectors.serving.configuration import Configuration
from detectors.serving.errors import ModelUnusable
from detectors.serving.model_files import ModelFiles, fetch, look_at
from detectors.serving.model_settings import (
    EncoderSettings,
    GuardSettings,
    HuggingFace,
    ImageSettings,
    TextSettings,
)
from detectors.serving.ports import Model, TextModel
from detectors.serving.versions import version_of


@dataclass(frozen=True, slots=True)
class Prepared:
    """`identity` is the same as long as loading would make the same model again; `needed_bytes` is for its weights.

    `load` gives a model of pictures if it `reads_pictures`, else one of texts.
    """

    name: str
    device: str
    identity: str
    needed_bytes: int
    load: Callable[[], Model[Any]] = field(repr=False)
    reads_pictures: bool = False


def prepare(name: str, configuration: Configuration) -> Prepared:
    """Fetch the files of a model if need be, and look at them.

    Raises:
        ModelUnusable: they are not what they should be; the message begins with the model's name.
    """
    settings, device = configuration.models[name], configuration.device_of(name)
    try:
        if isinstance(settings, EncoderSettings):
            return _encoder(name, settings, device, configuration.threads)
        return _hugging_face(name, settings, device)
    except (ModelUnusable, WeightsUnusable) as exc:
        raise ModelUnusable(f"{name}: {exc}") from exc


def _hugging_face(name: str, settings: HuggingFace, device: str) -> Prepared:
    files = look_at(fetch(settings.source, settings.revision), settings.sha256)
    wide = settings.dtype == "float32" or (settings.dtype == "auto" and device == "cpu")
    identity = _identity(name, version_of(files, settings), settings.model_dump_json(), device)
    load = partial(_load, name, settings, files, device)
    needed = files.weights * (4 if wide else 2)
    return Prepared(name, device, identity, needed, load, reads_pictures=isinstance(settings, ImageSettings))


def _load(name: str, settings: HuggingFace, files: ModelFiles, device: str) -> Model[Any]:
    try:
        return _loaded(name, settings, files, device)
    except ModelUnusable as exc:
        raise ModelUnusable(f"{name}: {exc}") from exc


def _loaded(name: str, settings: HuggingFace, files: ModelFiles, device: str) -> Model[Any]:
    # Here, so that a service with nothing but the encoder does not wait seconds for transformers.
    if isinstance(settings, TextSettings):
        from detectors.serving.text_classifier import load_text_classifier

        return load_text_classifier(name, settings, files, device)
    if isinstance(settings, ImageSettings):
        from detectors.serving.image_classifier import load_image_classifier

        return load_image_classifier(name, settings, files, device)
    if isinstance(settings, GuardSettings):
        from detectors.serving.guard import load_guard

        return load_guard(name, settings, files, device)
    from detectors.serving.token_classifier import load_token_classifier

    return load_token_classifier(name, settings, files, device)


def _encoder(name: str, settings: EncoderSettings, device: str, threads: int | None) -> Prepared:
    form = MODEL if device == "cpu" else WEIGHTS
    folder = fetch(settings.source, settings.revision, ("*.json", form))
    try:
        described, size = (folder / DESCRIPTION).read_bytes(), (folder / form).stat().st_size
    except OSError as exc:
        raise ModelUnusable(f"{exc.filename} can't be read ({exc.strerror})") from exc
    if settings.sha256 not in (None, sha256(described).hexdigest()):
        raise ModelUnusable(f"{folder / DESCRIPTION} differs from `sha256`")
    identity = _identity(name, sha256(described).hexdigest(), settings.model_dump_json(), device, str(threads))
    return Prepared(name, device, identity, size, partial(_load_encoder, name, folder, form, device, threads))


def _load_encoder(name: str, folder: Path, form: str, device: str, threads: int | None) -> TextModel:
    from detectors.encoder.model import load_encoder
    from detectors.serving.encoder_model import EncoderModel

    try:
        files = read_encoder(folder, form)
        if form == MODEL:
            return EncoderModel(name, load_encoder(files, threads))
        from detectors.serving.packed_encoder import load_packed

        return EncoderModel(name, load_packed(files, device))
    except WeightsUnusable as exc:
        raise ModelUnusable(f"{name}: {exc}") from exc


def _identity(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()
