"""A server under test: how to reach it, how to start and stop it."""

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.bench.fault import BenchError
from tests.bench.prompts import PROMPTS, Prompt

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
_PATH = "/v1/chat/completions"
_START_S = 120.0
_STOP_S = 10.0
_POLL_S = 0.2
_CALL_S = 30.0
_LOG_LINES = 20
# All that a server inherits: the reader's proxies, provider keys and settings must not reach it.
_INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")


@dataclass(frozen=True, slots=True)
class Run:
    """Where this run keeps its things: `folder` is emptied at the end, `cache` stays, `upstream` is the mock's port.

    `weights` is the folder of an encoder to run in place of the shipped one.
    """

    folder: Path
    cache: Path
    upstream: int
    weights: Path | None = None

    @property
    def base_url(self) -> str:
        """The mock provider as an SDK would be told of it."""
        return f"http://{HOST}:{self.upstream}/v1"


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. `features` says what it does with a call besides forwarding it.

    `exact`: it hands the provider's reply on as it is, so the check compares whole documents; else what was said.
    `detectors` are the names of what searches its texts: all of them, and no other. `pid` is its process's, 0 before
    it runs.
    """

    name: str
    port: int
    features: str
    headers: Mapping[str, str] = field(default_factory=dict)
    exact: bool = True
    detectors: frozenset[str] = frozenset()
    pid: int = 0

    @property
    def url(self) -> str:
        """Where chat requests are posted."""
        return f"http://{HOST}:{self.port}{_PATH}"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it came. Header names are in lower case."""

    status: int
    body: bytes
    headers: Mapping[str, str]


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def ask(server: Server, prompt: Prompt) -> Reply:
    """Post one prompt and read the whole answer. Raises OSError or HTTPException when none comes."""
    return call(server, "POST", _PATH, prompt.body)


def call(server: Server, method: str, path: str, body: bytes | None = None) -> Reply:
    """Make one request as this server's client and read the whole answer. Raises as `ask`."""
    headers = {"authorization": "Bearer none", **server.headers, "content-type": "application/json"}
    connection = http.client.HTTPConnection(HOST, server.port, timeout=_CALL_S)
    try:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        return Reply(response.status, response.read(), {k.lower(): v for k, v in response.getheaders()})
    finally:
        connection.close()


@contextmanager
def process(
    server: Server, command: Sequence[str | Path], folder: Path, env: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Run a server's command in `folder` until the block ends, its children included.

    The block starts when the server has answered a prompt with 200.

    Raises:
        BenchError: It ended by itself or did not answer within two minutes; the message holds its log's end.
    """
    log = folder / f"{server.name}.log"
    with log.open("wb") as out:
        child = subprocess.Popen(
            command,
            cwd=folder,
            env={**{name: os.environ[name] for name in _INHERITED if name in os.environ}, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait(server, child, log)
        yield replace(server, pid=child.pid)
    finally:
        _stop(child)


def _wait(server: Server, child: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _START_S
    last = "no connection"
    while child.poll() is None and time.monotonic() < end:
        try:
            reply = ask(server, PROMPTS["plain"])
        except (OSError, http.client.HTTPException) as exc:
            last = type(exc).__name__
        else:
            if reply.status == http.HTTPStatus.OK:
                return
            last = f"status {reply.status}"
        time.sleep(_POLL_S)
    state = "did not come up" if child.returncode is None else f"ended with code {child.returncode}"
    tail = "\n".join(log.read_text(errors="replace").splitlines()[-_LOG_LINES:])
    raise BenchError(f"{server.name} {state} ({last}). Its log ends with:\n{tail}")


def _stop(child: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        child.wait(_STOP_S)
    # Whatever of the group is left: children that outlived their parent, or a parent that did not heed the first.
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
