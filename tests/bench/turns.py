"""`python -m tests.bench.turns`: does the fiftieth turn of a chat cost more than the first?

Many chats of fifty turns, one call after the other. Each turn brings a new question with an e-mail address of its own,
and the whole history. Measured is the whole call as its client sees it, beside the bare forwarder's, which hands the
same bytes on; and the processor time of the server, which other work on the machine disturbs less. The first turns of a
chat alternate with the last ones of the chat before, so that a slow moment of the machine is as likely to hit both; and
turns follow at once, since a server that rested has cold caches, which would hide what a history costs.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import orjson

from detectors.catalog import pattern_detector
from tests.bench import cpu, fresh, peers
from tests.bench.airlock import airlock, airlock_encoder
from tests.bench.fault import BenchError
from tests.bench.options import has_encoder
from tests.bench.place import bench_cache
from tests.bench.prompts import MODEL
from tests.bench.server import Run, Server, call, free_port
from tests.bench.turns_table import Ends, Turn, as_markdown

TURNS = 50
CHATS = 24
ENDS = 5
"""Turns that stand for the beginning and for the end of a chat: the median over all chats is taken."""

_COMPILE_S = 900


def chat(number: int) -> Iterator[bytes]:
    """Give the bodies of one chat, turn by turn; no text comes in two chats."""
    messages: list[dict[str, str]] = []
    for turn in range(TURNS):
        text = fresh.text(number * TURNS + turn)
        messages.append({"role": "user", "content": f"{text} Mail it to ann.{number}.{turn}@example.com, please."})
        yield orjson.dumps({"model": MODEL, "messages": messages})
        messages.append({"role": "assistant", "content": f"Here you are. {fresh.text(2**25 + number * TURNS + turn)}"})


class Chats:
    """The chats with one server. The running one has its last turns before it."""

    def __init__(self, server: Server, number: int) -> None:
        """Have a first chat up to its last turns: it warms up."""
        self._server = server
        self._running = chat(number)
        self.ends = Ends()
        self._say(self._running, TURNS - ENDS)

    def go_on(self, number: int) -> None:
        """Begin a chat while the running one ends, in alternation, and have it up to its last turns.

        Raises:
            BenchError: A turn was not answered.
        """
        begun = chat(number)
        for _ in range(ENDS):
            self.ends.first.append(self._measured(next(begun)))
            self.ends.last.append(self._measured(next(self._running)))
        self._running = begun
        self._say(begun, TURNS - 2 * ENDS)

    def _say(self, bodies: Iterator[bytes], count: int) -> None:
        for _ in range(count):
            self._turn(next(bodies))

    def _measured(self, body: bytes) -> Turn:
        used = cpu.seconds(self._server.pid)
        began = time.perf_counter()
        self._turn(body)
        wall = time.perf_counter() - began
        return Turn(wall * 1e3, (cpu.seconds(self._server.pid) - used) * 1e3)

    def _turn(self, body: bytes) -> None:
        reply = call(self._server, "POST", "/v1/chat/completions", body)
        if reply.status != 200:
            raise BenchError(f"{self._server.name} answered a turn with {reply.status}.")


def measured(run: Run) -> dict[str, Ends]:
    """Have the chats with each server in turns, and give the ends by its name."""
    _compile_patterns()
    starts = [peers.forwarder, airlock, *([airlock_encoder] if has_encoder(None) else [])]
    with ExitStack() as stack:
        stack.enter_context(peers.provider(run))
        servers = [stack.enter_context(start(run)) for start in starts]
        chats = [Chats(server, place) for place, server in enumerate(servers)]
        for number in range(1, CHATS + 1):
            for place, one in enumerate(chats):
                one.go_on(number * len(servers) + place)
    return {server.name: one.ends for server, one in zip(servers, chats, strict=True)}


def _compile_patterns() -> None:
    """Have what patterns are compiled to on disk, so that no server compiles while it is measured."""
    detector = pattern_detector()
    detector.wait_ready(_COMPILE_S)
    detector.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write. Gives the exit code."""
    options = argparse.ArgumentParser(prog="python -m tests.bench.turns", description=__doc__)
    options.add_argument("--markdown", type=Path)
    target = options.parse_args(arguments).markdown
    cache = bench_cache()
    try:
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            figures = measured(Run(Path(folder), cache, free_port()))
    except BenchError as exc:
        print(f"bench: {exc}", file=sys.stderr)
        return 1
    table = as_markdown(figures, f"{CHATS} chats of {TURNS} turns, each with a new address", ENDS)
    print(table)
    if target:
        target.write_text(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
