"""`python -m tests.bench.memory`: does Airlock's memory stay flat over ten thousand streams?

Measured is the resident memory of its process after the first thousand streams, when caches are warm, and after ten
thousand. What is left of each stream in between is the growth.
"""

import argparse
import asyncio
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import uvloop

from tests.bench import answer, peers
from tests.bench.airlock import airlock
from tests.bench.fault import BenchError
from tests.bench.place import bench_cache
from tests.bench.prompts import PROMPTS
from tests.bench.server import Run, Server, free_port
from tests.bench.versions import machine
from tests.bench.watch import Watcher, connect

STREAMS = 10_000
WARM = 1_000
STEP = 1_000
AT_ONCE = 16
BOUND_KIB = 1.0
"""KiB a stream that may be left: ten thousand streams, ten mebibytes. A reply alone is more."""

_SETTLE_S = 2.0
_PROMPT = PROMPTS["stream"]


def resident_kib(pid: int) -> int:
    """Give the resident memory of a process."""
    done = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True)
    return int(done.stdout)


async def watch_many(server: Server, count: int) -> None:
    """Watch so many streams, some at once.

    Raises:
        BenchError: One was refused, or said something else than the provider did.
    """
    expected = answer.said(answer.stream(orjson.dumps(_PROMPT.text)[1:-1]))
    left = iter(range(count))

    async def watch(watcher: Watcher) -> None:
        for _ in left:
            seen = await watcher.watch(_PROMPT)
            if seen.status != 200 or answer.said(seen.body) != expected:
                raise BenchError(f"A stream was answered with status {seen.status} or with something else.")

    watchers = [await connect(server) for _ in range(AT_ONCE)]
    await asyncio.gather(*map(watch, watchers))
    for watcher in watchers:
        watcher.close()
    await asyncio.sleep(_SETTLE_S)


def measure(server: Server, streams: int) -> dict[int, int]:
    """Give the resident memory in KiB by the number of streams so far."""
    after: dict[int, int] = {}
    for number in range(STEP, streams + 1, STEP):
        uvloop.run(watch_many(server, STEP))
        after[number] = resident_kib(server.pid)
        print(f"{number:,} streams: {after[number]:,} KiB", file=sys.stderr, flush=True)
    return after


def growth(after: Mapping[int, int]) -> float:
    """Give KiB left of each stream, from the warm state to the end."""
    last = max(after)
    return (after[last] - after[WARM]) / (last - WARM) if last > WARM else 0.0


def as_markdown(after: Mapping[int, int], about: Mapping[str, Any]) -> str:
    """Give the figures for people."""
    rows = "\n".join(f"| {number:,} | {kib / 1024:.1f} |" for number, kib in after.items())
    verdict = "held" if about["held"] else "MISSED"
    return (
        f"| streams | resident MiB |\n| ------: | -----------: |\n{rows}\n\n"
        f"- {verdict}: at most {BOUND_KIB:g} KiB a stream from {WARM:,} to {max(after):,}: "
        f"{about['growth_kib']:.3f}\n\n"
        f"{AT_ONCE} streams at once, each of about {len(_PROMPT.text)} characters; patterns, policy, ledger (SQLite); "
        f"{about['machine']['cores']} cores, {about['date']}.\n"
    )


def main() -> int:
    """Run, print and write. Gives the exit code: 1 when memory grows, 2 when the bench could not be made."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.memory", description=__doc__)
    told = f"in thousands; with fewer than {STREAMS:,} nothing published is replaced"
    parser.add_argument("--streams", type=int, default=STREAMS, help=told)
    streams = parser.parse_args().streams
    cache = bench_cache()
    try:
        with tempfile.TemporaryDirectory(prefix="memory-", dir=cache) as folder, ExitStack() as stack:
            run = Run(Path(folder), cache, free_port())
            stack.enter_context(peers.provider(run))
            after = measure(stack.enter_context(airlock(run)), streams)
    except BenchError as exc:
        print(f"bench: {exc}", file=sys.stderr)
        return 2
    kib = growth(after)
    about = {
        "date": datetime.now(UTC).date().isoformat(), "machine": machine(), "growth_kib": round(kib, 4),
        "bound_kib": BOUND_KIB, "held": kib <= BOUND_KIB, "resident_kib": {str(n): value for n, value in after.items()},
    }  # fmt: skip
    out = Path(__file__).with_name("results") if streams >= STREAMS else cache / "results"
    out.mkdir(parents=True, exist_ok=True)
    (out / "memory.md").write_text(as_markdown(after, about))
    (out / "memory.json").write_bytes(orjson.dumps(about, option=orjson.OPT_INDENT_2) + b"\n")
    print(as_markdown(after, about))
    return 0 if about["held"] else 1


if __name__ == "__main__":
    sys.exit(main())
