"""The sections of the configuration about providers and models."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Annotated, Any, Final, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from gateway.dialects.catalog import APIS, CREDENTIALS, LAYOUTS
from gateway.secret_source import SecretSource, Section
from gateway.upstream.target import NAME

_LOOPBACK: Final = {"127.0.0.1", "::1", "localhost"}
_HEADER: Final = re.compile(r"[a-z0-9-]{1,100}")
_VALUE: Final = re.compile(r"[!-~]([ -~]*[!-~])?")
_OURS: Final = {"accept-encoding", "connection", "content-length", "content-type", "host", "te", "transfer-encoding"}
_SECRETS: Final = {"authorization", "cookie", "proxy-authorization", *CREDENTIALS}

ModelName = Annotated[str, Field(pattern=f"^{NAME.pattern}$")]


class Patience(Section):
    """Seconds that one upstream gets; what is not set is as in `limits`."""

    connect_s: float | None = Field(default=None, gt=0)
    first_byte_s: float | None = Field(default=None, gt=0)
    idle_s: float | None = Field(default=None, gt=0)


class Repeats(Section):
    """How often an upstream is asked for one call before the next candidate's turn, see `upstream.target.Retries`."""

    attempts: int = Field(default=2, ge=1, le=10)
    base_s: float = Field(default=0.25, ge=0)
    cap_s: float = Field(default=5, ge=0)


class Pauses(Section):
    """After `failures` in a row, an upstream is asked only once in `pause_s` seconds while there is another."""

    failures: int = Field(default=5, ge=1)
    pause_s: float = Field(default=5, gt=0)


def _lower(value: Any) -> Any:
    return {str(name).lower(): item for name, item in value.items()} if isinstance(value, Mapping) else value


def _one_of(known: Collection[str]) -> AfterValidator:
    def check(name: str) -> str:
        if name not in known:
            raise ValueError(f"unknown; known are {', '.join(known)}")
        return name

    return AfterValidator(check)


def check_url(name: str, value: str, *, allow_plain_http: bool) -> None:
    """Check the address of a provider.

    Raises:
        ValueError: it is none, holds credentials, or is not encrypted.
    """
    url = urlsplit(value)
    if url.scheme not in {"http", "https"} or not url.hostname or url.username or url.query or url.fragment:
        raise ValueError(f"{name} must be http(s)://host[:port][/path], without credentials or query")
    if url.scheme == "http" and url.hostname not in _LOOPBACK and not allow_plain_http:
        raise ValueError(f"{name} is unencrypted: use https, or set allow_plain_http: true on your own network")


def check_headers(headers: Mapping[str, str | SecretSource]) -> None:
    """Check headers that go with each call.

    Raises:
        ValueError: one is the gateway's own, has no proper value, or is a secret that is written out.
    """
    for name, value in headers.items():
        if not _HEADER.fullmatch(name) or name in _OURS:
            raise ValueError("headers has a name that is none, or one that the gateway sets itself")
        if isinstance(value, str) and name in _SECRETS:
            raise ValueError(f"headers.{name} is a secret: name it with {{env: NAME}} or {{file: PATH}}")
        if isinstance(value, str) and not _VALUE.fullmatch(value):
            raise ValueError(f"headers.{name} must be printable ASCII")


class Upstream(Section):
    """A provider of models. `base_url` is what an SDK would be given; `models` are names or `*` patterns.

    `api` is what it speaks, `scheme` a layout of paths other than the API's own. `headers` go with each call, `options`
    to a library that calls the provider; both are written out or, if secret, named like `api_key`.
    """

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$")
    kind: Literal["http", "litellm"] = "http"
    base_url: str = ""
    api: Annotated[str, _one_of(APIS)] = next(iter(APIS))
    scheme: Annotated[str, _one_of(LAYOUTS)] | None = None
    api_version: str = Field(default="", pattern=r"^[A-Za-z0-9.-]{0,40}$")
    api_key: SecretSource | None = None
    headers: Annotated[dict[str, str | SecretSource], BeforeValidator(_lower)] = Field(default_factory=dict)
    options: dict[str, str | bool | int | SecretSource] = Field(default_factory=dict)
    models: tuple[str, ...] = ("*",)
    provider: str = "unknown"
    region: str = "unknown"
    hosting: Literal["cloud", "self", "unknown"] = "unknown"
    allow_plain_http: bool = False
    timeouts: Patience = Patience()
    retries: Repeats = Repeats()
    breaker: Pauses = Pauses()

    @model_validator(mode="after")
    def _safe_url(self) -> Self:
        if self.kind == "http" or self.base_url:
            check_url("base_url", self.base_url, allow_plain_http=self.allow_plain_http)
        return self

    @model_validator(mode="after")
    def _named_provider(self) -> Self:
        # A name without a provider would let the caller choose the provider, and so who gets the key.
        if self.kind != "http" and not all("/" in model.partition("*")[0] for model in self.models):
            raise ValueError("models of a library begin with their provider, such as bedrock/*")
        return self

    @model_validator(mode="after")
    def _fitting(self) -> Self:
        if (self.scheme is None) != (not self.api_version):
            raise ValueError("scheme and api_version go together")
        if self.kind == "http" and self.options:
            raise ValueError("options are for a library; an upstream that is called over HTTP has headers")
        if self.kind != "http" and (self.headers or self.scheme):
            raise ValueError("headers and scheme are for upstreams that are called over HTTP; a library has options")
        return self

    @model_validator(mode="after")
    def _safe_headers(self) -> Self:
        check_headers(self.headers)
        return self


class McpServer(Section):
    """A server of tools that speaks the Model Context Protocol over streamable HTTP; it is served at `/mcp/<name>`.

    `idle_s` is its longest silence within a stream, by default as long as it likes: tools may take their time.
    """

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$")
    url: str
    api_key: SecretSource | None = None
    headers: Annotated[dict[str, str | SecretSource], BeforeValidator(_lower)] = Field(default_factory=dict)
    provider: str = "unknown"
    region: str = "unknown"
    hosting: Literal["cloud", "self", "unknown"] = "unknown"
    allow_plain_http: bool = False
    idle_s: float | None = Field(default=None, gt=0)

    @model_validator(mode="after")
    def _safe(self) -> Self:
        check_url("url", self.url, allow_plain_http=self.allow_plain_http)
        check_headers(self.headers)
        return self


class Offer(Section):
    """A model at an upstream, by the upstream's own name for it."""

    upstream: str
    model: ModelName


class Share(Offer):
    """... and how many calls it gets, in proportion to the other candidates."""

    weight: float = Field(default=1, gt=0, le=1_000_000)


def _long_form(value: Any) -> Any:
    return {"candidates": value} if isinstance(value, list | tuple) else value


class _Alias(Section):
    candidates: tuple[Share, ...] = Field(min_length=1)
    fallback: tuple[Offer, ...] = ()


Alias = Annotated[_Alias, BeforeValidator(_long_form)]
"""What a name stands for: one of the candidates by chance; if it fails the others, then each fallback in order."""


def unknown_upstreams(aliases: Mapping[str, _Alias], known: Collection[str]) -> list[str]:
    """Give the names of upstreams that aliases want and that are not there."""
    offers: Iterable[Offer] = (offer for alias in aliases.values() for offer in (*alias.candidates, *alias.fallback))
    return sorted({offer.upstream for offer in offers} - set(known))
