"""The part of the configuration that says what callers may use, and what that costs."""

from decimal import Decimal
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, model_validator

from gateway.limits.claim import DAY, MINUTE, UNDER_WAY, Measure, UnknownCost, Window
from gateway.limits.quotas import Rule
from gateway.secret_source import SecretSource, Section, SettingsError

_Limit = Annotated[int, Field(gt=0, le=2**40)]
_Usd = Annotated[Decimal, Field(ge=0, le=1_000_000)]
_MICROS = 1_000_000


class Match(Section):
    """Whom a quota applies to: shell patterns, case-sensitive, all of which must match."""

    tenant: str = "*"
    use_case: str = "*"
    key_id: str = "*"


class Quota(Section):
    """One rule. `per` says who shares its counters; `name` is told to callers whom it stops."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$")
    match: Match = Match()
    per: Literal["key", "use_case", "tenant"] = "key"
    requests_per_minute: _Limit | None = None
    tokens_per_minute: _Limit | None = None
    tokens_per_day: _Limit | None = None
    usd_per_day: Annotated[_Usd, Field(ge=Decimal("0.000001"))] | None = None
    concurrent: _Limit | None = None
    unknown_cost: Literal["block", "allow"] | _Usd = "block"

    @model_validator(mode="after")
    def _limits_something(self) -> Self:
        if not self.rule().limits:
            raise ValueError("a quota needs at least one limit, such as requests_per_minute")
        return self

    def rule(self) -> Rule:
        """Give the rule that the gateway works with."""
        limits: dict[tuple[Measure, Window], int | None] = {
            (Measure.REQUESTS, MINUTE): self.requests_per_minute,
            (Measure.TOKENS, MINUTE): self.tokens_per_minute,
            (Measure.TOKENS, DAY): self.tokens_per_day,
            (Measure.COST, DAY): None if self.usd_per_day is None else int(self.usd_per_day * _MICROS),
            (Measure.CONCURRENT, UNDER_WAY): self.concurrent,
        }
        known = {what: limit for what, limit in limits.items() if limit is not None}
        unknown: UnknownCost = self.unknown_cost
        match = self.match
        return Rule(self.name, self.per, known, match.tenant, match.use_case, match.key_id, unknown)


class Price(Section):
    """What some models cost, in USD per million tokens: where no public list knows it, or by a contract of your own."""

    models: tuple[str, ...] = Field(min_length=1)
    upstreams: tuple[str, ...] = ("*",)
    input: _Usd
    output: _Usd
    cache_read: _Usd | None = None
    cache_write: _Usd | None = None


class Redis(Section):
    """Where replicas share their quotas' counters; without it each process counts for itself.

    `url` is `redis://`, `rediss://` (TLS) or `unix://`, or names where that is kept: a password is never written here.
    `when_away`: what becomes of calls that a quota applies to. `lease_s`: how long a killed replica's calls count.
    """

    url: SecretSource | str
    timeout_ms: int = Field(default=250, gt=0, le=10_000)
    when_away: Literal["block", "allow"] = "block"
    lease_s: float = Field(default=30, ge=0.3, le=600)
    prefix: str = Field(default="airlock", pattern=r"^[A-Za-z0-9_.-]{1,64}$")

    @model_validator(mode="after")
    def _no_secret(self) -> Self:
        if isinstance(self.url, str) and urlsplit(_redis_url(self.url)).password:
            raise ValueError("name a url that holds a password by {env: NAME} or {file: PATH}")
        return self

    def address(self) -> str:
        """Give the url.

        Raises:
            SettingsError: It can't be read, or is none.
        """
        try:
            return _redis_url(self.url if isinstance(self.url, str) else self.url.read())
        except ValueError as exc:
            raise SettingsError(f"redis.url: {exc}") from exc


def _redis_url(url: str) -> str:
    if not url.startswith(("redis://", "rediss://", "unix://")):
        raise ValueError("the url must begin with redis://, rediss:// or unix://")
    return url
