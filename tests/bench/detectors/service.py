"""The detector service in a process of its own, as `airlock detectors serve` runs it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from tests.bench.fault import BenchError

_SAID: Final = "The detector service is at "
_STOP_S: Final = 20.0


@contextmanager
def service(weights: Path, folder: Path, *arguments: str) -> Iterator[str]:
    """Run it with a folder of weights until the block ends, and give its address: `http://...` or `unix:...`.

    Raises:
        BenchError: It did not come up; the message holds what it said.
    """
    command = [sys.executable, "-m", "gateway.cli", "detectors", "serve", "--weights", str(weights), *arguments]
    log = folder / "service.log"
    with log.open("wb") as errors:
        child = subprocess.Popen(
            command,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    try:
        assert child.stdout is not None
        said = child.stdout.readline()
        if not said.startswith(_SAID):
            raise BenchError(f"The detector service did not come up: {said} {log.read_text(errors='replace')}")
        yield said.removeprefix(_SAID).split()[0]
    finally:
        _stop(child)


def _stop(child: "subprocess.Popen[str]") -> None:
    with child:
        child.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            child.wait(_STOP_S)
        child.kill()
