"""Start Airlock as its users do: `airlock init`, `airlock keys create`, `airlock serve`."""

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import yaml

from tests.bench.fault import BenchError
from tests.bench.server import HOST, Run, Server, free_port, process

_COMMAND_S = 60
_KEY = re.compile(r"\bak_\S+")


@contextmanager
def airlock(run: Run) -> Iterator[Server]:
    """Airlock with patterns, policy and ledger on, its SQLite file on the same disk as the bench's cache."""
    command, folder, port = _command(), run.folder / "airlock", free_port()
    folder.mkdir()
    _call([command, "init", folder])
    config = folder / "airlock.yaml"
    _point(config, port, run.base_url)
    key = _create_key(command, config)
    server = Server("airlock", port, "patterns, policy, ledger", {"authorization": f"Bearer {key}"})
    with process(server, [command, "serve", "-c", config], folder) as running:
        yield running


def _command() -> Path:
    command = Path(sys.executable).with_name("airlock")
    if not command.exists():
        raise BenchError(f"There is no `airlock` beside {sys.executable}. Install the project: pip install -e '.[dev]'")
    return command


def _point(config: Path, port: int, upstream: str) -> None:
    """Change what a user would change in the file that `init` wrote: where to listen and which provider."""
    values = yaml.safe_load(config.read_text())
    values["listen"] = {"host": HOST, "port": port}
    values["upstreams"] = [{"name": "mock", "base_url": upstream, "models": ["*"]}]
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
