"""Start the servers that Airlock is compared with: one process each, nothing on, pointed at the mock provider."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench import install
from tests.bench.prompts import MODEL, PACED_MODEL
from tests.bench.server import HOST, ROOT, Run, Server, free_port, process

_OWN = {"PYTHONPATH": str(ROOT)}


@contextmanager
def provider(run: Run) -> Iterator[Server]:
    """The mock provider itself, asked directly: what the load generator can reach at most."""
    server = Server("upstream", run.upstream, "answers at once")
    with process(server, [sys.executable, "-m", "tests.bench.upstream", "--port", str(server.port)], run.folder, _OWN):
        yield server


@contextmanager
def forwarder(run: Run) -> Iterator[Server]:
    """The bare FastAPI + aiohttp + orjson forwarder."""
    server = Server("forwarder", free_port(), "forwards only")
    arguments = ["--port", str(server.port), "--upstream", run.base_url]
    with process(server, [sys.executable, "-m", "tests.bench.forwarder", *arguments], run.folder, _OWN):
        yield server


@contextmanager
def portkey(run: Run) -> Iterator[Server]:
    """Portkey on Node: no cache, no retries, no hooks, no user interface."""
    node = install.require("node", "Install Node.js 20 or newer (Debian: `apt install nodejs npm`).")
    script = install.portkey(run.cache) / "build/start-server.js"
    headers = {"x-portkey-provider": "openai", "x-portkey-custom-host": run.base_url}
    server = Server("portkey", free_port(), "nothing on", headers, exact=False)
    command: list[str | Path] = [node, script, f"--port={server.port}", "--headless"]
    with process(server, command, run.folder, {"NODE_ENV": "production"}):
        yield server


_LITELLM = """\
  - model_name: {model}
    litellm_params: {{model: openai/{model}, api_base: "{base_url}", api_key: none}}
"""
_LITELLM_ENV = {
    "LITELLM_MODE": "PRODUCTION",  # its own advice
    "LITELLM_LOG": "ERROR",
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",  # no look-up on the network at the start
    # Checking a key slows it, and "nothing on" means at its best. Without a key it starts only with this switch, meant
    # for local use: it listens on loopback, for the time of the run, in front of a mock provider.
    "LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY": "true",
}


@contextmanager
def litellm(run: Run) -> Iterator[Server]:
    """LiteLLM's proxy with one worker: no database, no keys, no callbacks, no guardrails."""
    script = install.litellm(run.cache) / "bin/litellm"
    config = run.folder / "litellm.yaml"
    models = (_LITELLM.format(model=model, base_url=run.base_url) for model in (MODEL, PACED_MODEL))
    config.write_text("model_list:\n" + "".join(models))
    server = Server("litellm", free_port(), "nothing on", exact=False)
    listen = ["--host", HOST, "--port", str(server.port), "--num_workers", "1"]
    with process(server, [script, "--config", config, *listen], run.folder, _LITELLM_ENV):
        yield server
