"""Real gateways for tests: a real server on a real socket, with a store, keys and a canned model of its own."""

import ctypes
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import httpx
import yaml
from openai import OpenAI

from audit import key_register
from gateway.app import create_app
from gateway.commands.init import write_secrets
from gateway.demo.background import Background
from gateway.settings import Settings, load
from tests.scripted import PATIENCE_S

CACHE = Path(__file__).parent.parent / ".airlock" / "test-cache"
"""Compiled patterns and policies, shared by all gateways of a test run."""


@dataclass(frozen=True, slots=True)
class Gateway:
    """A gateway that is running."""

    base_url: str
    settings: Settings
    config: Path
    clients: list[OpenAI] = field(default_factory=list)

    def key(self, use_case: str = "default", tenant: str = "default") -> str:
        """Make an API key."""
        secret, _ = key_register.create(self.settings.store.url, tenant=tenant, use_case=use_case)
        return secret

    def sdk(self, use_case: str = "default", key: str = "") -> OpenAI:
        """Give OpenAI's own client, with only its base URL and key changed. It is closed with the gateway."""
        self.clients.append(OpenAI(base_url=f"{self.base_url}/v1", api_key=key or self.key(use_case), timeout=60))
        return self.clients[-1]

    def leave(self, path: str, body: bytes, when: threading.Event, headers: Mapping[str, str] | None = None) -> None:
        """Make a call, and close its connection in the moment that `when` is set; nothing must have come of it."""
        headers = headers or {"authorization": f"Bearer {self.key()}"}
        address = httpx.URL(self.base_url)
        connection = HTTPConnection(address.host, address.port or 80)
        try:
            connection.request("POST" if body else "GET", path, body or None, dict(headers))
            assert when.wait(PATIENCE_S)
        finally:
            connection.close()

    def http(self, key: str | None = None, **options: Any) -> httpx.Client:
        """Give a plain client with a key."""
        headers = {"authorization": f"Bearer {key or self.key()}"}
        return httpx.Client(base_url=self.base_url, headers=headers, timeout=60, trust_env=False, **options)


def configure(folder: Path, upstream: str, **sections: Any) -> Path:
    """Write a configuration and its secrets into `folder`; `sections` are laid over the defaults. Give its path."""
    write_secrets(folder / ".airlock")
    values: dict[str, Any] = {
        "listen": {"port": 0},
        "secret": {"file": ".airlock/secret"},
        "cache": str(CACHE),
        "store": {"checkpoint_s": 0.1},
        "detectors": {"patience": 20},  # nothing here is about how fast the processor is
        "limits": {"record_s": 60},
        "upstreams": [{"name": "canned", "base_url": f"{upstream}/v1"}],
    }
    for name, section in sections.items():
        known = values.get(name)
        values[name] = {**known, **section} if isinstance(known, Mapping) else section
    config = folder / "airlock.yaml"
    config.write_text(yaml.safe_dump(values))
    return config


def both_vendors(upstream: str) -> list[dict[str, Any]]:
    """Give one upstream with OpenAI's models and with Anthropic's, as `upstreams` of a configuration."""
    return [
        {"name": "gpt", "base_url": f"{upstream}/v1", "models": ["gpt-*"]},
        {"name": "claude", "api": "anthropic", "base_url": upstream, "models": ["claude-*"]},
    ]


@contextmanager
def running(folder: Path, upstream: str, **sections: Any) -> Iterator[Gateway]:
    """Run a gateway in this process, in a thread of its own."""
    config = configure(folder, upstream, **sections)
    settings = load(config)
    app = create_app(settings)
    with Background(app, app.framework) as server:
        gateway = Gateway(server.base_url, settings, config)
        try:
            yield gateway
        finally:
            for client in gateway.clients:
                client.close()
    _tidy()


def _tidy() -> None:
    """Give back to the system what the gateway held: a hundred of them in one process would keep gigabytes."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc has it
    if trim is not None:
        trim(0)
