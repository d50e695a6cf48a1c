"""Start Airlock as its users do: `airlock init`, `airlock keys create`, `airlock serve`."""

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from tests.bench.fault import BenchError
from tests.bench.options import ENCODED, has_encoder
from tests.bench.server import HOST, Run, Server, free_port, process

_COMMAND_S = 60
_KEY = re.compile(r"\bak_\S+")
_GUARDS = "patterns, policy, ledger"


def airlock(run: Run) -> AbstractContextManager[Server]:
    """Airlock with patterns, policy and ledger on, its SQLite file on the same disk as the bench's cache."""
    server = Server("airlock", free_port(), _GUARDS, detectors=frozenset({"patterns"}))
    return _started(run, server, {"encoder": False})


def airlock_encoder(run: Run) -> AbstractContextManager[Server]:
    """The same with the encoder on, which is what `init` gives with weights in the tree.

    Raises:
        BenchError: There are none, and the run names none.
    """
    if not has_encoder(run.weights):
        raise BenchError("There is no encoder in detectors/weights. Name the folder of another: --weights DIR")
    server = Server(ENCODED, free_port(), f"encoder, {_GUARDS}", detectors=frozenset({"patterns", "encoder"}))
    return _started(run, server, {} if run.weights is None else {"weights": str(run.weights.resolve())})


@contextmanager
def _started(run: Run, server: Server, detectors: Mapping[str, Any]) -> Iterator[Server]:
    command, folder = _command(), run.folder / server.name
    folder.mkdir()
    _call([command, "init", folder])
    config = folder / "airlock.yaml"
    _point(config, server.port, run.base_url, detectors)
    key = _create_key(command, config)
    server = replace(server, headers={"authorization": f"Bearer {key}"})
    with process(server, [command, "serve", "-c", config], folder) as running:
        yield running


def _command() -> Path:
    command = Path(sys.executable).with_name("airlock")
    if not command.exists():
        raise BenchError(f"There is no `airlock` beside {sys.executable}. Install the project: pip install -e '.[dev]'")
    return command


def _point(config: Path, port: int, upstream: str, detectors: Mapping[str, Any]) -> None:
    """Change what a user would change in the file that `init` wrote: where to listen, which provider and detectors."""
    values = yaml.safe_load(config.read_text())
    values["listen"] = {"host": HOST, "port": port}
    values["upstreams"] = [{"name": "mock", "base_url": upstream, "models": ["*"]}]
    values["detectors"] = {**(values.get("detectors") or {}), **detectors}
    config.write_text(yaml.safe_dump(values))


def _create_key(command: Path, config: Path) -> str:
    printed = _call([command, "keys", "create", "--tenant", "default", "--use-case", "default", "-c", config])
    found = _KEY.search(printed)
    if found is None:
        raise BenchError("`airlock keys create` printed no key.")
    return found[0]


def _call(command: Sequence[str | Path]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=_COMMAND_S, check=False)
    if done.returncode:
        raise BenchError(f"`airlock {command[1]}` failed: {done.stderr.strip()}")
    return done.stdout
