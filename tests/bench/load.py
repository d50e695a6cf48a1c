"""Drive one server with `wrk`, a load generator in C: closed loop, one thread, each client waits for its answer."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import orjson

from tests.bench import fresh, install
from tests.bench.fault import BenchError
from tests.bench.prompts import Prompt
from tests.bench.server import Server

HOW = "Install it (Debian: `apt install wrk`, macOS: `brew install wrk`, source: https://github.com/wg/wrk)."
_SCRIPT = Path(__file__).with_name("wrk.lua")
_TIMEOUT_S = 30
_MARK = "RESULT "


@dataclass(frozen=True, slots=True)
class Sample:
    """One timed run. `failures` counts connections lost, time-outs and statuses above 399."""

    requests: int
    requests_per_s: float
    p50_ms: float
    p99_ms: float
    failures: int


def drive(server: Server, prompt: Prompt, clients: int, seconds: int, folder: Path, first: int = 0) -> Sample:
    """Post the prompt again and again for `seconds` over `clients` connections; `folder` takes the body's file.

    A prompt with a pattern says something new each time: the texts of `fresh.py` after the one with the number `first`.

    Raises:
        BenchError: wrk is missing, failed or got no answer at all.
    """
    body = folder / f"{prompt.name}.json"
    body.write_bytes(prompt.template)
    headers = {"Authorization": "Bearer none", **_titled(server), "Content-Type": "application/json"}
    command = [install.require("wrk", HOW), "-t1", f"-c{clients}", f"-d{seconds}s", f"--timeout={_TIMEOUT_S}s"]
    script: list[str | Path] = [
        "-s",
        _SCRIPT,
        server.url,
        "--",
        body,
        *((",".join(fresh.NOUNS), str(first), str(fresh.STRIDE)) if prompt.pattern else ("", "", "")),
        *(part for pair in headers.items() for part in pair),
    ]
    try:
        done = subprocess.run([*command, *script], capture_output=True, text=True, timeout=seconds + 2 * _TIMEOUT_S)
    except subprocess.TimeoutExpired as exc:
        raise BenchError(f"wrk did not end on {server.name}.") from exc
    if done.returncode:
        raise BenchError(f"wrk failed on {server.name}: {done.stderr.strip()}")
    return parse(done.stdout)


def _titled(server: Server) -> dict[str, str]:
    return {name.title(): value for name, value in server.headers.items()}


def parse(output: str) -> Sample:
    """Read the line that wrk.lua writes.

    Raises:
        BenchError: There is none, or not one request was answered.
    """
    line = next((line for line in output.splitlines() if line.startswith(_MARK)), None)
    if line is None:
        raise BenchError("wrk gave no results.")
    raw = orjson.loads(line.removeprefix(_MARK))
    if not raw["requests"]:
        raise BenchError("wrk got not one answer.")
    return Sample(
        requests=raw["requests"],
        requests_per_s=raw["requests"] * 1e6 / raw["duration_us"],
        p50_ms=raw["p50_us"] / 1e3,
        p99_ms=raw["p99_us"] / 1e3,
        failures=raw["failures"],
    )
