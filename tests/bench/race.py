"""One run: start all servers, check them, warm them up, let them take turns, check them again."""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass

from tests.bench import fresh, peers
from tests.bench.airlock import airlock, airlock_encoder
from tests.bench.check import check_answer, check_guards
from tests.bench.fault import BenchError
from tests.bench.load import Sample, drive
from tests.bench.options import DIRECT, ENCODED, Options
from tests.bench.prompts import PROMPTS
from tests.bench.rounds import Row, Turn, schedule, summarise
from tests.bench.server import Run, Server

CLIENTS = (1, 32)
_WARM_UP_S = 3
# Work that a server puts off (a garbage collection, a checkpoint) should not fall into the next one's turn.
_SETTLE_S = 1.0
LAUNCHERS: Mapping[str, Callable[[Run], AbstractContextManager[Server]]] = {
    "airlock": airlock,
    ENCODED: airlock_encoder,
    "forwarder": peers.forwarder,
    "portkey": peers.portkey,
    "litellm": peers.litellm,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who ran, with which detectors (names to versions), and with what figures."""

    servers: list[Server]
    detectors: dict[str, str]
    rows: list[Row]


def race(options: Options, run: Run) -> Outcome:
    """Measure all that was asked for.

    Raises:
        BenchError: A server did not start, answered wrongly or lost a request: its numbers would mean nothing.
    """
    with ExitStack() as stack:
        direct = stack.enter_context(peers.provider(run))
        servers = [_start(stack, name, run, direct) for name in options.servers]
        detectors = _check(servers, options, run)
        for server in servers:
            drive(server, PROMPTS[options.asked[server.name][0]], max(CLIENTS), _WARM_UP_S, run.folder)
        rows = summarise(_measure(servers, options, run))
        _check(servers, options, run)
    _check_failures(rows)
    return Outcome(servers, detectors, rows)


def _start(stack: ExitStack, name: str, run: Run, direct: Server) -> Server:
    if name == DIRECT:
        return direct
    _say(f"Starting {name}")
    return stack.enter_context(LAUNCHERS[name](run))


def _check(servers: Sequence[Server], options: Options, run: Run) -> dict[str, str]:
    detectors: dict[str, str] = {}
    for server in servers:
        for prompt in options.asked[server.name]:
            check_answer(server, PROMPTS[prompt])
        if server.detectors:
            detectors |= check_guards(server, run.upstream)
    return detectors


def _measure(servers: Sequence[Server], options: Options, run: Run) -> Iterator[tuple[Turn, Sample]]:
    by_name = {server.name: server for server in servers}
    turns = list(schedule(options.asked, CLIENTS, options.rounds))
    nth: Counter[tuple[str, str]] = Counter()
    for number, turn in enumerate(turns, start=1):
        time.sleep(_SETTLE_S)
        nth[turn.server, turn.prompt] += 1  # the texts before the first stretch are the warm-up's
        first = nth[turn.server, turn.prompt] * fresh.STRETCH
        server, prompt = by_name[turn.server], PROMPTS[turn.prompt]
        sample = drive(server, prompt, turn.clients, options.seconds, run.folder, first)
        _say(f"{number}/{len(turns)} {turn.server}, {turn.prompt}, {turn.clients}: {sample.requests_per_s:,.0f}/s")
        yield turn, sample


def _check_failures(rows: Sequence[Row]) -> None:
    for row in rows:
        if row.failures:
            raise BenchError(
                f"{row.turn.server} lost or refused {row.failures} requests at {row.turn.clients} clients."
            )


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
