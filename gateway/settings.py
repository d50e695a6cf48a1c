"""The operator's configuration: one YAML file, read once, validated, frozen.

Only this and `secret_source` read the environment. Secrets are named (`{env: NAME}` or `{file: PATH}`), never written
inline, so that a configuration can be shown and versioned. Relative paths are relative to the file that names them.
"""

import os
from pathlib import Path
from typing import Any, Literal, Self

import yaml
from pydantic import Field, ValidationError, ValidationInfo, model_validator
from pydantic_core import ErrorDetails

from gateway.detector_settings import Detectors
from gateway.quota_settings import Price, Quota, Redis
from gateway.secret_source import FilePath, SecretSource, Section, SettingsError, beside_file
from gateway.upstream_settings import Alias, McpServer, ModelName, Upstream, unknown_upstreams
from gateway.vault_settings import Vault

DEFAULT_FILE = "airlock.yaml"
MASTER_BYTES = 32


class Listen(Section):
    """Where the gateway answers."""

    host: str = "127.0.0.1"
    port: int = Field(default=8790, ge=0, le=65535)


class Store(Section):
    """Where records, keys and the log live. `url` is SQLAlchemy's: `sqlite:///PATH` or `postgresql+psycopg://...`."""

    url: str = "sqlite:///.airlock/airlock.db"
    signing_key: FilePath = Field(default=Path(".airlock/log.key"), validate_default=True)
    origin: str = "airlock"
    checkpoint_s: float = Field(default=1.0, gt=0, le=60)

    @model_validator(mode="after")
    def _absolute(self, info: ValidationInfo) -> Self:
        prefix = "sqlite:///"
        if self.url.startswith(prefix) and ":memory:" not in self.url:
            path = beside_file(Path(self.url.removeprefix(prefix)), info)
            object.__setattr__(self, "url", f"{prefix}{path}")
        return self


class Opa(Section):
    """An OPA server that serves the bundle. `url` is its root, such as `http://127.0.0.1:8181`."""

    url: str = "http://127.0.0.1:8181"
    timeout_ms: int = Field(default=100, gt=0, le=10_000)


class Policy(Section):
    """Which engine decides with which bundle; `bundle` and `data` default to the shipped ones."""

    engine: Literal["embedded", "opa"] = "embedded"
    bundle: FilePath | None = None
    data: FilePath | None = None
    opa: Opa = Opa()


class Limits(Section):
    """Bounds, in bytes and seconds.

    `idle_s` is the longest silence of a provider within a reply or a stream. `heartbeat_s` is the longest silence
    towards the client of a stream, 0 for no bound: then it gets a comment or an empty event, if its dialect has such.
    `output_tokens` is what quotas expect of a call that does not limit its answer, until its usage is known.
    """

    body_bytes: int = Field(default=10 * 2**20, gt=0)
    reply_bytes: int = Field(default=20 * 2**20, gt=0)
    connect_s: float = Field(default=5, gt=0)
    first_byte_s: float = Field(default=120, gt=0)
    idle_s: float = Field(default=60, gt=0)
    heartbeat_s: float = Field(default=15, ge=0)
    record_s: float = Field(default=5, gt=0)
    drain_s: float = Field(default=30, ge=0)
    output_tokens: int = Field(default=1024, ge=0)


class Settings(Section):
    """All of it. `cache` holds compiled patterns and policies; by default the user's cache folder.

    `models` are names of the operator's own for one or more models of the upstreams. `mcp_origins` are the web pages,
    such as `https://app.example.com`, whose scripts may use the MCP servers, besides those on this machine.
    """

    listen: Listen = Listen()
    store: Store
    secret: SecretSource
    cache: FilePath | None = None
    policy: Policy = Policy()
    detectors: Detectors = Detectors()
    upstreams: tuple[Upstream, ...] = Field(min_length=1)
    models: dict[ModelName, Alias] = Field(default_factory=dict)
    mcp_servers: tuple[McpServer, ...] = ()
    mcp_origins: tuple[str, ...] = ()
    limits: Limits = Limits()
    vault: Vault = Vault()
    quotas: tuple[Quota, ...] = ()
    prices: tuple[Price, ...] = ()
    redis: Redis | None = None

    @model_validator(mode="after")
    def _unique_names(self) -> Self:
        names = [upstream.name for upstream in self.upstreams]
        if len(set(names)) != len(names):
            raise ValueError("two upstreams have the same name")
        if len({quota.name for quota in self.quotas}) != len(self.quotas):
            raise ValueError("two quotas have the same name")
        if len({server.name for server in self.mcp_servers}) != len(self.mcp_servers):
            raise ValueError("two mcp_servers have the same name")
        if unknown := unknown_upstreams(self.models, names):
            raise ValueError(f"models name upstreams that are not there: {', '.join(unknown)}")
        return self

    def master_secret(self) -> bytes:
        """Read the secret behind pseudonyms and commitments.

        Raises:
            SettingsError: It is missing, or shorter than 32 bytes.
        """
        secret = self.secret.read().encode()
        if len(secret) < MASTER_BYTES:
            raise SettingsError(f"the master secret needs at least {MASTER_BYTES} bytes; `airlock init` makes one")
        return secret


def named(path: Path | None = None) -> Path | None:
    """Give the file that `load` reads; None if nobody named one and there is no `airlock.yaml` here."""
    if path is None and "AIRLOCK_CONFIG" in os.environ:
        path = Path(os.environ["AIRLOCK_CONFIG"])
    return path or (Path(DEFAULT_FILE) if Path(DEFAULT_FILE).is_file() else None)


def load(path: Path | None = None) -> Settings:
    """Read and validate a configuration file.

    Args:
        path: The file; by default the one that AIRLOCK_CONFIG names, else `airlock.yaml` in the working folder.

    Raises:
        SettingsError: The file is missing, is not YAML, or a field is wrong.
    """
    file = named(path) or Path(DEFAULT_FILE)
    try:
        values = yaml.safe_load(file.read_text())
    except OSError as exc:
        raise SettingsError(f"{file} can't be read ({exc.strerror}); `airlock init` writes one") from exc
    except yaml.YAMLError as exc:
        raise SettingsError(f"{file} is not YAML: {' '.join(str(exc).split())}") from exc
    return parse(values, folder=file.resolve().parent)


def parse(values: Any, *, folder: Path) -> Settings:
    """Validate a configuration that is already in memory; relative paths start at `folder`.

    Raises:
        SettingsError: A field is wrong; the message names it.
    """
    if not isinstance(values, dict):
        raise SettingsError("configuration: the top level must be a mapping of sections")
    try:
        # A missing store section still has paths to resolve, so it is validated like a written one.
        return Settings.model_validate({"store": {}, **values}, context={"folder": folder})
    except ValidationError as exc:
        raise SettingsError("configuration: " + "; ".join(map(_fault, exc.errors(include_input=False)))) from exc


def _fault(error: ErrorDetails) -> str:
    return f"{'.'.join(map(str, error['loc'])) or 'top level'}: {error['msg']}"
