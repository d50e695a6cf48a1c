"""The encoder's figures for people, held against what is promised of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.bench.table import lined_up

PROMISES = {
    "16_tokens_p50_ms": (1.2, "16 tokens in less than 1.2 ms"),
    "128_tokens_p50_ms": (6.0, "128 tokens in less than 6 ms"),
    "512_tokens_p50_ms": (30.0, "512 tokens in less than 30 ms"),
    "load_s": (1.5, "loaded in less than 1.5 s"),
    "memory_mb": (250.0, "less than 250 MB resident"),
}
"""Bounds of figures that must stay below them, on two quiet cores."""

_HEAD = ("tokens", "p50 ms", "p95 ms", "calls/s, {together} at once")


def kept(figures: Mapping[str, float]) -> dict[str, bool]:
    """Tell which promises are kept, by the names of their figures."""
    return {name: figures[name] < bound for name, (bound, _) in PROMISES.items()}


def as_markdown(figures: Mapping[str, float], lengths: Sequence[int], about: Mapping[str, Any]) -> str:
    """Give the table, the promises and how it was measured."""
    head = [cell.format(**about) for cell in _HEAD]
    rows = [
        (
            *(str(tokens), f"{figures[f'{tokens}_tokens_p50_ms']:.2f}", f"{figures[f'{tokens}_tokens_p95_ms']:.2f}"),
            f"{figures[f'{tokens}_tokens_calls_a_second']:,.0f}",
        )
        for tokens in lengths
    ]
    claims = "\n".join(
        f"- {'held' if held else 'MISSED'}: {PROMISES[name][1]}: {figures[name]:.2f}"
        for name, held in kept(figures).items()
    )
    machine = about["machine"]
    method = (
        f"One call by itself, {about['repeats']} times, then {about['together']} under way at a time; each text is "
        f"new; with tokenising and decoding. Before it was loaded, {figures['memory_before_mb']:.0f} MB were resident. "
        f"{machine['cores']} cores ({machine['architecture']}), {about['date']}. Encoder {about['version']}."
    )
    return "\n\n".join((lined_up([head, *rows], left=0), claims, method)) + "\n"
