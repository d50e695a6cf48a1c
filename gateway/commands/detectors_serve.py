"""What `airlock detectors serve` does: loads the models, listens, and stops when it is told to."""

import ipaddress
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import typer

from detectors.catalog import shipped_weights
from detectors.errors import WeightsUnusable
from detectors.serving.api.app import service
from detectors.serving.limits import CPU_BATCH_TOKENS, GPU_BATCH_TOKENS, QUEUE_TOKENS, BatchLimits
from detectors.serving.one_model import OneModel, encoder_reader
from gateway.commands.sockets import tcp_socket, unix_socket
from gateway.secret_source import SecretSource, SettingsError
from gateway.server import Server

_DEVICE: Final = re.compile(r"cpu|cuda(:\d{1,3})?")

DRAIN_S: Final = 10.0
"""How long a stop waits for calls under way."""


@dataclass(frozen=True, slots=True)
class Models:
    """Which models are served, on which device, in runs of how many tokens."""

    weights: Path | None
    device: str
    batch_tokens: int | None
    queue_tokens: int | None

    @property
    def limits(self) -> BatchLimits:
        """How much is taken on, and run at a time."""
        usual = CPU_BATCH_TOKENS if self.device == "cpu" else GPU_BATCH_TOKENS
        return BatchLimits(self.batch_tokens or usual, self.queue_tokens or QUEUE_TOKENS)


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
    with place.listening() as bound, _opened(models) as registry:
        app = service(registry, secrets)
        if place.is_open_to_others and not secrets:
            typer.secho("Anybody who can reach this address may ask: there are no keys.", fg="yellow", err=True)
        typer.echo(f"The detector service is at {place.said(bound)} with {', '.join(registry.names)}.")
        Server(app, app, host=place.host, port=place.port, drain_s=DRAIN_S, alone=True).run([bound])
    typer.echo("The detector service has stopped.")


@contextmanager
def _opened(models: Models) -> Iterator[OneModel]:
    if not _DEVICE.fullmatch(models.device):
        raise SettingsError(f"--device is cpu, cuda, or one card such as cuda:1, and not {models.device}")
    try:
        registry = OneModel(encoder_reader(models.weights or shipped_weights(), models.device, models.limits))
    except WeightsUnusable as exc:
        raise SettingsError(str(exc)) from exc
    try:
        yield registry
    finally:
        registry.close()
