"""Put the peers into the cache folder, each in an environment of its own, once per version."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import orjson

from tests.bench.fault import BenchError

LITELLM = "1.106.2"
PORTKEY = "1.15.2"
# The newest with which Portkey 1.15.2 streams; later ones: https://github.com/Portkey-AI/gateway/issues/1389
HONO_SERVER = "1.14.1"
_READY = ".ready"
_INSTALL_S = 900


def litellm(cache: Path) -> Path:
    """Give the folder of a virtual environment that holds LiteLLM's proxy, made with the running interpreter."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"

    def make(folder: Path) -> None:
        _call([sys.executable, "-m", "venv", folder])
        _call([folder / "bin/python", "-m", "pip", "install", "--quiet", f"litellm[proxy]=={LITELLM}"])

    return _once(cache / f"litellm-{LITELLM}-python{python}", make)


def portkey(cache: Path) -> Path:
    """Give the folder of Portkey's package, with all that it depends on beside it."""
    npm = require("npm", "Install Node.js 20 or newer (Debian: `apt install nodejs npm`).")

    def make(folder: Path) -> None:
        manifest = {
            "private": True,
            "dependencies": {"@portkey-ai/gateway": PORTKEY},
            "overrides": {"@hono/node-server": HONO_SERVER},
        }
        (folder / "package.json").write_bytes(orjson.dumps(manifest))
        flags = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
        _call([npm, "install", *flags, "--prefix", folder])

    return _once(cache / f"portkey-{PORTKEY}-server-{HONO_SERVER}", make) / "node_modules/@portkey-ai/gateway"


def require(command: str, how: str) -> str:
    """Give the path of a command.

    Raises:
        BenchError: It is not on PATH; the message says how to get it.
    """
    found = shutil.which(command)
    if found is None:
        raise BenchError(f"The bench needs `{command}`, which is not on PATH. {how}")
    return found


def _once(folder: Path, make: Callable[[Path], None]) -> Path:
    # The mark is set last: an installation that was interrupted starts again from nothing.
    if not (folder / _READY).exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        print(f"Installing {folder.name} (once)", file=sys.stderr, flush=True)
        make(folder)
        (folder / _READY).touch()
    return folder


def _call(command: Sequence[str | Path]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=_INSTALL_S)
    except subprocess.CalledProcessError as exc:
        raise BenchError(f"`{' '.join(map(str, command))}` failed:\n{exc.stderr.strip()}") from exc
    except subprocess.TimeoutExpired as exc:
        raise BenchError(f"`{' '.join(map(str, command))}` did not end within {_INSTALL_S} seconds.") from exc
