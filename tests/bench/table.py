"""The results as a table for people (Markdown) and as a document for machines (JSON)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tests.bench.claims import Verdict
from tests.bench.prompts import PROMPTS
from tests.bench.rounds import Row, ratio
from tests.bench.server import Server

SCHEMA = 1
PEERS = ("litellm", "portkey", "forwarder")
_HEAD = (
    "server",
    "on",
    "prompt",
    "clients",
    "p50 ms",
    "p99 ms",
    "requests/s",
    "lowest-highest",
    *(f"x {peer}" for peer in PEERS),
)
_LEFT = 3  # the first columns are words, the rest are numbers


@dataclass(frozen=True, slots=True)
class Report:
    """One run. `date` is ISO 8601 in UTC; `settings` are what was asked for."""

    date: str
    settings: Mapping[str, Any]
    machine: Mapping[str, Any]
    versions: Mapping[str, str]
    servers: Sequence[Server]
    rows: Sequence[Row]
    verdicts: Sequence[Verdict]


def as_markdown(report: Report) -> str:
    """Give the table, the claims and how it was measured."""
    features = {server.name: server.features for server in report.servers}
    body = [_cells(report.rows, row, features[row.turn.server]) for row in report.rows]
    return "\n\n".join(filter(None, (lined_up([_HEAD, *body]), _claims(report.verdicts), _method(report)))) + "\n"


def _cells(rows: Sequence[Row], row: Row, features: str) -> tuple[str, ...]:
    turn = row.turn
    ratios = (ratio(rows, row, peer) for peer in PEERS)
    return (
        *(turn.server, features, turn.prompt, str(turn.clients)),
        *(f"{row.p50_ms:.2f}", f"{row.p99_ms:.1f}", f"{row.requests_per_s:,.0f}", _spread(row)),
        *("" if value is None else f"{value:.2f}" for value in ratios),
    )


def _spread(row: Row) -> str:
    rates = [sample.requests_per_s for sample in row.samples]
    return f"{min(rates):,.0f}-{max(rates):,.0f}"


def lined_up(lines: Sequence[Sequence[str]], left: int = _LEFT) -> str:
    """Give a Markdown table whose first line is its head; the first columns (`left`) are words, the rest numbers."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]

    def line(cells: Sequence[str]) -> str:
        padded = (
            cell.ljust(width) if i < left else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return f"| {' | '.join(padded)} |"

    rule = [("-" * width) if i < left else ("-" * (width - 1) + ":") for i, width in enumerate(widths)]
    return "\n".join((line(lines[0]), line(rule), *map(line, lines[1:])))


def _claims(verdicts: Sequence[Verdict]) -> str:
    return "\n".join(
        f"- {'held' if v.held else 'MISSED'}: {v.claim.server}, {v.claim.prompt}: at least {v.claim.factor:g} times "
        f"{v.claim.peer} at {v.claim.clients} client{'s' * (v.claim.clients > 1)}: {v.measured:.2f}"
        for v in verdicts
    )


def _method(report: Report) -> str:
    settings, machine = report.settings, report.machine
    fresh = "`fresh`: each request has other words, the same for all servers. " * _has_fresh(report)
    listed = ", ".join(f"{name} {version}" for name, version in report.versions.items())
    return (
        f"Medians of {settings['rounds']} interleaved rounds of {settings['seconds']} s each, lowest and highest "
        "beside. `wrk` with one thread, "
        f"closed loop, one process a server, a mock provider that answers at once, all on one machine with "
        f"{machine['cores']} cores ({machine['architecture']}), {report.date[:10]}. {fresh}{listed}."
    )


def _has_fresh(report: Report) -> bool:
    return any(PROMPTS[row.turn.prompt].pattern for row in report.rows)


def as_document(report: Report) -> dict[str, Any]:
    """Give all of it, each round's sample included, as JSON values."""
    return {
        "schema": SCHEMA,
        "date": report.date,
        "settings": dict(report.settings),
        "machine": dict(report.machine),
        "versions": dict(report.versions),
        "results": [
            {
                **asdict(row.turn),
                "on": next(s.features for s in report.servers if s.name == row.turn.server),
                "requests_per_s": row.requests_per_s,
                "p50_ms": row.p50_ms,
                "p99_ms": row.p99_ms,
                "failures": row.failures,
                "ratios": {peer: ratio(report.rows, row, peer) for peer in PEERS},
                "rounds": [asdict(sample) for sample in row.samples],
            }
            for row in report.rows
        ],
        "claims": [{**asdict(v.claim), "measured": v.measured, "held": v.held} for v in report.verdicts],
    }
