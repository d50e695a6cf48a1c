"""`airlock demo`: the gateway with a canned model inside, a guided tour, then yours to try."""

import asyncio
import signal
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml
from rich.console import Console

from audit import key_register
from gateway.commands.init import write_secrets
from gateway.demo import client, show
from gateway.demo.background import Background, PortTaken
from gateway.demo.canned import CannedModel
from gateway.demo.samples import SAMPLES
from gateway.settings import Settings, load

_USE_CASES = ("default", "payments")
_APIS = (("openai", "/v1"), ("anthropic", ""), ("gemini", ""))  # and what the base URLs of their upstreams end with


def demo(
    port: Annotated[int, typer.Option(help="Where the gateway answers on 127.0.0.1.")] = 8790,
    stay: Annotated[bool, typer.Option(help="Stay up for you to try; --no-stay ends after the tour.")] = True,
) -> None:
    """Show what the gateway does, with a canned model: no account, no key, nothing leaves this machine."""
    console = Console(highlight=False)
    try:
        with _gateway(port) as (gateway, model, keys, config):
            _tour(console, gateway.base_url, model, keys)
            if stay:
                show.farewell(console, gateway.base_url, keys["default"], str(config))
                _wait()
    except PortTaken as exc:
        typer.secho(f"airlock: {exc}; choose another with --port (make run PORT=...)", fg=typer.colors.RED, err=True)
        raise typer.Exit(1) from exc


@contextmanager
def _gateway(port: int) -> Iterator[tuple[Background, CannedModel, dict[str, str], Path]]:
    """Run the canned model and a real gateway in front of it, with a store of their own that is gone afterwards."""
    from gateway.app import create_app

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="airlock-demo-")))
        model = CannedModel()
        upstream = stack.enter_context(Background(model.app, model.app))
        settings = _configure(folder, upstream.base_url)
        app = create_app(settings)
        gateway = stack.enter_context(Background(app, app.framework, port))
        keys = {use_case: _key(settings, use_case) for use_case in _USE_CASES}
        yield gateway, model, keys, folder / "airlock.yaml"


def _configure(folder: Path, upstream: str) -> Settings:
    write_secrets(folder / ".airlock")
    shared = {"provider": "airlock-demo", "hosting": "self"}
    upstreams = [{"name": f"canned-{api}", "api": api, "base_url": upstream + root, **shared} for api, root in _APIS]
    values = {"secret": {"file": ".airlock/secret"}, "upstreams": upstreams}
    (folder / "airlock.yaml").write_text(yaml.safe_dump(values))
    return load(folder / "airlock.yaml")


def _key(settings: Settings, use_case: str) -> str:
    secret, _ = key_register.create(settings.store.url, tenant="default", use_case=use_case, label="demo")
    return secret


def _tour(console: Console, base_url: str, model: CannedModel, keys: dict[str, str]) -> None:
    classified = asyncio.run(client.is_classified(base_url, keys["default"]))
    samples = [sample for sample in SAMPLES if classified or not sample.classified]
    show.opening(console, len(samples), len(SAMPLES) - len(samples))
    earlier = ""
    for number, sample in enumerate(samples, start=1):
        before = len(model.seen)
        sent = {**sample.body, "previous_response_id": earlier} if sample.goes_on else sample.body
        told = asyncio.run(client.ask(base_url, keys[sample.use_case], sample.way, sent))
        seen: dict[str, Any] | None = model.seen[-1] if len(model.seen) > before else None
        show.sample(console, f"{number}. {sample.title}", sample.way, sent, seen, told)
        console.print()
        earlier = told.id


def _wait() -> None:
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    stopped.wait()
