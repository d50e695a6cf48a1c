"""The `opa` command: compiles, checks and tests policies, and serves them for tests.

Nothing here runs while the gateway serves calls.
"""

import contextlib
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

HOW_TO_GET = (
    "Get it from https://www.openpolicyagent.org/docs/#1-download-opa (1.21.3 or newer) and put it on PATH, "
    "or name it in AIRLOCK_OPA."
)
RUN_S = 120
START_S = 10


class OpaMissing(Exception):
    """There is no `opa` here; the message says how to get one."""


class OpaFailed(Exception):
    """`opa` refused or failed; the message is its own."""


@dataclass(frozen=True, slots=True)
class OpaCommand:
    """An `opa` binary, by its path."""

    path: str

    @classmethod
    def find(cls, name: str) -> "OpaCommand":
        """Find a binary by name on PATH or by its own path.

        Raises:
            OpaMissing: There is none.
        """
        found = shutil.which(name)
        if found is None:
            raise OpaMissing(f"The `opa` command is missing. {HOW_TO_GET}")
        return cls(found)

    def run(self, arguments: Sequence[str], folder: Path) -> str:
        """Run in `folder`, which also keeps paths in messages short, and give the standard output.

        Raises:
            OpaFailed: It ended with an error, or not within `RUN_S` seconds.
        """
        try:
            done = subprocess.run(  # noqa: S603 - the operator names the binary, the arguments are ours
                [self.path, *arguments], cwd=folder, capture_output=True, text=True, timeout=RUN_S, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as exc:
            raise OpaFailed(f"opa {arguments[0]} could not be run: {exc}") from exc
        if done.returncode:
            raise OpaFailed(done.stderr.strip() or done.stdout.strip() or f"opa {arguments[0]} failed")
        return done.stdout

    def version(self) -> str:
        """Give the version, such as `1.22.0`."""
        return self.run(["version"], Path.cwd()).partition("\n")[0].removeprefix("Version:").strip()

    @contextlib.contextmanager
    def serving(self, archive: Path) -> Iterator[str]:
        """Serve a bundle on loopback for as long as the block runs; gives the server's URL.

        Raises:
            OpaFailed: It did not answer within `START_S` seconds.
        """
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{probe.getsockname()[1]}"
        server = subprocess.Popen(  # noqa: S603 - as above
            [self.path, "run", "--server", "--addr", address, "--log-level", "error", "--bundle", str(archive)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _await_health(f"http://{address}/health", server)
            yield f"http://{address}"
        finally:
            server.terminate()
            server.wait()


def _await_health(url: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=1):  # noqa: S310 - always our own loopback address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise OpaFailed("opa run --server did not start")
