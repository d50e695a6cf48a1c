"""A cluster of Ray on this machine in processes of its own, with the detector service on it, as `serve run` has it.

`python -m tests.ray_cluster SERVE_PORT METRICS_PORT FOLDER` starts it. Each line of its input is an application's
arguments as JSON; it says "served" when that is what runs. The end of the input ends it.
"""

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx

from tests.detector_service import client
from tests.integration.test_gateway_killed import free_port

CPUS: Final = 4
"""What Ray believes; its replicas ask for half of one each, so as not to take more than two."""

STORE_BYTES: Final = 80 * 2**20
DRIVER_LOG: Final = "driver.log"
SERVED: Final = "served"
_MARK: Final = "AIRLOCK_TEST_CLUSTER"
_REPLICA: Final = "ray::ServeReplica:default:"

_ENVIRONMENT: Final = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_SERVE_LOG_TO_STDERR": "0",
    "RAY_SERVE_HANDLE_AUTOSCALING_METRIC_PUSH_INTERVAL_S": "1",
    "RAY_SERVE_REPLICA_AUTOSCALING_METRIC_PUSH_INTERVAL_S": "1",
}


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster that is running. `folder` is where Ray keeps what it writes, its logs above all."""

    url: str
    metrics_url: str
    folder: Path
    process: "subprocess.Popen[str]"
    served: dict[str, Any] = field(default_factory=dict)

    def serve(self, **arguments: Any) -> None:
        """Have an application with these arguments take the place of what is served, and wait until it has."""
        if arguments == self.served:
            return
        self.served.clear()
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        small = {"cpus": 0.5, "ingress_cpus": 0.25, "drain_s": 10}
        self.process.stdin.write(json.dumps(small | arguments) + "\n")
        self.process.stdin.flush()
        for line in self.process.stdout:  # Ray has things to say there, too
            if line.strip() == SERVED:
                self.served.update(arguments)
                return
        raise AssertionError((self.folder / DRIVER_LOG).read_text()[-2000:])

    def client(self) -> httpx.Client:
        """Give a plain client of the service."""
        return client(self.url)

    def replicas(self, deployment: str) -> list[int]:
        """Give the processes of a deployment's replicas, calls of which are named after it."""
        return sorted(pid for pid, title in _processes(self.url) if title.startswith(f"{_REPLICA}{deployment}"))

    def kill(self, deployment: str) -> int:
        """Kill one of its replicas as a fault would, and give its process."""
        pid = self.replicas(deployment)[0]
        os.kill(pid, signal.SIGKILL)
        return pid


@contextmanager
def ray_cluster() -> Iterator[Cluster]:
    """Start one that serves nothing yet, and leave nothing of it behind."""
    folder = Path(tempfile.mkdtemp(prefix="ray-", dir="/tmp"))  # the paths of its sockets have room for no longer one
    port, metrics_port = free_port(), free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "tests.ray_cluster", str(port), str(metrics_port), str(folder)]
    own = {_MARK: url, "RAY_ADDRESS": "", "RAY_AUTH_TOKEN": secrets.token_hex(32)}
    environment = {**os.environ, **_ENVIRONMENT, **own}
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with (
        (folder / DRIVER_LOG).open("w") as log,
        subprocess.Popen(command, env=environment, text=True, stderr=log, **pipes) as process,
    ):
        try:
            yield Cluster(url, f"http://127.0.0.1:{metrics_port}/metrics", folder, process)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            with suppress(subprocess.TimeoutExpired):
                process.wait(30)
            _end(url)
            shutil.rmtree(folder, ignore_errors=True)


def _end(url: str) -> None:
    """End what is left of a cluster, and make sure of it."""
    deadline = time.monotonic() + 10
    while left := _processes(url):
        assert time.monotonic() < deadline, left
        for pid, _ in left:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.1)


def _processes(url: str) -> list[tuple[int, str]]:
    """Give all processes of a cluster, with their titles."""
    mark = f"{_MARK}={url}\0".encode()
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if mark in (path / "environ").read_bytes() + b"\0":
                found.append((int(path.name), (path / "cmdline").read_text().replace("\0", " ")))
    return found


def main() -> None:
    """Run the cluster until the input ends."""
    import ray
    from ray import serve

    from detectors.serving.ray.app import build
    from detectors.serving.ray.settings import AppSettings

    port, metrics_port, folder = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    ray.init(
        num_cpus=CPUS,
        include_dashboard=False,
        object_store_memory=STORE_BYTES,
        log_to_driver=False,
        _temp_dir=folder,
        _metrics_export_port=metrics_port,
    )
    serve.start(http_options={"host": "127.0.0.1", "port": port})
    for line in sys.stdin:
        serve.run(build(AppSettings.model_validate_json(line)))
        sys.stdout.write(f"{SERVED}\n")
        sys.stdout.flush()
    serve.shutdown()
    ray.shutdown()


if __name__ == "__main__":
    main()
