"""What the service did, as tables for people (Markdown) and as a document for machines."""

from typing import Any

from tests.bench.detectors.lone import IN_PROCESS, SHORT_TOKENS, Lone
from tests.bench.detectors.overload import CALM, CLIENTS, TOO_MUCH, WARM_UP_S, Overload, Stretch, share_of
from tests.bench.detectors.service_claims import judge_service
from tests.bench.table import lined_up

_LONE = ("a lone short text", "p50 ms", "p90 ms", "added ms")
_LOAD = ("calls come", "a second", "answered", "p50 ms", "p99 ms", "429", "p50 ms", "p99 ms", "faults")


def service_markdown(lone: Lone, overload: Overload) -> str:
    """Give the tables, the promises and how it was measured."""
    places = lined_up([_LONE, *(_place(lone, place) for place in lone.calls_ms)], left=1)
    promises = "\n".join(f"- {promise}" for promise in judge_service(lone, overload))
    stretches = (
        _stretch(f"{CALM:g} of the capacity", overload.calm),
        _stretch(f"{TOO_MUCH:g} of the capacity", overload.too_much),
    )
    method = (
        f"`airlock detectors serve` with its defaults in a process of its own. Lone texts have {SHORT_TOKENS} tokens, "
        "each is new, and the three ways take turns, in another order each time; all are asked through the suite of a "
        "gateway. The capacity is "
        f"{overload.capacity:.1f} calls a second, what {CLIENTS} clients get who wait for each answer; then calls of "
        "one text, of the same mixed lengths, come at random (Poisson) over a Unix socket, whatever became of those "
        f"before. The first {WARM_UP_S:g} s at each rate are not counted."
    )
    return "\n\n".join((places, lined_up([_LOAD, *stretches], left=1), promises, method)) + "\n"


def service_document(lone: Lone, overload: Overload) -> dict[str, Any]:
    """Give all of it as JSON values."""
    return {
        "lone": {"medians_ms": lone.medians_ms, "calls_ms": dict(lone.calls_ms)},
        "overload": {
            "capacity": overload.capacity,
            "calm": _figures(overload.calm),
            "too_much": _figures(overload.too_much),
        },
        "promises": [
            {"said": one.said, "measured": one.measured, "held": one.held} for one in judge_service(lone, overload)
        ],
    }


def _place(lone: Lone, place: str) -> tuple[str, ...]:
    added = "" if place == IN_PROCESS else f"{lone.added_ms(place):.2f}"
    return place, f"{lone.medians_ms[place]:.2f}", f"{share_of(lone.calls_ms[place], 0.9):.2f}", added


def _stretch(name: str, stretch: Stretch) -> tuple[str, ...]:
    answered = (f"{share_of(stretch.accepted_ms, part):.1f}" for part in (0.5, 0.99))
    refused = (f"{share_of(stretch.refused_ms, part):.1f}" if stretch.refused_ms else "" for part in (0.5, 0.99))
    counts = str(len(stretch.accepted_ms)), f"{stretch.refused_share:.0%}"
    return name, f"{stretch.calls_a_second:.1f}", counts[0], *answered, counts[1], *refused, str(len(stretch.faults))


def _figures(stretch: Stretch) -> dict[str, Any]:
    return {
        "calls_a_second": stretch.calls_a_second,
        "refused_share": stretch.refused_share,
        "accepted_ms": _quantiles(stretch.accepted_ms),
        "refused_ms": _quantiles(stretch.refused_ms),
        "faults": stretch.faults,
    }


def _quantiles(values: list[float]) -> dict[str, float]:
    quantiles = {f"p{part * 100:g}": share_of(values, part) for part in (0.5, 0.9, 0.99)}
    return {"count": len(values), **quantiles}
