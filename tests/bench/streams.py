"""`python -m tests.bench.streams`: what a server adds to streams that come as fast as models write.

A hundred clients watch a stream each, at once. Measured are the time to the first text and the longest gap in it, each
beside the same seen without a server in between. A stream stalls when its client sees nothing new for half a second.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import uvloop

from gateway.stream.limits import Limits
from tests.bench import answer, peers
from tests.bench.fault import BenchError
from tests.bench.options import DIRECT, SERVERS
from tests.bench.place import bench_cache
from tests.bench.prompts import PROMPTS, Prompt
from tests.bench.race import LAUNCHERS
from tests.bench.server import Run, Server, free_port
from tests.bench.table import lined_up
from tests.bench.upstream import PACE_S
from tests.bench.versions import machine
from tests.bench.watch import Watched, connect

CLIENTS = (1, 25, 100)
STALL_S = 0.5
PROMPT = PROMPTS["paced"]
_RAMP_S = 2.0  # a hundred people don't press return in the same millisecond
_ROUNDS = 2
_HEAD = ("server", "streams", "first text p50 ms", "p99 ms", "added p50 ms", "longest gap p50 ms", "most ms", "stalled")


@dataclass(frozen=True, slots=True)
class Row:
    """What the clients of one server saw when so many watched at once; times in milliseconds."""

    server: str
    clients: int
    first_p50_ms: float
    first_p99_ms: float
    gap_p50_ms: float
    gap_most_ms: float
    stalled: int


def window_ms(prompt: Prompt) -> float:
    """Give how long the guard's first window takes to arrive: what it must see before it can release any text."""
    limits = Limits()
    a_word = len(prompt.text) / len(prompt.text.split())
    return (limits.reach + limits.stride) / a_word * PACE_S * 1e3


async def watch_all(server: Server, prompt: Prompt, clients: int) -> list[Watched]:
    """Have so many clients watch a stream each, all at once but for a short ramp.

    Raises:
        BenchError: One was lost, refused or said something else than the provider did.
    """
    watchers = [await connect(server) for _ in range(clients)]

    async def one(number: int) -> Watched:
        await asyncio.sleep(_RAMP_S * number / clients)
        return await watchers[number].watch(prompt)

    seen = await asyncio.gather(*(one(number) for number in range(clients)))
    for watcher in watchers:
        watcher.close()
    expected = answer.said(answer.stream(orjson.dumps(prompt.text)[1:-1]))
    for watched in seen:
        if watched.status != 200 or answer.said(watched.body) != expected:
            raise BenchError(f"{server.name} answered a stream with status {watched.status} or with something else.")
    return list(seen)


def summarise(server: str, clients: int, seen: Sequence[Watched]) -> Row:
    """Give the figures of what all clients saw."""
    firsts = sorted(watched.first_s * 1e3 for watched in seen)
    gaps = sorted(watched.longest_gap_s * 1e3 for watched in seen)
    return Row(
        server,
        clients,
        first_p50_ms=round(firsts[len(firsts) // 2], 1),
        first_p99_ms=round(firsts[len(firsts) * 99 // 100], 1),
        gap_p50_ms=round(gaps[len(gaps) // 2], 1),
        gap_most_ms=round(gaps[-1], 1),
        stalled=sum(gap > STALL_S * 1e3 for gap in gaps),
    )


def measure(servers: Iterable[Server], rounds: int) -> list[Row]:
    """Let servers take turns; all rounds of a server and a number of clients make one row."""
    seen: dict[tuple[str, int], list[Watched]] = {}
    servers = list(servers)
    for _ in range(rounds):
        for clients in CLIENTS:
            for server in servers:
                print(f"{server.name}, {clients} streams", file=sys.stderr, flush=True)
                seen.setdefault((server.name, clients), []).extend(uvloop.run(watch_all(server, PROMPT, clients)))
    return [summarise(server, clients, watched) for (server, clients), watched in seen.items()]


def direct_of(rows: Iterable[Row], row: Row) -> float:
    """Give the time to the first text without a server in between."""
    return next(one.first_p50_ms for one in rows if (one.server, one.clients) == (DIRECT, row.clients))


def claims(rows: Sequence[Row]) -> dict[str, bool]:
    """Tell whether Airlock keeps what it promises of streams."""
    own = [row for row in rows if row.server == "airlock"]
    window = window_ms(PROMPT)
    return {
        f"the first text is late by at most one window ({window:.0f} ms)": all(
            row.first_p50_ms - direct_of(rows, row) <= window for row in own
        ),
        f"{max(CLIENTS)} streams at once and none stalls": all(row.stalled == 0 for row in own),
    }


def as_markdown(rows: Sequence[Row], about: dict[str, Any]) -> str:
    """Give the table, the claims and how it was measured."""
    lines = [
        (
            *(row.server, str(row.clients), f"{row.first_p50_ms:.0f}", f"{row.first_p99_ms:.0f}"),
            *(f"{row.first_p50_ms - direct_of(rows, row):.0f}", f"{row.gap_p50_ms:.0f}", f"{row.gap_most_ms:.0f}"),
            str(row.stalled),
        )
        for row in rows
    ]
    kept = "\n".join(f"- {'held' if held else 'MISSED'}: {claim}" for claim, held in about["claims"].items())
    method = (
        f"{len(PROMPT.text)} characters in words, one each {PACE_S * 1e3:.0f} ms; a gap over {STALL_S * 1e3:.0f} ms "
        f"is a stall. All on one machine with {about['machine']['cores']} cores, clients and provider included, "
        f"{about['date']}."
    )
    return "\n\n".join((lined_up([_HEAD, *lines], left=1), kept, method)) + "\n"


def main() -> int:
    """Run, print and write. Gives the exit code: 1 when a promise was not kept, 2 when the bench could not be made."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.streams", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="airlock only, one round; nothing published is replaced")
    quick = parser.parse_args().quick
    cache = bench_cache()
    try:
        with tempfile.TemporaryDirectory(prefix="streams-", dir=cache) as folder, ExitStack() as stack:
            run = Run(Path(folder), cache, free_port())
            servers = [stack.enter_context(peers.provider(run))]
            names = ("airlock",) if quick else SERVERS
            servers += [stack.enter_context(LAUNCHERS[name](run)) for name in names]
            rows = measure(servers, 1 if quick else _ROUNDS)
    except BenchError as exc:
        print(f"bench: {exc}", file=sys.stderr)
        return 2
    kept = claims(rows)
    about = {"date": datetime.now(UTC).date().isoformat(), "machine": machine(), "claims": kept}
    folder_out = cache / "results" if quick else Path(__file__).with_name("results")
    folder_out.mkdir(parents=True, exist_ok=True)
    table = as_markdown(rows, about)
    (folder_out / "streams.md").write_text(table)
    document = {**about, "window_ms": window_ms(PROMPT), "rows": [asdict(row) for row in rows]}
    (folder_out / "streams.json").write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n")
    print(table)
    return 0 if all(kept.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
