"""The part of the configuration that says how long state is kept, and which master key it is kept under."""

from pathlib import Path
from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from gateway.secret_source import FilePath, SecretSource, Section, SettingsError
from gateway.vault.kms import TIMEOUT_S, CommandMaster
from gateway.vault.masters import LocalMaster, Master, Masters

MASTER_BYTES: Final = 32


class Kms(Section):
    """A command that wraps and unwraps keys (`gateway/vault/kms.py` says how). `name` stands beside what it wrapped."""

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$")
    command: tuple[str, ...] = Field(min_length=1)
    folder: Annotated[FilePath, Field(validate_default=True)] = Path()
    timeout_s: float = Field(default=TIMEOUT_S, gt=0, le=60)


class MasterSource(Section):
    """Where a master key is: exactly one of an environment variable, a file and a key management service."""

    env: str | None = None
    file: FilePath | None = None
    kms: Kms | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(place is not None for place in (self.env, self.file, self.kms)) != 1:
            raise ValueError("name exactly one of `env`, `file` and `kms`")
        return self

    def master(self) -> Master:
        """Make the master key. Raises `SettingsError` if its secret is missing or shorter than 32 bytes."""
        if self.kms is not None:
            return CommandMaster(self.kms.name, self.kms.command, self.kms.folder, self.kms.timeout_s)
        secret = SecretSource(env=self.env, file=self.file).read().encode()
        if len(secret) < MASTER_BYTES:
            raise SettingsError(f"a master key of the vault needs at least {MASTER_BYTES} bytes")
        return LocalMaster(secret)


class Vault(Section):
    """State of conversations that providers keep. `ttl_days` is how long a call can go on from an earlier one.

    Its keys are wrapped under `master`, by default one that is derived from the gateway's `secret`. Those that were
    wrapped under one of the `former` master keys still open.
    """

    ttl_days: float = Field(default=30, gt=0, le=3650)
    master: MasterSource | None = None
    former: tuple[MasterSource, ...] = ()

    def masters(self, secret: bytes) -> Masters:
        """Make the master keys; `secret` is the gateway's own. Raises `SettingsError`."""
        current = LocalMaster(secret) if self.master is None else self.master.master()
        return Masters(current, [source.master() for source in self.former])
