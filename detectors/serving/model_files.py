"""The files that a model of transformers comes in: fetched if they are of the hub, and looked at before they are used.

Only safetensors are read, and no code. Nothing in a folder may lead to another place: no adapters on other models, no
kernels from the hub, no quantised weights that need libraries of their own.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import prod
from pathlib import Path
from typing import Any, Final

from detectors.serving.errors import ModelUnusable

CONFIG: Final = "config.json"
WANTED: Final = ("*.json", "*.safetensors", "*.txt", "*.model", "*.jinja")
"""What is fetched of a repository, in its main folder: configuration, weights, vocabularies, templates."""

SHORT: Final = 12
"""Characters of a digest that are enough to tell versions apart."""

_UNWANTED: Final = ("*/*", "*.gguf", "consolidated*", "training_args*")
_LEADS_AWAY: Final = (
    "attn_implementation",
    "_attn_implementation",
    "experts_implementation",
    "quantization_config",
    "transformers_weights",
)
_LARGEST_HEADER: Final = 100_000_000  # what the library itself takes
_CHUNK: Final = 2**20


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A folder that was looked at. `digest` is of the names and contents of all files that count, in hex.

    `weights` is how many numbers the weights are.
    """

    folder: Path
    digest: str
    config: dict[str, Any]
    weights: int


def fetch(source: str, revision: str | None, wanted: Sequence[str] = WANTED) -> Path:
    """Give the folder of a model: the named one, or the snapshot of a repository of the hub at a commit.

    What is in the hub's cache is not fetched again; `HF_HUB_OFFLINE=1` forbids fetching.

    Raises:
        ModelUnusable: it is no folder, or the hub does not give it.
    """
    if revision is None:
        if not Path(source).is_dir():
            raise ModelUnusable(f"{source} is no folder; an id of the hub needs `revision`, the full hash of a commit")
        return Path(source)
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    try:
        return Path(
            snapshot_download(source, revision=revision, allow_patterns=list(wanted), ignore_patterns=list(_UNWANTED))
        )
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError) as exc:
        raise ModelUnusable(f"{source} at {revision} can't be fetched ({type(exc).__name__})") from exc


def look_at(folder: Path, pinned: str | None = None) -> ModelFiles:
    """Check a folder, and digest what counts in it.

    Raises:
        ModelUnusable: weights are missing or not safetensors, a file leads elsewhere, or the digest is not `pinned`.
    """
    config = _json(folder / CONFIG)
    _check_weights(folder)
    _check_leads(folder, config)
    digest = _digest(folder)
    if pinned not in (None, digest):
        raise ModelUnusable(f"{folder} differs from `sha256`: its files have the digest {digest}")
    return ModelFiles(folder, digest, config, sum(map(_numbers, folder.glob("*.safetensors"))))


def _check_weights(folder: Path) -> None:
    if any(folder.glob("*.safetensors")):
        return
    if others := sorted(
        file.name for kind in ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.pkl") for file in folder.glob(kind)
    ):
        raise ModelUnusable(
            f"{folder} has its weights in {others[0]} only: loading a pickle runs code that it brings along;"
            " convert it to safetensors"
        )
    raise ModelUnusable(f"{folder} has no weights in *.safetensors")


def _check_leads(folder: Path, config: dict[str, Any]) -> None:
    if (folder / "adapter_config.json").exists():
        raise ModelUnusable(f"{folder} is an adapter to another model: merge the two and save the result")
    if found := next(_named(config, _LEADS_AWAY), None):
        raise ModelUnusable(f"{folder / CONFIG}: `{found}` is not supported, since it may load code from elsewhere")
    if "auto_map" in config and not _is_native(config.get("model_type")):
        raise ModelUnusable(
            f"{folder / CONFIG} wants code that comes with the weights (`auto_map`), which is never run:"
            f" transformers does not know a model of the type {config.get('model_type')} by itself"
        )


def _is_native(model_type: Any) -> bool:
    from transformers import CONFIG_MAPPING

    return model_type in CONFIG_MAPPING


def _named(value: Any, names: tuple[str, ...]) -> Iterator[str]:
    """Give those of the names that stand anywhere in a document and say something."""
    if isinstance(value, dict):
        yield from (name for name in names if value.get(name) is not None)
        for inner in value.values():
            yield from _named(inner, names)
    elif isinstance(value, list):
        for inner in value:
            yield from _named(inner, names)


def _digest(folder: Path) -> str:
    """Digest names and contents, so that a file can neither be added, nor changed, nor renamed unnoticed."""
    total = sha256()
    for file in sorted({file for kind in WANTED for file in folder.glob(kind)}):
        content = sha256()
        with file.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                content.update(chunk)
        total.update(f"{content.hexdigest()}  {file.name}\n".encode())
    return total.hexdigest()


def _numbers(file: Path) -> int:
    """Count the numbers in a file of safetensors by its header, which says the shape of each tensor."""
    try:
        with file.open("rb") as stream:
            size = int.from_bytes(stream.read(8), "little")
            header = json.loads(stream.read(min(size, _LARGEST_HEADER)))
        return sum(prod(tensor["shape"]) for name, tensor in header.items() if name != "__metadata__")
    except (ValueError, KeyError, TypeError, AttributeError) as exc:
        raise ModelUnusable(f"{file} is not in the format of safetensors") from exc


def _json(file: Path) -> dict[str, Any]:
    try:
        value = json.loads(file.read_bytes())
    except OSError as exc:
        raise ModelUnusable(f"{file} can't be read ({exc.strerror})") from exc
    except ValueError as exc:
        raise ModelUnusable(f"{file} is not JSON") from exc
    if not isinstance(value, dict):
        raise ModelUnusable(f"{file} is not a JSON object")
    return value
