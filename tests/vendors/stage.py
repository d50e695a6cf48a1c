"""A gateway between a vendor's client and a vendor's server: one call, and all that can be seen of it."""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

import policies
from audit.reading import Listed, show_record
from tests.gateways import Gateway, running
from tests.scripted import Scripted, scripted
from tests.vendors.catalog import vendors
from tests.vendors.vendor import Vendor
from tests.vendors.words import HEARD

OPERATORS_KEY = "the-operators-own-key"
_RECORD_S = 5


@dataclass(frozen=True, slots=True)
class Told:
    """What the client got, and the records of the call."""

    status: int
    headers: httpx.Headers
    body: bytes
    opened: Listed
    closed: Listed

    @property
    def asked(self) -> dict[str, Any]:
        """The policy input of the first door."""
        return dict(json.loads(self.opened.body["policy"]["input"]))

    @property
    def answered(self) -> dict[str, Any]:
        """The policy input of the second door."""
        return dict(json.loads(self.closed.body["policy"]["input"]))


@dataclass(slots=True)
class Stage:
    """The gateway, with an upstream for each API that is spoken; all are the same server, which plays any script."""

    gateway: Gateway
    upstream: Scripted
    clients: dict[str, httpx.Client] = field(default_factory=dict)

    def client(self, vendor: Vendor, use_case: str | None = None) -> httpx.Client:
        """Give a client with the vendor's headers and a key of its use case."""
        name = use_case or use_case_of(vendor)
        if (client := self.clients.get(vendor.name + name)) is None:
            headers = vendor.headers(self.gateway.key(name))
            client = httpx.Client(base_url=self.gateway.base_url, headers=headers, timeout=20, trust_env=False)
            self.clients[vendor.name + name] = client
        return client

    def ask(
        self, vendor: Vendor, text: str, *, stream: bool = False, tools: Sequence[str] = (), use_case: str | None = None
    ) -> Told:
        """Make one call and wait for its end, on the wire and on record."""
        body = vendor.request(text, stream=stream, tools=tools) if vendor.method != "GET" else None
        path = vendor.gateway_path(stream)
        with self.client(vendor, use_case).stream(vendor.method, path, content=body) as told:
            content = self._listen(told)
        opened, closed = self.records(told.headers["x-airlock-receipt"])
        return Told(told.status_code, told.headers, content, opened, closed)

    def _listen(self, told: httpx.Response) -> bytes:
        """Read to the end; an upstream that waits until the client has heard something goes on when it has."""
        content = b""
        for piece in told.iter_bytes():
            content += piece
            if HEARD in content:
                self.upstream.heard.set()
        return content

    def records(self, receipt: str) -> tuple[Listed, Listed]:
        """Give the opened record that a receipt names, and the closed one as soon as it is there."""
        deadline = time.monotonic() + _RECORD_S
        while time.monotonic() < deadline:
            found = {record.type: record for record in show_record(self.gateway.settings.store.url, receipt)}
            if len(found) == 2:
                return found["request.opened"], found["request.closed"]
            time.sleep(0.01)
        raise AssertionError("the call was never closed")


def use_case_of(vendor: Vendor) -> str:
    """Name the use case whose policy lets this vendor's ordinary replies pass."""
    return vendor.name if vendor.unscanned else "default"


def _apis() -> list[tuple[str, str]]:
    return sorted({(vendor.api, vendor.base) for vendor in vendors()})


def _upstream(api: str, base_url: str) -> dict[str, Any]:
    return {"name": api, "api": api, "base_url": base_url, "api_key": {"file": "operators-key"}}


@contextmanager
def stage(folder: Path, *, use_cases: Mapping[str, Any] | None = None, **limits: float) -> Iterator[Stage]:
    """Set the stage. `limits` are laid over the gateway's own; the use cases `hold` and `observe` have that mode.

    `use_cases` are added to the shipped ones.
    """
    data = json.loads((Path(policies.__file__).parent / "data.json").read_text())
    cases = data["use_cases"]
    cases |= {mode: {**cases["default"], "stream": mode} for mode in ("hold", "observe")}
    cases |= use_cases or {}
    for vendor in vendors():
        if vendor.unscanned:
            cases[vendor.name] = {**cases["default"], "allow_unscanned": sorted(vendor.unscanned)}
    (folder / "data.json").write_text(json.dumps(data))
    (folder / "operators-key").write_text(OPERATORS_KEY)
    with scripted() as upstream:
        sections: dict[str, Any] = {
            "policy": {"data": str(folder / "data.json")},
            "detectors": {"encoder": False},  # what is found here is what patterns find, to the character
            "limits": limits,
            "upstreams": [
                {
                    "name": f"up{n}",
                    "api": api,
                    "base_url": upstream.base_url + base,
                    "api_key": {"file": "operators-key"},
                }
                for n, (api, base) in enumerate(sorted({(vendor.api, vendor.base) for vendor in vendors()}))
            ],
        }
        with running(folder, upstream.base_url, **sections) as gateway:
            set_up = Stage(gateway, upstream)
            yield set_up
            for client in set_up.clients.values():
                client.close()
