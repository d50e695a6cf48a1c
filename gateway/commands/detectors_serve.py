"""What `airlock detectors serve` does: loads the models, listens, and stops when it is told to."""

import ipaddress
import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import typer

from detectors.catalog import shipped_weights
from detectors.serving.api.app import service
from detectors.serving.batcher import Batcher
from detectors.serving.configuration import Configuration, read_configuration
from detectors.serving.errors import ServingError
from detectors.serving.limits import BatchLimits, limits_for
from detectors.serving.model_settings import EncoderSettings
from detectors.serving.one_model import NAME
from detectors.serving.registry import ModelRegistry
from detectors.serving.reloading import Reloader
from gateway.commands.sockets import tcp_socket, unix_socket
from gateway.secret_source import SecretSource, SettingsError
from gateway.server import Server

_DEVICE: Final = re.compile(r"cpu|cuda(:\d{1,3})?")

DRAIN_S: Final = 10.0
"""How long a stop waits for calls under way."""


@dataclass(frozen=True, slots=True)
class Models:
    """Which models are served: those of a configuration or the encoder, on which device, in runs of how many tokens.

    The last two are how much may wait, in tokens and, while too much comes, in seconds.
    """

    file: Path | None
    weights: Path | None
    device: str | None
    batch_tokens: int | None
    queue_tokens: int | None
    queue_seconds: float | None

    def read(self) -> Configuration:
        """Give the configuration.

        Raises:
            SettingsError: an option is wrong.
            ServingError: the file is.
        """
        if self.device and not _DEVICE.fullmatch(self.device):
            raise SettingsError(f"--device is cpu, cuda, or one card such as cuda:1, and not {self.device}")
        if self.file and self.weights:
            raise SettingsError("the configuration names the weights: leave out --weights")
        if self.file:
            return read_configuration(self.file, self.device)
        encoder = EncoderSettings(kind="encoder", source=str(self.weights or shipped_weights()))
        return Configuration(device=self.device or "cpu", models={NAME: encoder})

    def limits(self, device: str) -> BatchLimits:
        """Give how much is taken on, and run at a time on a device."""
        return limits_for(device, self.batch_tokens, self.queue_tokens, self.queue_seconds)

    @contextmanager
    def opened(self) -> Iterator[ModelRegistry]:
        """Load the models, and watch the configuration for changes; close them at last.

        Raises:
            SettingsError: something can't be loaded.
        """
        with ExitStack() as stack:
            try:
                registry = ModelRegistry(self.read(), lambda model, device: Batcher(model, self.limits(device)))
            except ServingError as exc:
                raise SettingsError(str(exc)) from exc
            stack.callback(registry.close)
            if self.file:
                stack.callback(Reloader(self.file, self.device, registry).close)
            yield registry


@dataclass(frozen=True, slots=True)
class Place:
    """Where it listens: at the path of a socket if there is one, else on a host's port."""

    host: str
    port: int
    path: Path | None

    @contextmanager
    def listening(self) -> Iterator[socket.socket]:
        """Give the socket, and remove its path at last."""
        with unix_socket(self.path) if self.path else tcp_socket(self.host, self.port) as bound:
            try:
                yield bound
            finally:
                if self.path:
                    self.path.unlink(missing_ok=True)

    def said(self, bound: socket.socket) -> str:
        """Say it as an address of the service."""
        return f"unix:{self.path}" if self.path else f"http://{self.host}:{bound.getsockname()[1]}"

    @property
    def is_open_to_others(self) -> bool:
        """Whether other machines may reach it."""
        try:
            return not self.path and not ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host != "localhost"


@dataclass(frozen=True, slots=True)
class Keys:
    """Where the keys of callers are, one a line: in a file, or in an environment variable of that name, or nowhere."""

    file: Path | None
    env: str | None

    def read(self) -> list[str]:
        """Give the keys; none if none are needed.

        Raises:
            SettingsError: the file or variable is missing or empty, or both were named.
        """
        if self.file and self.env:
            raise SettingsError("name one of --keys-file and --keys-env")
        named = SecretSource(file=self.file, env=self.env) if self.file or self.env else None
        return named.read().splitlines() if named else []


def serve(models: Models, place: Place, keys: Keys) -> None:
    """Serve until a signal comes; returns when calls under way are finished."""
    secrets = keys.read()
    with place.listening() as bound, models.opened() as registry:
        app = service(registry, secrets)
        if place.is_open_to_others and not secrets:
            typer.secho("Anybody who can reach this address may ask: there are no keys.", fg="yellow", err=True)
        names = ", ".join((*registry.names, *registry.image_names))
        typer.echo(f"The detector service is at {place.said(bound)} with {names}.")
        Server(app, app.framework, host=place.host, port=place.port, drain_s=DRAIN_S, alone=True).run([bound])
    typer.echo("The detector service has stopped.")
