"""What can be said of the application on Ray besides `detectors.yaml`: how many replicas, how large, how much waits."""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from detectors.catalog import shipped_weights
from detectors.serving.configuration import Configuration, read_configuration
from detectors.serving.errors import ConfigurationUnusable
from detectors.serving.model_settings import EncoderSettings, Section
from detectors.serving.one_model import NAME


class AppSettings(Section):
    """The arguments of the application; `serve run` gives them as `name=value`, a `RayService` under `args`.

    `config` is a `detectors.yaml`; without one the shipped encoder is served. It is read where the application is
    built, the folders that it names and `keys_file` (keys that callers need, one a line) on every node that has a
    replica. `device` goes before that of the file. A replica that reads takes `cpus` and `gpus` of the cluster, one
    card by default if its device is one; `memory` of the file is what it has for weights.

    There are `min_replicas` to `max_replicas`, so many that each has about `target_ongoing_requests` calls. One gets
    `max_ongoing_requests` at once, which its batcher joins; of those that wait, each ingress keeps
    `max_queued_requests`. A replica that is stopped has `drain_s` for what it has begun.
    """

    config: Path | None = None
    device: Literal["cpu", "cuda"] | None = None
    keys_file: Path | None = None
    batch_tokens: int | None = Field(default=None, ge=1)
    queue_tokens: int | None = Field(default=None, ge=1)
    cpus: float = Field(default=1.0, gt=0)
    gpus: float | None = Field(default=None, ge=0)
    min_replicas: int = Field(default=1, ge=0)
    max_replicas: int = Field(default=4, ge=1)
    target_ongoing_requests: float = Field(default=16.0, gt=0)
    max_ongoing_requests: int = Field(default=64, ge=1)
    max_queued_requests: int = Field(default=256, ge=1)
    upscale_delay_s: float = Field(default=10.0, ge=0)
    downscale_delay_s: float = Field(default=300.0, ge=0)
    min_ingresses: int = Field(default=1, ge=1)
    max_ingresses: int = Field(default=4, ge=1)
    ingress_cpus: float = Field(default=0.5, gt=0)
    drain_s: float = Field(default=30.0, gt=0)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min_replicas > self.max_replicas or self.min_ingresses > self.max_ingresses:
            raise ValueError("there can't be more replicas at least than at most")
        if self.target_ongoing_requests > self.max_ongoing_requests:
            raise ValueError("with target_ongoing_requests above max_ongoing_requests no replica would be added")
        return self

    def read(self) -> Configuration:
        """Give the configuration of the models.

        Raises:
            ConfigurationUnusable: the file can't be used, or names a card by its number, which is Ray's to choose.
        """
        if self.config is None:
            encoder = EncoderSettings(kind="encoder", source=str(shipped_weights()))
            configuration = Configuration(device=self.device or "cpu", models={NAME: encoder})
        else:
            configuration = read_configuration(self.config, self.device)
        for name in configuration.models:
            if ":" in configuration.device_of(name):
                raise ConfigurationUnusable(f"models.{name}.device: Ray chooses the card; say cuda, without a number")
        threads = configuration.threads or max(1, int(self.cpus))
        return configuration.model_copy(update={"threads": threads})

    def cards(self, configuration: Configuration) -> float:
        """Give how many cards a replica takes; a part of one may be shared with others."""
        if self.gpus is not None:
            return self.gpus
        return float(any(configuration.device_of(name) != "cpu" for name in configuration.models))


def read_keys(file: Path | None) -> list[str]:
    """Read the keys of callers; none if none are needed.

    Raises:
        ConfigurationUnusable: there is a file and it can't be read, or holds nothing.
    """
    if file is None:
        return []
    try:
        keys = [line.strip() for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as exc:
        raise ConfigurationUnusable(f"{file} can't be read ({getattr(exc, 'strerror', None) or 'not UTF-8'})") from exc
    if not keys:
        raise ConfigurationUnusable(f"{file} holds no key")
    return keys
