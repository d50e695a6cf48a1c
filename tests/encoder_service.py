"""A detector service in a process of its own, as its users start it, that can be killed."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

UNIX = "unix:"


@contextmanager
def encoder_service(weights: Path, url: str) -> Iterator[subprocess.Popen[bytes]]:
    """Serve an encoder at `http://127.0.0.1:PORT` or `unix:PATH`; it is killed at the end."""
    place = ["--socket", url.removeprefix(UNIX)] if url.startswith(UNIX) else ["--port", url.rpartition(":")[2]]
    command = [sys.executable, "-m", "gateway.cli", "detectors", "serve", "--weights", str(weights), *place]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def until(holds: Callable[[], object], seconds: float = 240.0) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)
