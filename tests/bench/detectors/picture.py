"""The race as a picture: tokens a second, p99 under rising load; below, a lone text at a service, and overload."""

from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tests.bench.detectors.lone import Lone
from tests.bench.detectors.overload import CALM, TOO_MUCH, Overload
from tests.bench.detectors.race import CLIENTS, Result

_INCHES = (11.0, 8.0)
_DOTS_AN_INCH = 120


def draw(results: Sequence[Result], service: tuple[Lone, Overload], path: Path) -> None:
    """Draw what was measured. What is missing on this machine is named, without a bar."""
    figure = Figure(figsize=_INCHES, dpi=_DOTS_AN_INCH, layout="constrained")
    (bars, lines), (lone, overload) = figure.subplots(2, 2, height_ratios=(3, 2))
    _race(bars, lines, results)
    _lone(lone, service[0])
    _overload(overload, service[1])
    figure.savefig(path)


def _race(bars: Axes, lines: Axes, results: Sequence[Result]) -> None:
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
    lines.xaxis.minorticks_off()
    _explain(lines)


def _lone(axes: Axes, lone: Lone) -> None:
    axes.boxplot([*lone.calls_ms.values()], orientation="horizontal", showfliers=False, widths=0.6)
    axes.set_yticks(range(1, len(lone.calls_ms) + 1), [*lone.calls_ms], fontsize="small")
    axes.set(xlabel="a lone short text, ms", xlim=(0, None))
    axes.invert_yaxis()


def _overload(axes: Axes, overload: Overload) -> None:
    kinds = {
        f"answered at {CALM:g} of capacity": overload.calm.accepted_ms,
        f"answered at {TOO_MUCH:g} of capacity": overload.too_much.accepted_ms,
        f"turned away (429), {overload.too_much.refused_share:.0%}": overload.too_much.refused_ms,
    }
    for name, took in kinds.items():
        axes.plot(sorted(took), [(place + 1) / len(took) for place in range(len(took))], label=name)
    axes.set(xscale="log", xlabel="ms", ylabel="share of calls", ylim=(0, 1.02))
    _explain(axes)


def _explain(axes: Axes) -> None:
    """Put the legend above, where no line is."""
    axes.legend(fontsize="small", loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, frameon=False)


def _name(result: Result) -> str:
    return f"{result.contender.device}: {result.name}"
