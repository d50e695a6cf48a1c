"""What ran where: versions and the size of the machine, without anything that names it."""

import os
import platform
import re
import subprocess
from collections.abc import Sequence
from importlib import metadata

from tests.bench import install

_PACKAGES = ("airlock-gateway", "aiohttp", "fastapi", "httptools", "orjson", "uvicorn", "uvloop")


def versions(servers: Sequence[str]) -> dict[str, str]:
    """Give the versions of Airlock, of what it and the forwarder stand on, and of the peers that ran."""
    found = {name: metadata.version(name) for name in _PACKAGES}
    found |= {"python": platform.python_version(), "wrk": _first_number(["wrk", "-v"])}
    if "portkey" in servers:
        found |= {"portkey": install.PORTKEY, "node": _first_number(["node", "--version"])}
    if "litellm" in servers:
        found["litellm"] = install.LITELLM
    return found


def machine() -> dict[str, str | int]:
    """Give the cores that this process may use, the architecture and the system's kind."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return {"cores": cores, "architecture": platform.machine(), "system": platform.system()}


def _first_number(command: list[str]) -> str:
    # wrk says its version with exit code 1.
    done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    found = re.search(r"\d+(?:\.\d+)+", done.stdout + done.stderr)
    return found[0] if found else "unknown"
