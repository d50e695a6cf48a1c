"""What a model's answers depend on, as a short name: its files, how it is configured, and which library runs it."""

from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from detectors.serving.errors import ModelUnusable
from detectors.serving.model_files import SHORT, ModelFiles
from detectors.serving.model_settings import HuggingFace

_NO_MATTER = {"source", "revision", "sha256", "device", "batch_tokens", "batch_images"}
"""Settings that change where the same model is, or how fast it is, but no answer."""


def version_of(files: ModelFiles, settings: HuggingFace) -> str:
    """Give `FILES.SETTINGS`, two digests: it changes whenever the same text may get another answer."""
    said = sha256(settings.model_dump_json(exclude=_NO_MATTER).encode())
    said.update(version("transformers").encode())
    if isinstance(settings.thresholds, Path):
        try:
            said.update(settings.thresholds.read_bytes())
        except OSError as exc:
            raise ModelUnusable(f"{settings.thresholds} can't be read ({exc.strerror})") from exc
    return f"{files.digest[:SHORT]}.{said.hexdigest()[:SHORT]}"
