"""What sections of the configuration are made of: paths, and secrets that are named and never written."""

import os
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, ValidationInfo, model_validator
from pydantic.functional_validators import AfterValidator


class SettingsError(Exception):
    """The configuration can't be used; the message says which field and why, never a secret's value."""


def beside_file(path: Path, info: ValidationInfo) -> Path:
    """Make a path start at the folder of the file that names it."""
    folder = (info.context or {}).get("folder", Path.cwd())
    return Path(folder, path.expanduser())


FilePath = Annotated[Path, AfterValidator(beside_file)]


class Section(BaseModel):
    """A mapping of the configuration: unknown fields are an error, and nothing changes after it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SecretSource(Section):
    """Where a secret is: exactly one of an environment variable and a file."""

    env: str | None = None
    file: FilePath | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.env is None) == (self.file is None):
            raise ValueError("name exactly one of `env` and `file`")
        return self

    def read(self) -> str:
        """Give the secret, without surrounding white space.

        Raises:
            SettingsError: The variable or file is missing or empty.
        """
        where = f"environment variable {self.env}" if self.env else f"file {self.file}"
        try:
            value = os.environ.get(self.env, "") if self.env else Path(str(self.file)).read_text()
        except OSError as exc:
            raise SettingsError(f"the {where} can't be read: {exc.strerror}") from exc
        if not value.strip():
            raise SettingsError(f"the {where} is missing or empty")
        return value.strip()
