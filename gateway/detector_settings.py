"""The part of the configuration that is about detectors."""

import os
from pathlib import Path
from typing import Annotated, Any, Final, Self

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator, model_validator

from detectors.catalog import EncoderOptions, known_phone_regions, shipped_weights
from detectors.serving.options import CACHE_BYTES, UNIX, ServiceOptions
from gateway.secret_source import FilePath, SecretSource, Section, beside_file
from gateway.upstream_settings import Pauses, check_url

_MS: Final = 1000
_TAKEN: Final = ("patterns", "lists")
"""Names of detectors that run in the gateway."""
LONGEST_PATH: Final = 107  # what the system has room for in a socket's address


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


_Model = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_./-]{0,99}$")]


class Service(Section):
    """A detector service that reads texts for this gateway, instead of an encoder in its own process.

    `url` is `http(s)://host:port` or `unix:PATH`, or several of equal services; `model` one or more names of models
    there. `key` is what it wants as a bearer token. Milliseconds: `connect_ms` to take a connection, `timeout_ms` for
    the whole answer, `hedge_ms` until a second address is asked as well (by default none is).
    """

    url: Annotated[tuple[str, ...], BeforeValidator(_listed), Field(min_length=1)]
    model: Annotated[tuple[_Model, ...], BeforeValidator(_listed), Field(min_length=1)] = ("encoder",)
    key: SecretSource | None = None
    allow_plain_http: bool = False
    connect_ms: int = Field(default=500, gt=0, le=60_000)
    timeout_ms: int = Field(default=10_000, gt=0, le=600_000)
    hedge_ms: int | None = Field(default=None, gt=0, le=600_000)
    breaker: Pauses = Pauses(failures=5, pause_s=1)

    @model_validator(mode="after")
    def _addresses(self, info: ValidationInfo) -> Self:
        for url in self.url:
            if not url.startswith(UNIX):
                check_url("url", url, allow_plain_http=self.allow_plain_http)
        places = tuple(_beside(url, info) if url.startswith(UNIX) else url for url in self.url)
        object.__setattr__(self, "url", places)
        if self.hedge_ms is not None and len(set(self.url)) == 1:
            raise ValueError("hedge_ms asks a second address, and there is only one url")
        if len({*self.model, *_TAKEN}) < len(self.model) + len(_TAKEN):
            raise ValueError("model names the same one twice, or one that would be taken for the patterns or lists")
        return self

    def options(self, cache_bytes: int) -> tuple[ServiceOptions, ...]:
        """Say how each of the models is asked.

        Raises:
            SettingsError: the key can't be read.
        """
        key = self.key.read() if self.key else ""
        hedge_s = None if self.hedge_ms is None else self.hedge_ms / _MS
        seconds = (self.connect_ms / _MS, self.timeout_ms / _MS, hedge_s)
        pauses = (self.breaker.failures, self.breaker.pause_s)
        return tuple(ServiceOptions(self.url, model, key, *seconds, *pauses, cache_bytes) for model in self.model)


def _beside(url: str, info: ValidationInfo) -> str:
    path = url.removeprefix(UNIX)
    socket = str(beside_file(Path(path), info))
    if not path or len(os.fsencode(socket)) > LONGEST_PATH:
        raise ValueError(f"url must be unix:PATH, with the path of a socket, of at most {LONGEST_PATH} bytes in all")
    return f"{UNIX}{socket}"


class Detectors(Section):
    """What is looked for besides patterns.

    `encoder` says whether texts are read for meaning; by default they are if a `service` does it, or if weights come
    with this package or are named here. `threads` work on one run, by default as many as there are processors, up to
    four. `cache_bytes` is room for what was found in texts that come again. `recognizers` is a file of patterns and
    lists of one's own, in Presidio's format. `lists` is a file of values that are personal data for a tenant, or that
    are none. `phone_regions` are those whose phone numbers are found without their country code, in ISO 3166 alpha-2;
    by default Presidio's eight: BR CA DE FR GB IL IN US. `patience` is how many times longer than usual detectors and
    the readers of documents and pictures may take before they count as unavailable: 5 on a processor a fifth as fast.
    """

    encoder: bool | None = None
    weights: FilePath | None = None
    threads: int | None = Field(default=None, ge=1, le=64)
    cache_bytes: int = Field(default=CACHE_BYTES, ge=0)
    recognizers: FilePath | None = None
    lists: FilePath | None = None
    phone_regions: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    patience: float = Field(default=1, ge=0.1, le=100)
    service: Service | None = None

    @field_validator("phone_regions")
    @classmethod
    def _known_regions(cls, regions: tuple[str, ...] | None) -> tuple[str, ...] | None:
        if unknown := sorted(set(regions or ()) - known_phone_regions()):
            raise ValueError(
                f"no region that phone numbers are known of, as an ISO 3166 code in capitals: {unknown[0]!r}"
            )
        return None if regions is None else tuple(sorted(set(regions)))

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if self.service is not None and (self.weights is not None or self.threads is not None):
            raise ValueError("weights and threads are the service's own where there is a service")
        return self

    def by_meaning(self) -> tuple[EncoderOptions | ServiceOptions, ...]:
        """Say who reads texts for meaning: an encoder in this process, models of a service, or nobody.

        Raises:
            SettingsError: the service's key can't be read.
        """
        if self.encoder is False:
            return ()
        if self.service is not None:
            return self.service.options(self.cache_bytes)
        weights = self.weights or shipped_weights()
        is_on = self.encoder or self.weights is not None or weights.is_dir()
        return (EncoderOptions(weights, self.threads, self.cache_bytes),) if is_on else ()
