"""Who runs when: servers alternate, so that the machine's moods fall on all of them alike; medians of rounds count."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from tests.bench.load import Sample


@dataclass(frozen=True, slots=True)
class Turn:
    """One timed run of one server."""

    server: str
    prompt: str
    clients: int


@dataclass(frozen=True, slots=True)
class Row:
    """A server's figures for one prompt at one number of clients: medians over the rounds, each by itself."""

    turn: Turn
    requests_per_s: float
    p50_ms: float
    p99_ms: float
    failures: int
    samples: tuple[Sample, ...]


def schedule(asked: Mapping[str, Sequence[str]], clients: Sequence[int], rounds: int) -> Iterator[Turn]:
    """Give all turns in order; `asked` names each server's prompts.

    Each round starts with another server, so that none is always first. What a server is asked in its n-th turn with a
    prompt, every server that has this prompt is asked in its own n-th.
    """
    servers = tuple(asked)
    prompts = tuple(dict.fromkeys(prompt for names in asked.values() for prompt in names))
    for number in range(rounds):
        first = number % len(servers)
        for prompt in prompts:
            for count in clients:
                for server in (*servers[first:], *servers[:first]):
                    if prompt in asked[server]:
                        yield Turn(server, prompt, count)


def summarise(results: Iterable[tuple[Turn, Sample]]) -> list[Row]:
    """Give one row for each kind of turn, in the order of their first appearance."""
    grouped: dict[Turn, list[Sample]] = {}
    for turn, sample in results:
        grouped.setdefault(turn, []).append(sample)
    return [
        Row(
            turn,
            requests_per_s=median(s.requests_per_s for s in samples),
            p50_ms=median(s.p50_ms for s in samples),
            p99_ms=median(s.p99_ms for s in samples),
            failures=sum(s.failures for s in samples),
            samples=tuple(samples),
        )
        for turn, samples in grouped.items()
    ]


def ratio(rows: Sequence[Row], row: Row, other: str) -> float | None:
    """Give `row`'s requests a second over those of `other` in the same kind of turn; None if `other` did not run."""
    same = (r for r in rows if r.turn == Turn(other, row.turn.prompt, row.turn.clients))
    found = next(same, None)
    return None if found is None else row.requests_per_s / found.requests_per_s
