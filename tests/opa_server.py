"""A real OPA server that serves a bundle, for tests."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.parts import require_opa


@contextmanager
def opa_server(bundle: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Run `opa run --server` on a free port until the block ends; give its URL and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [require_opa(), "run", "--server", "--addr", address, "--log-level", "error", "--bundle", str(bundle)]
    with subprocess.Popen(command) as process:
        try:
            _wait(f"http://{address}/health?bundles")
            yield f"http://{address}", process
        finally:
            process.terminate()


def _wait(url: str) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            if httpx.get(url, trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    raise AssertionError("OPA did not start")
