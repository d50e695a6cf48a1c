"""Which provider serves a model."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Final

from gateway.dialects.api import Api
from gateway.errors import UnknownModel

NAME: Final = re.compile(r"[A-Za-z0-9_.:/+\-]{1,200}(@[0-9]{1,20}|@default|@latest)?")
"""What a model's name looks like. Anything else a caller sends as one may be text, and names go into records."""


@dataclass(frozen=True, slots=True)
class Target:
    """One provider, ready to be called. `headers` hold its credential, so a target is never logged."""

    name: str
    api: Api
    base_url: str
    provider: str
    region: str
    hosting: str
    models: tuple[str, ...]
    headers: Mapping[str, str] = field(repr=False)


class Router:
    """The first target in configuration order whose model patterns match serves the call."""

    def __init__(self, targets: Iterable[Target]) -> None:
        self.targets = tuple(targets)

    def target(self, model: str, api: Api) -> Target:
        """Give the provider of `model` that speaks this API.

        Raises:
            UnknownModel: No target's patterns match.
        """
        for target in self.targets if NAME.fullmatch(model) else ():
            if target.api is api and serves(target, model):
                return target
        raise UnknownModel("No upstream of this gateway serves the requested model.", param="model")


def serves(target: Target, model: str) -> bool:
    """Tell whether a target's patterns (shell style, case-sensitive) include this model."""
    return any(fnmatchcase(model, pattern) for pattern in target.models)
