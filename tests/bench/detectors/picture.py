"""The race as a picture: tokens a second beside p99 under rising load."""

from collections.abc import Sequence
from pathlib import Path

from matplotlib.figure import Figure

from tests.bench.detectors.race import CLIENTS, Result

_INCHES = (11.0, 4.6)
_DOTS_AN_INCH = 120


def draw(results: Sequence[Result], path: Path) -> None:
    """Draw what was measured. What is missing on this machine is named, without a bar."""
    figure = Figure(figsize=_INCHES, dpi=_DOTS_AN_INCH, layout="constrained")
    bars, lines = figure.subplots(1, 2)
    for place, result in enumerate(reversed(results)):
        if result.missing:
            bars.text(0, place, f" missing: {result.missing}", va="center", color="0.5", fontsize="small")
            continue
        color = f"C{results.index(result) // 2}"
        solid = 1.0 if result.contender.ours else 0.45
        bars.barh(place, result.tokens_per_s, color=color, alpha=solid)
        p99 = [result.samples[clients].p99_ms for clients in CLIENTS]
        style = "o-" if result.contender.ours else "o--"
        lines.plot(CLIENTS, p99, style, color=color, alpha=solid, label=_name(result))
    bars.set_yticks(range(len(results)), [_name(result) for result in reversed(results)], fontsize="small")
    bars.set(xlabel="tokens/s, padding not counted", ylim=(-0.6, len(results) - 0.4))
    lines.set(xscale="log", yscale="log", xlabel="clients", ylabel="p99 ms")
    lines.set_xticks(CLIENTS, [str(clients) for clients in CLIENTS])
    lines.legend(fontsize="small")
    figure.savefig(path)


def _name(result: Result) -> str:
    return f"{result.contender.device}: {result.contender.name}"
