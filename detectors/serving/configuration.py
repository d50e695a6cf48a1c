"""The configuration of the detector service, `detectors.yaml`: read once, validated, frozen.

    memory: 6GiB
    device: cpu
    models:
      encoder: {kind: encoder, source: weights}
      prompts:
        kind: text-classification
        source: organisation/model
        revision: 0123456789abcdef0123456789abcdef01234567
        labels: {INJECTION: injection}

Relative paths are relative to the file.
"""

import re
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Final

import yaml
from pydantic import BeforeValidator, Field, ValidationError
from pydantic_core import ErrorDetails

from detectors.serving.errors import ConfigurationUnusable
from detectors.serving.model_settings import Device, ModelSettings, Section

UNITS: Final[Mapping[str, int]] = {
    "": 1,
    "KiB": 2**10,
    "MiB": 2**20,
    "GiB": 2**30,
    "KB": 10**3,
    "MB": 10**6,
    "GB": 10**9,
}

_SIZE: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?([KMG]i?B)?")


def _bytes(value: Any) -> Any:
    """Read `512MiB` as a number of bytes."""
    if not isinstance(value, str):
        return value
    size = _SIZE.fullmatch(value.strip())
    if size is None:
        raise ValueError(f"should be a number of bytes, or one with a unit ({', '.join(filter(None, UNITS))})")
    return int(float(size[1]) * UNITS[size[2] or ""])


Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}$")]


class Configuration(Section):
    """All of it. `memory` is the room for the weights of all models together, in bytes; without it there is no limit.

    `device` is for models that name none. `threads` work on one run of an encoder on a CPU, by default as many as there
    are processors, up to four.
    """

    memory: Annotated[int, Field(gt=0), BeforeValidator(_bytes)] | None = None
    device: Device = "cpu"
    threads: int | None = Field(default=None, ge=1, le=64)
    models: dict[Name, ModelSettings] = Field(min_length=1)

    def device_of(self, name: str) -> str:
        """Give the device of a model."""
        return self.models[name].device or self.device


def read_configuration(file: Path, device: str | None = None) -> Configuration:
    """Read a file. `device` goes before the one that the file names for all models.

    Raises:
        ConfigurationUnusable: it can't be read, is not YAML, or a member is wrong; the message names it.
    """
    try:
        values = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as exc:
        raise ConfigurationUnusable(f"{file} can't be read ({getattr(exc, 'strerror', None) or 'not UTF-8'})") from exc
    except yaml.YAMLError as exc:
        raise ConfigurationUnusable(f"{file} is not YAML: {' '.join(str(exc).split())}") from exc
    if not isinstance(values, dict):
        raise ConfigurationUnusable(f"{file}: the top level must be a mapping")
    if device:
        values["device"] = device
    try:
        return Configuration.model_validate(values, context={"folder": file.resolve().parent})
    except ValidationError as exc:
        faults = dict.fromkeys(map(_fault, exc.errors(include_input=False, include_url=False)))
        raise ConfigurationUnusable(f"{file}: {'; '.join(faults)}") from exc


_WAYS_TO_WRITE: Final = ("thresholds", "temperature")
"""Members after which pydantic names, in the place of a fault, which of the ways to write them was taken."""


def _fault(error: ErrorDetails) -> str:
    steps = [str(step) for step in error["loc"] if step != "[key]"]
    told = steps[:2] + [step for before, step in pairwise(steps[2:]) if before not in _WAYS_TO_WRITE]
    return f"{'.'.join(told) or 'top level'}: {error['msg'].removeprefix('Value error, ')}"
