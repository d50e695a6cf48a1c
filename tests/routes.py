"""A gateway in front of three scripted upstreams: one in the US, one in the EU, and one of the operator's own."""

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audit.reading import Listed, show_record
from gateway.policy.bundle import shipped
from tests.gateways import Gateway, running
from tests.scripted import Script, Scripted, scripted

RULES: dict[str, Any] = {
    "european": {"models": ["*"], "regions": ["eu", "local"]},
    "careful": {"models": ["*"], "personal_hosting": ["self"]},
    "named": {"models": ["gpt-*"]},
}
"""Use cases beside the shipped ones."""

MODELS: dict[str, Any] = {
    "fast": {
        "candidates": [{"upstream": "us", "model": "gpt-us"}],
        "fallback": [{"upstream": "eu", "model": "gpt-eu"}, {"upstream": "own", "model": "llama"}],
    },
    "european": {
        "candidates": [{"upstream": "eu", "model": "gpt-eu"}],
        "fallback": [{"upstream": "us", "model": "gpt-us"}],
    },
    "shared": [
        {"upstream": "us", "model": "gpt-us", "weight": 3},
        {"upstream": "eu", "model": "gpt-eu", "weight": 1},
    ],
    "american": [{"upstream": "us", "model": "gpt-us"}],
}


@dataclass(frozen=True, slots=True)
class Routes:
    """The gateway, and the upstreams by name."""

    gateway: Gateway
    us: Scripted
    eu: Scripted
    own: Scripted

    def forget(self) -> None:
        """Forget what the upstreams have seen so far."""
        for upstream in (self.us, self.eu, self.own):
            for seen in (upstream.bodies, upstream.headers, upstream.paths):
                seen.clear()

    @property
    def asked(self) -> tuple[int, int, int]:
        """How often each was asked: in the US, in the EU, one's own."""
        return len(self.us.bodies), len(self.eu.bodies), len(self.own.bodies)

    def records(self, receipt: str) -> list[Listed]:
        """Wait for the end of a call and give its records, the opened one first."""
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            found = sorted(show_record(self.gateway.settings.store.url, receipt), key=lambda record: record.id)
            if found[-1].type == "request.closed":
                return found
            time.sleep(0.02)
        raise AssertionError("the call was never closed")


def policy_data() -> dict[str, Any]:
    """Give the shipped policy data with the use cases of these tests."""
    data: dict[str, Any] = json.loads((shipped() / "data.json").read_bytes())
    data["use_cases"] |= RULES
    return data


@contextmanager
def three_upstreams(folder: Path, **sections: Any) -> Iterator[Routes]:
    """Run them. Each upstream's section is laid over by `sections` of its name; other sections are the gateway's."""
    (folder / "data.json").write_text(json.dumps(policy_data()))
    facts = {
        "us": {"region": "us", "hosting": "cloud", "provider": "openai"},
        "eu": {"region": "eu", "hosting": "cloud", "provider": "azure"},
        "own": {"region": "local", "hosting": "self", "provider": "vllm"},
    }
    with ExitStack() as stack:
        servers = {name: stack.enter_context(scripted()) for name in facts}
        common = {"retries": {"attempts": 2, "base_s": 0.01, "cap_s": 1}, "breaker": {"failures": 1000}, "models": []}
        upstreams = [
            {"name": name, "base_url": f"{server.base_url}/v1", **facts[name], **common, **sections.pop(name, {})}
            for name, server in servers.items()
        ]
        options: dict[str, Any] = {"upstreams": upstreams, "models": MODELS, "policy": {"data": "data.json"}} | sections
        gateway = stack.enter_context(running(folder, "http://127.0.0.1:1", **options))
        yield Routes(gateway, servers["us"], servers["eu"], servers["own"])


def turns(upstream: Scripted, *scripts: Script) -> None:
    """Play one script after the other, a request each; the last one again and again."""
    left = [tuple(script) for script in scripts]
    upstream.answer(lambda _: left.pop(0) if len(left) > 1 else left[0])
