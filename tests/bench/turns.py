"""`python -m tests.bench.turns`: does the fiftieth turn of a chat cost more than the first?

Many chats of fifty turns, one call after the other. Each turn brings a new question with an e-mail address of its own,
and the whole history. Measured is the whole call, beside the bare forwarder's, which hands the same bytes on.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import orjson

from tests.bench import fresh, peers
from tests.bench.airlock import airlock, airlock_encoder
from tests.bench.fault import BenchError
from tests.bench.options import has_encoder
from tests.bench.place import bench_cache
from tests.bench.prompts import MODEL
from tests.bench.server import Run, Server, call, free_port
from tests.bench.versions import machine

TURNS = 50
CHATS = 12
ENDS = 5
"""Turns that stand for the beginning and for the end of a chat: their median is taken."""

BOUND = 1.3
"""How many times the first turn's cost the last one may cost at most (design, "Speed")."""


def chat(number: int) -> Iterator[bytes]:
    """Give the bodies of one chat, turn by turn; no text comes in two chats."""
    messages: list[dict[str, str]] = []
    for turn in range(TURNS):
        text = fresh.text(number * TURNS + turn)
        messages.append({"role": "user", "content": f"{text} Mail it to ann.{number}.{turn}@example.com, please."})
        yield orjson.dumps({"model": MODEL, "messages": messages})
        messages.append({"role": "assistant", "content": f"Here you are. {fresh.text(2**25 + number * TURNS + turn)}"})


def milliseconds(server: Server, number: int) -> list[float]:
    """Have one chat, and give what each turn took. Raises BenchError if one was not answered."""
    took = []
    for body in chat(number):
        began = time.perf_counter()
        reply = call(server, "POST", "/v1/chat/completions", body)
        took.append((time.perf_counter() - began) * 1e3)
        if reply.status != 200:
            raise BenchError(f"{server.name} answered a turn with {reply.status}.")
    return took


def ends(chats: Sequence[Sequence[float]]) -> tuple[float, float]:
    """Give the median of the first turns and of the last ones."""
    first = [took for one in chats for took in one[:ENDS]]
    last = [took for one in chats for took in one[-ENDS:]]
    return statistics.median(first), statistics.median(last)


def measured(run: Run) -> dict[str, tuple[float, float]]:
    """Have the chats with each server in turns, and give the ends by its name."""
    starts = [peers.forwarder, airlock, *([airlock_encoder] if has_encoder(None) else [])]
    with ExitStack() as stack:
        stack.enter_context(peers.provider(run))
        servers = [stack.enter_context(start(run)) for start in starts]
        took: dict[str, list[list[float]]] = {server.name: [] for server in servers}
        for number in range(CHATS + 1):
            for place, server in enumerate(servers):
                one = milliseconds(server, number * len(servers) + place)
                if number:  # the first chat warms up
                    took[server.name].append(one)
    return {name: ends(chats) for name, chats in took.items()}


def as_markdown(figures: dict[str, tuple[float, float]]) -> str:
    """Write the table, and whether the bound was kept."""
    lines = ["| server | first turns, ms | last turns, ms | times |", "| --- | ---: | ---: | ---: |"]
    lines += [f"| {name} | {first:.2f} | {last:.2f} | {last / first:.2f} |" for name, (first, last) in figures.items()]
    for name, (first, last) in list(figures.items())[1:]:
        lines.append(f"\n{'held' if last <= BOUND * first else 'MISSED'}: {name}, at most {BOUND} times")
    here = machine()
    about = (
        f"{CHATS} chats of {TURNS} turns, each with a new address; medians of the first and the last {ENDS} turns. "
        f"{here['cores']} cores ({here['architecture']}), {datetime.now(UTC):%Y-%m-%d}"
    )
    return "\n".join([*lines, f"\n{about}."]) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write. Gives the exit code."""
    options = argparse.ArgumentParser(prog="python -m tests.bench.turns", description=__doc__)
    options.add_argument("--markdown", type=Path)
    target = options.parse_args(arguments).markdown
    cache = bench_cache()
    try:
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            table = as_markdown(measured(Run(Path(folder), cache, free_port())))
    except BenchError as exc:
        print(f"bench: {exc}", file=sys.stderr)
        return 1
    print(table)
    if target:
        target.write_text(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
