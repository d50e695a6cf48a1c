"""Where a call can go: a provider that is ready to be asked, and how patient the gateway is with it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Final

from detectors.breaker import Breaker
from gateway.dialects.api import Api

NAME: Final = re.compile(r"[A-Za-z0-9_.:/+\-]{1,200}(@[0-9]{1,20}|@default|@latest)?")
"""What a model's name looks like. Anything else a caller sends as one may be text, and names go into records."""

HTTP: Final = "http"


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds: to connect, until the status line, and the longest silence afterwards, `inf` for as long as it takes."""

    connect_s: float = 5
    first_byte_s: float = 120
    idle_s: float = 60


@dataclass(frozen=True, slots=True)
class Retries:
    """How often one provider is asked for one call, and how long to wait in between.

    `attempts` counts the first one. A wait is chance, up to `base_s` before the second attempt and twice as much before
    each further one, never over `cap_s`; a provider that asks for a longer one than that is not asked again.
    """

    attempts: int = 2
    base_s: float = 0.25
    cap_s: float = 5


def as_it_is(path: str, _model: str) -> str:
    """Place an endpoint where the API has it."""
    return path


@dataclass(frozen=True, slots=True)
class Target:
    """One provider, ready to be called. `headers` and `options` hold its credentials, so they are in no repr.

    `api` is the API that it speaks, None if it can be asked in any. `kind` says which client asks it. `place` turns an
    endpoint's path and a model into the path at this provider. `has_list` tells whether it can be asked for its models.
    """

    name: str
    api: Api | None
    base_url: str
    provider: str
    region: str
    hosting: str
    models: tuple[str, ...]
    headers: Mapping[str, str] = field(repr=False)
    kind: str = HTTP
    options: Mapping[str, str | bool | int] = field(default_factory=dict, repr=False)
    place: Callable[[str, str], str] = field(default=as_it_is, repr=False)
    has_list: bool = True
    timeouts: Timeouts = Timeouts()
    retries: Retries = Retries()
    breaker: Breaker = field(default_factory=Breaker, repr=False, compare=False)

    def speaks(self, api: Api) -> bool:
        """Tell whether it can be asked in this API."""
        return self.api is None or self.api is api


@dataclass(frozen=True, slots=True)
class Candidate:
    """A provider and the name that it knows the model by."""

    target: Target
    model: str

    def url(self, path: str) -> str:
        """Give the address of an endpoint. `path` is below the base URL and may hold a query."""
        return self.target.base_url + self.target.place(path, self.model)


def serves(target: Target, model: str) -> bool:
    """Tell whether a target's patterns (shell style, case-sensitive) include this model."""
    return any(fnmatchcase(model, pattern) for pattern in target.models)
