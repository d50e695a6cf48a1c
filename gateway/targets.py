"""From the configuration to providers that are ready to be called, and to the router that knows them."""

from collections.abc import Mapping
from functools import partial
from math import inf
from typing import Final, TypeVar

from detectors.breaker import Breaker
from gateway.dialects.catalog import APIS, LAYOUTS
from gateway.dialects.layout import Layout
from gateway.dialects.mcp.api import MCP_API
from gateway.secret_source import SecretSource
from gateway.settings import Limits, Settings
from gateway.upstream.router import Alias, Router, Weighted
from gateway.upstream.target import HTTP, Candidate, Retries, Target, Timeouts, as_it_is
from gateway.upstream_settings import McpServer, Offer, Upstream

_T = TypeVar("_T", str, str | bool | int)
_USER_AGENT: Final = "airlock"


def router_of(settings: Settings) -> Router:
    """Make the router, with all secrets read.

    Raises:
        SettingsError: A secret that the settings name is missing.
    """
    targets = {upstream.name: _target(upstream, settings.limits) for upstream in settings.upstreams}

    def candidate(offer: Offer) -> Candidate:
        return Candidate(targets[offer.upstream], offer.model)

    aliases = {
        name: Alias(
            tuple(Weighted(candidate(share), share.weight) for share in alias.candidates),
            tuple(map(candidate, alias.fallback)),
        )
        for name, alias in settings.models.items()
    }
    return Router(targets.values(), aliases)


def mcp_router_of(settings: Settings) -> Router:
    """Make the router of the MCP servers, by their names, with all secrets read. Raises as `router_of` does."""
    return Router(_server(server, settings.limits) for server in settings.mcp_servers)


def _server(server: McpServer, limits: Limits) -> Target:
    headers = {"user-agent": _USER_AGENT, **_told(server.headers), "accept-encoding": "identity"}
    if server.api_key is not None:
        headers[MCP_API.credential] = MCP_API.credential_prefix + server.api_key.read()
    return Target(
        name=server.name,
        api=MCP_API,
        base_url=server.url,
        provider=server.provider,
        region=server.region,
        hosting=server.hosting,
        models=(server.name,),
        headers=headers,
        has_list=False,
        timeouts=Timeouts(limits.connect_s, limits.first_byte_s, server.idle_s or inf),
        retries=Retries(attempts=1),  # a tool may do its work twice
    )


def _target(upstream: Upstream, limits: Limits) -> Target:
    is_http = upstream.kind == HTTP
    layout = LAYOUTS[upstream.scheme] if upstream.scheme else None
    return Target(
        name=upstream.name,
        api=APIS[upstream.api] if is_http else None,
        base_url=upstream.base_url.rstrip("/"),
        provider=upstream.provider,
        region=upstream.region,
        hosting=upstream.hosting,
        models=upstream.models,
        headers=_headers(upstream, layout) if is_http else {},
        kind=upstream.kind,
        options={} if is_http else _options(upstream),
        has_list=is_http and layout is None and APIS[upstream.api].models is not None,
        place=partial(_place, layout, upstream.api_version) if layout else as_it_is,
        timeouts=_timeouts(upstream, limits),
        retries=Retries(upstream.retries.attempts, upstream.retries.base_s, upstream.retries.cap_s),
        breaker=Breaker(failures=upstream.breaker.failures, pause_s=upstream.breaker.pause_s),
    )


def _place(layout: Layout, version: str, path: str, model: str) -> str:
    return layout.place(path, model, version)


def _headers(upstream: Upstream, layout: Layout | None) -> Mapping[str, str]:
    headers = {"user-agent": _USER_AGENT, **_told(upstream.headers), "accept-encoding": "identity"}
    if upstream.api_key is not None:
        api = APIS[upstream.api]
        name, prefix = (layout.credential, "") if layout else (api.credential, api.credential_prefix)
        headers[name] = prefix + upstream.api_key.read()
    return headers


def _options(upstream: Upstream) -> Mapping[str, str | bool | int]:
    key = {"api_key": upstream.api_key.read()} if upstream.api_key else {}
    return {**_told(upstream.options), **key}


def _told(values: Mapping[str, _T | SecretSource]) -> dict[str, _T | str]:
    return {name: value.read() if isinstance(value, SecretSource) else value for name, value in values.items()}


def _timeouts(upstream: Upstream, limits: Limits) -> Timeouts:
    own = upstream.timeouts
    return Timeouts(
        connect_s=own.connect_s or limits.connect_s,
        first_byte_s=own.first_byte_s or limits.first_byte_s,
        idle_s=own.idle_s or limits.idle_s,
    )
